package dev.vitrine.operator.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
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
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** Stands before the API server, and may do otherwise with any call than to pass it on. */
public final class ApiServerProxy implements AutoCloseable {

  private static final int BACKLOG = 256;

  /** For watches that were cut to be begun anew. */
  private static final Duration WATCHES_LIMIT = Duration.ofMinutes(1);

  /** The HTTP client's own business (RFC 9110, section 7.6.1). */
  private static final Set<String> NOT_PASSED_ON =
      Set.of(
          "host", "connection", "content-length", "transfer-encoding", "upgrade", "http2-settings");

  private final Config behind;
  private final Fate fate;
  private final HttpServer server;
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http;
  private final Set<InputStream> watches = ConcurrentHashMap.newKeySet();
  private final Queue<String> watched = new ConcurrentLinkedQueue<>();
  private final Map<String, CountDownLatch> silences = new ConcurrentHashMap<>();
  private int cutBefore;

  /** Decides what becomes of a call, on a thread of the call's own. */
  public interface Fate {
    void befall(Call call) throws IOException, InterruptedException;
  }

  /**
   * @param behind how the server behind is reached
   */
  public ApiServerProxy(Config behind, Fate fate) throws IOException {
    this.behind = behind;
    this.fate = fate;
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

  /** How the server behind is reached by this. */
  public Config way() {
    var url = "http://127.0.0.1:%d".formatted(server.getAddress().getPort());
    return new ConfigBuilder(behind).withMasterUrl(url).build();
  }

  /** The resources (their plural) of all watches that were begun: one twice is there twice. */
  public Collection<String> watched() {
    return watched;
  }

  /** Every watch has to be begun anew. One that is cut while it begins, the client forgets. */
  public void cutWatches() {
    await("the watches that were cut before")
        .atMost(WATCHES_LIMIT)
        .until(() -> watches.size() >= cutBefore);
    cutBefore = watches.size();
    watches.forEach(ApiServerProxy::closeQuietly);
  }

  /** No watch of these resources (their plural) tells of anything until this ends. */
  public Silence silence(String plural) {
    var end = new CountDownLatch(1);
    silences.put(plural, end);
    return () -> {
      silences.remove(plural);
      end.countDown();
    };
  }

  /** A time in which a watch is behind. */
  public interface Silence extends AutoCloseable {

    @Override
    void close();
  }

  @Override
  public void close() {
    server.stop(0);
    calls.shutdownNow();
    http.shutdownNow();
  }

  /** One call of a client; whatever nobody answers ends without an answer. */
  public final class Call {

    private final HttpExchange exchange;
    private final byte[] body;

    private Call(HttpExchange exchange) throws IOException {
      this.exchange = exchange;
      body = exchange.getRequestBody().readAllBytes();
    }

    public String method() {
      return exchange.getRequestMethod();
    }

    /** Its path and query. */
    public URI address() {
      return exchange.getRequestURI();
    }

    public String body() {
      return new String(body, UTF_8);
    }

    /** Carries it out, and answers as the server behind does. */
    public void passOn() throws IOException, InterruptedException {
      answer(exchange, forward());
    }

    /** Carries it out, and answers nothing; the caller closes what the server behind answers. */
    public InputStream carryOut() throws IOException, InterruptedException {
      return forward().body();
    }

    /** What the answer is to have in its headers. */
    public void setHeader(String name, String value) {
      exchange.getResponseHeaders().set(name, value);
    }

    /** Answers as an API server that does not carry it out. */
    public void refuse(int code, String reason) throws IOException {
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

    private HttpResponse<InputStream> forward() throws IOException, InterruptedException {
      var request =
          HttpRequest.newBuilder(URI.create(behind.getMasterUrl()).resolve(address()))
              .method(
                  method(),
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
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestHeaders().containsKey("Upgrade")) {
        exchange.sendResponseHeaders(200, -1); // no WebSocket: the client watches by a long answer
        return;
      }
      fate.befall(new Call(exchange));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(HttpExchange exchange, HttpResponse<InputStream> answer)
      throws IOException, InterruptedException {
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
        watched.add(pluralIn(exchange));
      }
      var part = new byte[16 * 1024];
      for (int length; (length = from.read(part)) >= 0; ) {
        if (isWatch) {
          awaitEndOfSilence(pluralIn(exchange));
        }
        to.write(part, 0, length);
        to.flush();
      }
    } finally {
      watches.remove(answer.body());
    }
  }

  private void awaitEndOfSilence(String plural) throws InterruptedException {
    var silence = silences.get(plural);
    if (silence != null && !silence.await(WATCHES_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("Nobody ends the silence of " + plural);
    }
  }

  private static String pluralIn(HttpExchange exchange) {
    var path = exchange.getRequestURI().getPath();
    return path.substring(path.lastIndexOf('/') + 1);
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
