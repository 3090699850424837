package dev.vitrine.operator.testing.storm;

import dev.vitrine.operator.testing.ApiServerProxy;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A proxy before the API server. While a storm is on, every kind of write meets every {@link
 * Fault}. Reads get through.
 */
public final class StormyApiServer implements AutoCloseable {

  /**
   * When the client of this server gives up. A renewal of the lease begins a second after the one
   * before, and five seconds after that one the lead is lost: time for another is to be left.
   */
  private static final int CLIENT_LIMIT_MILLIS = 3_500;

  private static final int LATE_MILLIS = 4_000;

  private final ApiServerProxy proxy;
  private final Storm storm;
  private volatile Predicate<String> stormy = _ -> false;

  /**
   * @param behind how the server behind is reached
   * @param seed in which order
   */
  public StormyApiServer(Config behind, long seed) throws IOException {
    storm = new Storm(seed);
    proxy = new ApiServerProxy(behind, this::befall);
  }

  /** How its clients reach the server behind. */
  public Config config() {
    return new ConfigBuilder(proxy.way())
        .withRequestTimeout(CLIENT_LIMIT_MILLIS)
        .withRequestRetryBackoffLimit(Fault.CLIENT_RETRIES)
        .build();
  }

  /** A client of the server behind; the caller closes it. */
  public KubernetesClient newClient() {
    return new KubernetesClientBuilder().withConfig(config()).build();
  }

  /** What makes a packaged process as patient as a client of this. */
  public static Map<String, String> environment() {
    return Map.of(
        "QUARKUS_KUBERNETES_CLIENT_REQUEST_TIMEOUT",
        CLIENT_LIMIT_MILLIS + "ms",
        "QUARKUS_KUBERNETES_CLIENT_REQUEST_RETRY_BACKOFF_LIMIT",
        Integer.toString(Fault.CLIENT_RETRIES));
  }

  /** All kinds of writes meet faults from now on. */
  public void begin() {
    begin(_ -> true);
  }

  /** These kinds of writes meet faults from now on. */
  public void begin(Predicate<String> kinds) {
    stormy = kinds;
  }

  public void end() {
    stormy = _ -> false;
  }

  /** Every watch has to be begun anew. */
  public void cutWatches() {
    proxy.cutWatches();
  }

  /** The kinds of writes that there were while faults befell them. */
  public Set<String> kinds() {
    return storm.kinds();
  }

  /** Which faults whoever writes these kinds of writes has not met so far. */
  public Map<String, Set<Fault>> unmet(Set<String> kinds) {
    return storm.unmet(kinds);
  }

  @Override
  public void close() {
    proxy.close();
  }

  private void befall(ApiServerProxy.Call call) throws IOException, InterruptedException {
    var write = Write.of(call.method(), call.address(), call.body());
    switch (write != null && stormy.test(write.kind()) ? storm.next(write) : null) {
      case null -> call.passOn();
      case CONFLICT -> call.refuse(409, "Conflict");
      case TOO_MANY_REQUESTS -> call.refuse(429, "TooManyRequests");
      case TOO_MANY_REQUESTS_FOR_A_WHILE -> {
        call.setHeader("Retry-After", "1");
        call.refuse(429, "TooManyRequests");
      }
      case SERVER_ERROR -> call.refuse(500, "InternalError");
      case UNAVAILABLE -> call.refuse(503, "ServiceUnavailable");
      case RESET -> {}
      case ANSWER_LOST -> call.carryOut().close();
      case TIME_OUT -> Thread.sleep(LATE_MILLIS);
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
}
