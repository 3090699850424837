package dev.vitrine.operator.testing.storm;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * A proxy before the API server. While a storm is on, every kind of write meets every {@link
 * Fault}. Reads get through; watches, too, until they are cut.
 */
public final class StormyApiServer implements AutoCloseable {

  /** When the client of this server gives up. */
  private static final int CLIENT_LIMIT_MILLIS = 2_500;

  private static final int LATE_MILLIS = 3_000;
  private static final int BACKLOG = 256;

  /** The HTTP client's own business (RFC 9110, section 7.6.1). */
  private static final Set<String> NOT_PASSED_ON =
      Set.of(
          "host", "connection", "content-length", "transfer-encoding", "upgrade", "http2-settings");

  private final Config behind;
  private final HttpServer server;
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http;
  private final Storm storm;
  private final Set<InputStream> watches = ConcurrentHashMap.newKeySet();
  private volatile Predicate<String> stormy = _ -> false;

  /**
   * @param behind how the server behind is reached
   * @param seed in which order
   */
  public StormyApiServer(Config behind, long seed) throws IOException {
    this.behind = behind;
    storm = new Storm(seed);
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(trust(behind))
            .build();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    server.setExecutor(calls);
    server.createContext("/", this::handle);
    server.start();
  }

  /** How its clients reach the server behind. */
  public Config config() {
    return new ConfigBuilder(behind)
        .withMasterUrl("http://127.0.0.1:%d".formatted(server.getAddress().getPort()))
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
    watches.forEach(StormyApiServer::closeQuietly);
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
      var body = exchange.getRequestBody().readAllBytes();
      var write =
          Write.of(exchange.getRequestMethod(), exchange.getRequestURI(), new String(body, UTF_8));
      var fault = write != null && stormy.test(write.kind()) ? storm.next(write) : null;
      if (fault == null) {
        answer(exchange, forward(exchange, body));
      } else {
        befall(exchange, body, fault);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void befall(HttpExchange exchange, byte[] body, Fault fault)
      throws IOException, InterruptedException {
    switch (fault) {
      case CONFLICT -> refuse(exchange, 409, "Conflict");
      case TOO_MANY_REQUESTS -> refuse(exchange, 429, "TooManyRequests");
      case TOO_MANY_REQUESTS_FOR_A_WHILE -> {
        exchange.getResponseHeaders().set("Retry-After", "1");
        refuse(exchange, 429, "TooManyRequests");
      }
      case SERVER_ERROR -> refuse(exchange, 500, "InternalError");
      case UNAVAILABLE -> refuse(exchange, 503, "ServiceUnavailable");
      case RESET -> {}
      case ANSWER_LOST -> forward(exchange, body).body().close();
      case TIME_OUT -> Thread.sleep(LATE_MILLIS);
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
  }

  private HttpResponse<InputStream> forward(HttpExchange exchange, byte[] body)
      throws IOException, InterruptedException {
    var address = URI.create(behind.getMasterUrl()).resolve(exchange.getRequestURI());
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
