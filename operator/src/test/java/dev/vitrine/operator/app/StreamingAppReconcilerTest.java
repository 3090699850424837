package dev.vitrine.operator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppStatus;
import dev.vitrine.operator.placement.Placements;
import dev.vitrine.operator.placement.Stores;
import dev.vitrine.operator.pod.NetworkPolicyFactory;
import dev.vitrine.operator.pod.RuntimePodFactory;
import dev.vitrine.operator.testing.Fixtures;
import dev.vitrine.operator.testing.RecordingApiServer;
import dev.vitrine.operator.testing.RecordingApiServer.Answer;
import dev.vitrine.operator.trace.SessionTraces;
import dev.vitrine.protocol.PodFile;
import dev.vitrine.protocol.SigningKey;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamingAppReconcilerTest {

  private final InstantSource clock = InstantSource.system();
  private final RuntimePodFactory pods = new RuntimePodFactory("viewer");
  private final Stores stores = Stores.create();
  private volatile int answerToStatus = 200;
  private RecordingApiServer server;
  private KubernetesClient client;
  private Placements placements;
  private StreamingAppReconciler reconciler;

  @BeforeEach
  void start() throws IOException {
    server = new RecordingApiServer(this::answer);
    client = server.newClient();
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
    server.close();
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
    assertThat(server.writes()).containsExactly("PATCH status", "PATCH status", "POST events");
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

  /** There is no pod; every write is taken but for some of a status. */
  private Answer answer(RecordingApiServer.Call call) {
    return call.isRead()
        ? Answer.of(new PodListBuilder().withNewMetadata().endMetadata().build())
        : new Answer(call.name().equals("status") ? answerToStatus : 200, call.body());
  }
}
