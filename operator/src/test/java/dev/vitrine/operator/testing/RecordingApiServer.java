package dev.vitrine.operator.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** An API server that keeps nothing: it notes what is written, and answers as it is told. */
public final class RecordingApiServer implements AutoCloseable {

  private final Function<Call, Answer> answers;
  private final HttpServer server;
  private final List<String> writes = new CopyOnWriteArrayList<>();

  /**
   * What it is asked.
   *
   * @param name the last part of the path
   * @param query empty where there is none
   */
  public record Call(String method, String name, String query, String body) {

    public boolean isRead() {
      return method.equals("GET");
    }
  }

  /**
   * What it answers.
   *
   * @param body JSON
   */
  public record Answer(int code, String body) {

    public static Answer of(Object resource) {
      return new Answer(200, Serialization.asJson(resource));
    }

    public static Answer refusal(int code, String message) {
      return new Answer(code, "{\"kind\":\"Status\",\"message\":\"%s\"}".formatted(message));
    }
  }

  public RecordingApiServer(Function<Call, Answer> answers) throws IOException {
    this.answers = answers;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  /** The caller closes it. */
  public KubernetesClient newClient() {
    var address = "http://127.0.0.1:%d".formatted(server.getAddress().getPort());
    return new KubernetesClientBuilder()
        .withConfig(new ConfigBuilder(Config.empty()).withMasterUrl(address).build())
        .build();
  }

  /** Method and last part of the path of each write so far. */
  public List<String> writes() {
    return writes;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getPath();
      var query = exchange.getRequestURI().getQuery();
      var call =
          new Call(
              exchange.getRequestMethod(),
              path.substring(path.lastIndexOf('/') + 1),
              query == null ? "" : query,
              new String(exchange.getRequestBody().readAllBytes(), UTF_8));
      if (!call.isRead()) {
        writes.add(call.method() + " " + call.name());
      }
      var answer = answers.apply(call);
      var bytes = answer.body().getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.code(), bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
