package dev.vitrine.operator.placement;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.PodListBuilder;
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

/** An API server with one pod, which notes what it is asked and takes no other one. */
final class RecordingApiServer implements AutoCloseable {

  private final Pod pod;
  private final HttpServer server;
  private final List<String> writes = new CopyOnWriteArrayList<>();

  RecordingApiServer(Pod pod) throws IOException {
    this.pod = pod;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  /** The caller closes it. */
  KubernetesClient newClient() {
    var address = "http://127.0.0.1:%d".formatted(server.getAddress().getPort());
    return new KubernetesClientBuilder()
        .withConfig(new ConfigBuilder(Config.empty()).withMasterUrl(address).build())
        .build();
  }

  /** Method and last part of the path of each write so far. */
  List<String> writes() {
    return writes;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      var method = exchange.getRequestMethod();
      var path = exchange.getRequestURI().getPath();
      var name = path.substring(path.lastIndexOf('/') + 1);
      if (!method.equals("GET")) {
        writes.add(method + " " + name);
      }
      switch (method) {
        case "GET" ->
            answer(
                exchange,
                200,
                name.equals("pods") ? page(exchange.getRequestURI().getQuery()) : pod);
        case "POST" -> answer(exchange, 500, "{\"kind\":\"Status\",\"message\":\"out of order\"}");
        default -> answer(exchange, 200, pod);
      }
    }
  }

  private static void answer(HttpExchange exchange, int code, Object body) throws IOException {
    var bytes = (body instanceof String text ? text : Serialization.asJson(body)).getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** Its pod is on the second page. */
  private PodList page(String query) {
    return query.contains("continue=second")
        ? new PodListBuilder().withNewMetadata().endMetadata().withItems(pod).build()
        : new PodListBuilder().withNewMetadata().withContinue("second").endMetadata().build();
  }
}
