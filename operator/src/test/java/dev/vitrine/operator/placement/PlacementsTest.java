package dev.vitrine.operator.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.operator.pod.RuntimePodFactory;
import dev.vitrine.operator.support.Key;
import dev.vitrine.operator.support.Owners;
import dev.vitrine.operator.testing.FakeKubelet;
import dev.vitrine.operator.testing.Fixtures;
import dev.vitrine.operator.testing.RecordingApiServer;
import dev.vitrine.operator.testing.RecordingApiServer.Answer;
import dev.vitrine.operator.trace.SessionTraces;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.PodListBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlacementsTest {

  private final Stores stores = Stores.create();
  private final RuntimePodFactory pods = new RuntimePodFactory("viewer");
  private final Pod warm = warmPod();
  private volatile CountDownLatch claims = new CountDownLatch(0);
  private RecordingApiServer server;
  private KubernetesClient client;
  private Placements placements;

  @BeforeEach
  void begin() throws IOException {
    server = new RecordingApiServer(this::answer);
    client = server.newClient();
    placements = new Placements(client, stores, pods, SessionTraces.off(), InstantSource.system());
    stores.classes().put("cpu", Fixtures.streamClass("cpu", null));
    stores.apps().put("ns/demo", Fixtures.app(List.of(), null));
    stores
        .revisions()
        .put("ns/" + Fixtures.REVISION, Fixtures.revision(Fixtures.app(List.of(), null)));
    stores.sessions().put("ns/one", Fixtures.session(null, Map.of()));
  }

  @AfterEach
  void end() {
    placements.close();
    client.close();
    server.close();
  }

  @Test
  void nothing_is_decided_before_it_is_known_what_another_controller_did_a_moment_ago() {
    placements.ask(request(true));
    assertThat(placements.isStarted()).isFalse();
    placements.takeOver();
    await("a write").until(() -> !server.writes().isEmpty());
    assertThat(server.writes()).containsExactly("PATCH warm");
  }

  @Test
  void a_pod_that_the_api_server_does_not_take_is_tried_a_few_times_and_then_postponed() {
    placements.start();
    placements.ask(request(false));
    await("the session to stand in line")
        .until(() -> placements.placement("0123456789-session-uid") instanceof Placement.InLine);
    assertThat(placements.placement("0123456789-session-uid"))
        .isEqualTo(
            new Placement.InLine(1, "The API server did not take its pod so far: out of order"));
    assertThat(server.writes()).containsExactly("POST pods", "POST pods", "POST pods");
  }

  @Test
  void what_is_under_way_is_over_once_it_is_closed() {
    var decided = new CopyOnWriteArrayList<Key>();
    placements.wakeSessions(decided::add);
    claims = new CountDownLatch(1);
    placements.ask(request(true));
    placements.takeOver();
    await("a claim").until(() -> !server.writes().isEmpty());
    claims.countDown();
    placements.close();
    assertThat(decided).containsExactly(new Key("ns", "one"));
  }

  @Test
  void a_pod_that_has_lost_our_label_goes_because_nobody_would_hear_of_it_again() {
    placements.lookFor(new Key("ns", "warm"));
    assertThat(placements.podsByRevision(new Key("ns", "demo"))).isNotEmpty();
    stores.pods().put("ns/warm", warm);
    stores.pods().remove("ns/warm");
    assertThat(server.writes()).isEmpty();
    placements.lookFor(new Key("ns", "warm"));
    assertThat(server.writes()).containsExactly("DELETE warm");
  }

  /** There is one pod, and no other is taken. */
  private Answer answer(RecordingApiServer.Call call) {
    return switch (call.method()) {
      case "GET" -> Answer.of(call.name().equals("pods") ? page(call.query()) : warm);
      case "POST" -> Answer.refusal(500, "out of order");
      default -> {
        await("the word to go on").until(() -> claims.getCount() == 0);
        yield Answer.of(warm);
      }
    };
  }

  /** The pod is on the second page. */
  private PodList page(String query) {
    return query.contains("continue=second")
        ? new PodListBuilder().withNewMetadata().endMetadata().withItems(warm).build()
        : new PodListBuilder().withNewMetadata().withContinue("second").endMetadata().build();
  }

  private Pod warmPod() {
    var app = Fixtures.app(List.of(), null);
    var revision = Fixtures.revision(app);
    var pod = pods.desired(app, revision, Fixtures.streamClass("cpu", null), Map.of());
    return RuntimePodFactory.idle(pod)
        .edit()
        .editMetadata()
        .withName("warm")
        .withUid("warm-uid")
        .withResourceVersion("7")
        .withCreationTimestamp("2026-01-01T00:00:00Z")
        .withOwnerReferences(Owners.controller(revision))
        .endMetadata()
        .withStatus(FakeKubelet.running("10.0.0.1"))
        .build();
  }

  private static PodRequest request(boolean idlePod) {
    return new PodRequest(
        new Key("ns", "one"),
        "0123456789-session-uid",
        new Pool(new Key("ns", "demo"), Fixtures.REVISION, "cpu"),
        "",
        0,
        Instant.EPOCH,
        Instant.MAX,
        idlePod,
        false,
        OptionalInt.empty(),
        OptionalInt.empty());
  }
}
