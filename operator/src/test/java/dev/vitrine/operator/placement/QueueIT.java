package dev.vitrine.operator.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.operator.testing.ControllerStand;
import dev.vitrine.testing.KubeApiServer;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whose turn it is and for how long they wait, on a real API server. */
class QueueIT {

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();

  private static final String SMALL = "resources: {cpu: {request: 100m}, memory: {request: 64Mi}}";

  private ControllerStand stand;

  @BeforeEach
  void startController() throws IOException {
    stand = new ControllerStand(cluster);
  }

  @AfterEach
  void stopController() {
    stand.close();
  }

  @Test
  void users_take_turns_however_early_one_of_them_asked_for_more() {
    stand.createApp("{classes: [%s]}".formatted(stand.namespace));
    stand.createClass("{maxPendingPods: 1, %s}".formatted(SMALL));
    stand.createSessionOf("ann", "anns");
    var first = stand.awaitPodOf("anns");
    stand.createSessionOf("ann", "anns-next");
    stand.awaitReady("anns-next", "False", "Queued");
    stand.createSessionOf("bob", "bobs");
    stand.awaitReady("bobs", "False", "Queued");
    awaitPlace("bobs", 1);
    awaitPlace("anns-next", 2);

    stand.kubelet.ready(first, "127.0.0.1");
    var second = stand.awaitPodOf("bobs");
    awaitPlace("anns-next", 1);
    stand.kubelet.ready(second, "127.0.0.1");
    stand.serve("anns-next");
    stand.awaitReady("anns-next", "True", "Waiting");
  }

  /** Of which no event tells: it is looked at again by itself. */
  @Test
  void who_has_waited_for_as_long_as_the_app_lets_them_ends() {
    stand.createApp(
        "{classes: [%s], limits: {sessions: 1, queueSeconds: 2}}".formatted(stand.namespace));
    stand.createSession("one");
    stand.serve("one");
    stand.awaitReady("one", "True", "Waiting");
    stand.createSession("two");
    var end = stand.awaitCondition("two", "Ended", it -> it.getStatus().equals("True"));
    assertThat(end.getReason()).isEqualTo("QueueTimeout");
    assertThat(end.getMessage())
        .isEqualTo(
            "It waited in line for too long. StreamingApp demo has as many sessions as its"
                + " spec.limits.sessions allows (1)");
    var timeline = stand.session("two").getStatus().timeline();
    assertThat(Instant.parse(timeline.endedAt()))
        .isAfterOrEqualTo(Instant.parse(timeline.requestedAt()).plusSeconds(2));
    stand.awaitReady("one", "True", "Waiting");
  }

  @Test
  void a_users_limit_counts_what_they_have_on_all_classes_of_the_app() {
    var other = stand.namespace + "-other";
    stand.createClass(other, "{%s}".formatted(SMALL));
    stand.createApp(
        "{classes: [%s, %s], limits: {sessionsPerUser: 1}}".formatted(stand.namespace, other));
    stand.createSessionOf("ann", "anns");
    var first = stand.serve("anns");
    stand.awaitReady("anns", "True", "Waiting");
    for (var user : new String[] {"ann", "bob"}) {
      stand.createSession(
          user + "s-other", new StreamSessionSpec("demo", other, null, user, Map.of(), 0, null));
    }
    stand.serve("bobs-other");
    stand.awaitReady("bobs-other", "True", "Waiting");
    stand.awaitReady("anns-other", "False", "Queued");

    stand.kubelet.ended(first, 0, "{\"reason\":\"ClosedByViewer\",\"message\":\"bye\"}");
    assertThat(stand.serve("anns-other").getMetadata().getLabels())
        .containsEntry("vitrine.dev/class", other);
    stand.awaitReady("anns-other", "True", "Waiting");
  }

  private void awaitPlace(String session, int place) {
    await("place %d of session %s".formatted(place, session))
        .atMost(ControllerStand.LIMIT)
        .until(() -> Objects.equals(stand.session(session).getStatus().queuePlace(), place));
  }
}
