package dev.vitrine.operator.gateway.line;

import static dev.vitrine.operator.gateway.Fixtures.condition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.api.v1alpha1.Timeline;
import dev.vitrine.operator.gateway.Fixtures;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class PlacesTest {

  private static final Instant NOW = Instant.parse("2026-11-22T13:00:00Z");

  private final List<StreamSession> sessions = new ArrayList<>();
  private final List<Pod> pods = new ArrayList<>();

  @Test
  void those_who_came_first_are_first() {
    queued("b", "team", "ann", "cpu", 20);
    queued("a", "team", "ann", "cpu", 10);

    assertThat(places()).isEqualTo(Map.of("a", place(1, 2), "b", place(2, 2)));
  }

  @Test
  void each_class_has_its_line_and_the_apps_first_is_the_default() {
    queued("a", "team", "ann", null, 10);
    queued("b", "team", "ann", "cpu", 20);
    queued("c", "team", "ann", "gpu", 5);

    assertThat(places()).isEqualTo(Map.of("a", place(1, 2), "b", place(2, 2), "c", place(1, 1)));
  }

  @Test
  void whoever_holds_pods_of_the_class_lets_others_pass() {
    queued("a", "team", "ann", "cpu", 10);
    queued("b", "team", "bob", "cpu", 20);
    queued("c", "other", "ann", "cpu", 30);
    running("held", "team", "ann", "cpu");

    assertThat(places()).isEqualTo(Map.of("c", place(1, 3), "b", place(2, 3), "a", place(3, 3)));
  }

  @Test
  void pods_of_another_class_or_on_their_way_out_are_not_held() {
    queued("a", "team", "ann", "cpu", 10);
    queued("b", "other", "bob", "cpu", 20);
    running("elsewhere", "team", "ann", "gpu");
    running("over", "team", "ann", "cpu").getStatus().setPhase("Succeeded");
    running("deleted", "team", "ann", "cpu")
        .getMetadata()
        .setDeletionTimestamp("2026-11-22T13:00:00Z");

    assertThat(places()).containsEntry("a", place(1, 2));
  }

  @Test
  void whoever_got_a_pod_a_moment_ago_stands_in_line_no_more() {
    queued("a", "team", "ann", "cpu", 10);
    queued("b", "team", "bob", "cpu", 20);
    running("a", "team", "ann", "cpu");

    assertThat(places()).isEqualTo(Map.of("b", place(1, 1)));
  }

  @Test
  void only_sessions_that_the_controller_calls_queued_stand_in_line() {
    queued("deleted", "team", "ann", "cpu", 10)
        .getMetadata()
        .setDeletionTimestamp("2026-11-22T13:00:00Z");
    var starting = queued("starting", "team", "ann", "cpu", 10);
    starting.setStatus(
        starting
            .getStatus()
            .withConditions(List.of(condition("Ready", "False", "Starting", "Soon"))));
    var ended = queued("ended", "team", "ann", "cpu", 10);
    ended.setStatus(
        ended
            .getStatus()
            .withConditions(
                List.of(
                    condition("Ready", "False", "Queued", ""),
                    condition("Ended", "True", "QueueTimeout", ""))));
    queued("of an app that is gone", "gone", "ann", null, 10);
    queued("fresh", "team", "ann", "cpu", 20).setStatus(null);

    assertThat(places()).isEmpty();
  }

  @Test
  void a_session_without_a_time_of_its_own_stands_by_its_creation() {
    var first = queued("a", "team", "ann", "cpu", 99);
    first.setStatus(first.getStatus().withTimeline(Timeline.empty()));
    queued("b", "team", "ann", "cpu", 1);

    assertThat(places()).containsEntry("a", place(1, 2));
  }

  @Test
  void the_wait_is_told_from_the_places_that_the_class_gave() {
    queued("a", "team", "ann", "cpu", 10);
    queued("b", "team", "ann", "cpu", 20);
    queued("c", "team", "ann", "gpu", 20);
    for (var minutesAgo = 1; minutesAgo <= 5; minutesAgo++) {
      assigned("cpu", NOW.minusSeconds(60L * minutesAgo));
    }
    assigned("gpu", NOW);

    assertThat(places())
        .isEqualTo(
            Map.of(
                "a", new Place(1, 2, OptionalInt.of(180)),
                "b", new Place(2, 2, OptionalInt.of(360)),
                "c", place(1, 1)));
  }

  private Map<String, Place> places() {
    var app = Fixtures.app("classes: [cpu, gpu]");
    return Places.of(
        sessions,
        pods,
        (namespace, name) -> namespace.equals("gone") ? Optional.empty() : Optional.of(app),
        NOW);
  }

  private static Place place(int number, int of) {
    return new Place(number, of, OptionalInt.empty());
  }

  private StreamSession queued(
      String uid, String namespace, String user, String streamClass, int second) {
    var session = session(uid, namespace, user, streamClass);
    var requestedAt = "2026-11-22T12:00:%02d.000000Z".formatted(second);
    session.setStatus(
        session
            .getStatus()
            .withConditions(List.of(condition("Ready", "False", "Queued", "In line")))
            .withTimeline(new Timeline(requestedAt, null, null, null, null, null)));
    return session;
  }

  private void assigned(String streamClass, Instant at) {
    var session = session("assigned at " + at, "team", "ann", streamClass);
    session.setStatus(
        session
            .getStatus()
            .withTimeline(new Timeline(null, at.toString(), null, null, null, null)));
  }

  private StreamSession session(String uid, String namespace, String user, String streamClass) {
    var session = Fixtures.session();
    session.getMetadata().setUid(uid);
    session.getMetadata().setName(uid);
    session.getMetadata().setNamespace(namespace);
    session.getMetadata().setCreationTimestamp("2026-11-22T12:00:00Z");
    session.setSpec(new StreamSessionSpec("viewer", streamClass, null, user, Map.of(), 0, null));
    sessions.add(session);
    return session;
  }

  private Pod running(String uid, String namespace, String user, String streamClass) {
    session(uid, namespace, user, streamClass);
    var pod =
        new PodBuilder(Fixtures.pod("pod of " + uid, uid, "10.0.0.9"))
            .editMetadata()
            .withNamespace(namespace)
            .addToLabels("vitrine.dev/class", streamClass)
            .endMetadata()
            .build();
    pods.add(pod);
    return pod;
  }
}
