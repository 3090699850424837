package dev.vitrine.operator.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppStatus;
import dev.vitrine.operator.placement.Placements;
import dev.vitrine.operator.placement.Stores;
import dev.vitrine.operator.pod.NetworkPolicyFactory;
import dev.vitrine.operator.pod.RuntimePodFactory;
import dev.vitrine.operator.testing.Fixtures;
import dev.vitrine.operator.trace.SessionTraces;
import dev.vitrine.protocol.PodFile;
import dev.vitrine.protocol.SigningKey;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamingAppReconcilerTest {

  private final InstantSource clock = InstantSource.system();
  private final RuntimePodFactory pods = new RuntimePodFactory("viewer");
  private final Stores stores = Stores.create();
  private final List<String> writes = new CopyOnWriteArrayList<>();
  private volatile int answerToStatus = 200;
  private HttpServer server;
  private KubernetesClient client;
  private Placements placements;
  private StreamingAppReconciler reconciler;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    var address = "http://127.0.0.1:%d".formatted(server.getAddress().getPort());
    client =
        new KubernetesClientBuilder()
            .withConfig(new ConfigBuilder(Config.empty()).withMasterUrl(address).build())
            .build();
    placements = new Placements(client, stores, pods, SessionTraces.off(), clock);
    var podFile =
        new PodFile(SigningKey.generate().publicKeys(), URI.create("http://gateway/reports"));
    reconciler =
        new StreamingAppReconciler(
            new AppPlanner(
                pods,
                new NetworkPolicyFactory("vitrine-system"),
                podFile,
                URI.create("https://x.example/")),
            stores,
            placements,
            clock);
  }

  @AfterEach
  void stop() {
    placements.close();
    client.close();
    server.stop(0);
  }

  @Test
  void an_app_that_is_deleted_while_a_controller_starts_is_looked_at_again() {
    var control = reconciler.cleanup(Fixtures.app(List.of(), null), null);
    assertThat(control.isRemoveFinalizer()).isFalse();
    assertThat(control.getScheduleDelay()).isPresent();
  }

  @Test
  void a_refusal_is_told_as_an_event_only_once_the_status_says_it() {
    placements.start();
    var app = Fixtures.app(List.of(), null); // its classes are nowhere
    app.setStatus(StreamingAppStatus.empty());
    answerToStatus = 409;
    assertThatThrownBy(() -> reconciler.reconcile(app, context()))
        .isInstanceOf(KubernetesClientException.class);
    answerToStatus = 200;
    reconciler.reconcile(app, context());
    assertThat(writes).containsExactly("PATCH status", "PATCH status", "POST events");
  }

  /** Nothing of the app's is there yet. */
  @SuppressWarnings("unchecked")
  private Context<StreamingApp> context() {
    return (Context<StreamingApp>)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (_, method, _) ->
                switch (method.getName()) {
                  case "getClient" -> client;
                  case "getSecondaryResource" -> Optional.empty();
                  case "getSecondaryResources" -> Set.of();
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  /** An API server without a pod, which notes what is written. */
  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      var method = exchange.getRequestMethod();
      var path = exchange.getRequestURI().getPath();
      var last = path.substring(path.lastIndexOf('/') + 1);
      if (method.equals("GET")) {
        body =
            Serialization.asJson(new PodListBuilder().withNewMetadata().endMetadata().build())
                .getBytes(UTF_8);
      } else {
        writes.add(method + " " + last);
      }
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(last.equals("status") ? answerToStatus : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
