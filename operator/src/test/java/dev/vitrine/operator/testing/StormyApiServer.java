package dev.vitrine.operator.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

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
  private static final int BACKLOG = 256;

  /** For watches that were cut to be begun anew. */
  private static final Duration WATCHES_LIMIT = Duration.ofMinutes(1);

  /** Of ten writes so many come to grief, by each fault in turn. */
  private static final int FAULTS_OF_TEN = 2;

  private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

  /** The HTTP client's own business (RFC 9110, section 7.6.1). */
  private static final Set<String> NOT_PASSED_ON =
      Set.of(
          "host", "connection", "content-length", "transfer-encoding", "upgrade", "http2-settings");

  private final Config config;
  private final HttpServer server;
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http;
  private final Random random;
  private final List<Fault> comingFaults = new ArrayList<>();
  private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
  private final Set<InputStream> watches = ConcurrentHashMap.newKeySet();
  private volatile boolean storm;
  private int cutBefore;

  /**
   * @param config of the server behind
   * @param seed what befalls which write
   */
  public StormyApiServer(Config config, long seed) throws IOException {
    this.config = config;
    random = new Random(seed);
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(trust(config))
            .build();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    server.setExecutor(calls);
    server.createContext("/", this::handle);
    server.start();
  }

  /** A client of the server behind, through the storm; the caller closes it. */
  public KubernetesClient newClient() {
    var through =
        new ConfigBuilder(config)
            .withMasterUrl("http://127.0.0.1:%d".formatted(server.getAddress().getPort()))
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

  /** Every watch has to be begun anew. One that is cut while it begins, the client forgets. */
  public void cutWatches() {
    await("the watches that were cut before")
        .atMost(WATCHES_LIMIT)
        .until(() -> watches.size() >= cutBefore);
    cutBefore = watches.size();
    watches.forEach(StormyApiServer::closeQuietly);
  }

  /** How often what befell a write. */
  public synchronized Map<Fault, Integer> faults() {
    return Map.copyOf(faults);
  }

  @Override
  public void close() {
    server.stop(0);
    calls.shutdownNow();
    http.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestHeaders().containsKey("Upgrade")) {
        exchange.sendResponseHeaders(200, -1); // no WebSocket: the client watches by a long answer
        return;
      }
      var isWrite = WRITES.contains(exchange.getRequestMethod());
      var fault = isWrite && storm ? nextFault() : null;
      var body = exchange.getRequestBody().readAllBytes();
      switch (fault) {
        case null -> answer(exchange, forward(exchange, body));
        case CONFLICT -> refuse(exchange, 409, "Conflict");
        case TOO_MANY_REQUESTS -> refuse(exchange, 429, "TooManyRequests");
        case SERVER_ERROR -> refuse(exchange, 500, "InternalError");
        case LOST -> {}
        case ANSWER_LOST -> forward(exchange, body).body().close();
        case LATE -> {
          Thread.sleep(LATE_MILLIS);
          forward(exchange, body).body().close();
        }
        case ANSWER_LATE -> {
          try (var answer = forward(exchange, body).body()) {
            Thread.sleep(LATE_MILLIS);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
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

  private HttpResponse<InputStream> forward(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    var address = URI.create(config.getMasterUrl()).resolve(exchange.getRequestURI());
    var request =
        HttpRequest.newBuilder(address)
            .method(
                exchange.getRequestMethod(),
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!NOT_PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return http.send(request.build(), BodyHandlers.ofInputStream());
  }

  private void answer(HttpExchange exchange, HttpResponse<InputStream> answer) throws IOException {
    answer
        .headers()
        .firstValue("Content-Type")
        .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
    exchange.sendResponseHeaders(answer.statusCode(), 0);
    var isWatch = String.valueOf(exchange.getRequestURI().getQuery()).contains("watch=true");
    try (var from = answer.body();
        var to = exchange.getResponseBody()) {
      if (isWatch) {
        watches.add(from);
      }
      var part = new byte[16 * 1024];
      for (int length; (length = from.read(part)) >= 0; ) {
        to.write(part, 0, length);
        to.flush();
      }
    } finally {
      watches.remove(answer.body());
    }
  }

  private static void refuse(HttpExchange exchange, int code, String reason) throws IOException {
    var status =
        """
        {"kind":"Status","apiVersion":"v1","status":"Failure","reason":"%s","code":%d,
         "message":"A storm: %s"}
        """
            .formatted(reason, code, reason)
            .getBytes(UTF_8);
    exchange.getResponseHeaders().put("Content-Type", List.of("application/json"));
    exchange.sendResponseHeaders(code, status.length);
    exchange.getResponseBody().write(status);
  }

  private static SSLContext trust(Config config) throws IOException {
    try {
      return SSLUtils.sslContext(config);
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static void closeQuietly(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      // It is closed, one way or another.
    }
  }
}
