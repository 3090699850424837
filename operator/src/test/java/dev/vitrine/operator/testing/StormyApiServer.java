package dev.vitrine.operator.testing;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A proxy before the API server. While a storm is on, it refuses, loses and delays writes as a seed
 * has it. Reads get through; watches, too, until they are cut.
 */
public final class StormyApiServer implements AutoCloseable {

  /** What befalls a write. */
  public enum Fault {
    /** 409, and it is not carried out. */
    CONFLICT,
    /** 429, and it is not carried out. */
    TOO_MANY_REQUESTS,
    /** 500, and it is not carried out. */
    SERVER_ERROR,
    /** The connection ends before it was carried out. */
    LOST,
    /** It is carried out, and the connection ends without an answer. */
    ANSWER_LOST,
    /** It is carried out after the client has given up. */
    LATE,
    /** It is carried out, and the answer comes after the client has given up. */
    ANSWER_LATE
  }

  /** When the client of this server gives up. */
  private static final int CLIENT_LIMIT_MILLIS = 3_000;

  private static final int LATE_MILLIS = 3_500;

  /** Of ten writes so many come to grief, by each fault in turn. */
  private static final int FAULTS_OF_TEN = 2;

  private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

  private final Config config;
  private final ApiServerProxy proxy;
  private final Random random;
  private final List<Fault> comingFaults = new ArrayList<>();
  private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
  private volatile boolean storm;

  /**
   * @param config of the server behind
   * @param seed what befalls which write
   */
  public StormyApiServer(Config config, long seed) throws IOException {
    this.config = config;
    random = new Random(seed);
    proxy = new ApiServerProxy(config, this::befall);
  }

  /** A client of the server behind, through the storm; the caller closes it. */
  public KubernetesClient newClient() {
    var through =
        new ConfigBuilder(config)
            .withMasterUrl(proxy.url())
            .withRequestTimeout(CLIENT_LIMIT_MILLIS)
            .build();
    return new KubernetesClientBuilder().withConfig(through).build();
  }

  public void begin() {
    storm = true;
  }

  public void end() {
    storm = false;
  }

  /** Every watch has to be begun anew. */
  public void cutWatches() {
    proxy.cutWatches();
  }

  /** How often what befell a write. */
  public synchronized Map<Fault, Integer> faults() {
    return Map.copyOf(faults);
  }

  @Override
  public void close() {
    proxy.close();
  }

  private void befall(ApiServerProxy.Call call) throws IOException, InterruptedException {
    switch (storm && WRITES.contains(call.method()) ? nextFault() : null) {
      case null -> call.passOn();
      case CONFLICT -> call.refuse(409, "Conflict");
      case TOO_MANY_REQUESTS -> call.refuse(429, "TooManyRequests");
      case SERVER_ERROR -> call.refuse(500, "InternalError");
      case LOST -> {}
      case ANSWER_LOST -> call.carryOut().close();
      case LATE -> {
        Thread.sleep(LATE_MILLIS);
        call.carryOut().close();
      }
      case ANSWER_LATE -> {
        try (var answer = call.carryOut()) {
          Thread.sleep(LATE_MILLIS);
        }
      }
    }
  }

  private synchronized Fault nextFault() {
    if (random.nextInt(10) >= FAULTS_OF_TEN) {
      return null;
    }
    if (comingFaults.isEmpty()) {
      comingFaults.addAll(List.of(Fault.values()));
      Collections.shuffle(comingFaults, random);
    }
    var fault = comingFaults.removeFirst();
    faults.merge(fault, 1, Integer::sum);
    return fault;
  }
}
