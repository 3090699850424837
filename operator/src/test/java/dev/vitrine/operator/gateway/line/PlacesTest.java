package dev.vitrine.operator.gateway.line;

import static dev.vitrine.operator.gateway.Fixtures.condition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.api.v1alpha1.StreamingApp;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlacesTest {

  private static final Instant NOW = Instant.parse("2026-11-22T13:00:00Z");

  private final List<StreamSession> sessions = new ArrayList<>();
  private final List<Pod> pods = new ArrayList<>();
  private final GivenPods given = new GivenPods(() -> NOW);
  private String limits = "{}";
  private int gone;

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
  void the_wait_is_told_from_the_pods_that_the_class_gave() {
    queued("a", "team", "ann", "cpu", 10);
    queued("b", "team", "ann", null, 20);
    queued("c", "team", "ann", "gpu", 20);
    given("cpu", 4, "viewer", "bob");
    given(null, 1, "viewer", "bob");
    given("gpu", 1, "viewer", "bob");

    assertThat(places())
        .isEqualTo(
            Map.of(
                "a", new Place(1, 2, OptionalInt.of(180)),
                "b", new Place(2, 2, OptionalInt.of(360)),
                "c", place(1, 1)));
  }

  @Test
  void whom_a_full_app_holds_up_waits_at_the_pace_of_the_app_and_takes_nobodys_turn() {
    limits = "{sessions: 2}";
    queued("a", "team", "ann", "cpu", 10);
    queued("b", "team", "ann", "cpu", 20);
    queued("c", "other", "cid", "cpu", 30);
    running("held-1", "team", "bob", "cpu");
    running("held-2", "team", "bob", "gpu");
    given("cpu", 3, "viewer", "bob");
    given("gpu", 9, "viewer", "bob");
    given("cpu", 6, "another", "bob");

    assertThat(places())
        .isEqualTo(
            Map.of(
                "c", new Place(1, 3, OptionalInt.of(120)),
                "a", new Place(2, 3, OptionalInt.of(300)),
                "b", new Place(3, 3, OptionalInt.of(600))));
  }

  @Test
  void of_a_full_app_that_gave_too_few_pods_no_wait_is_told_however_many_its_class_gave() {
    limits = "{sessions: 1}";
    queued("a", "team", "ann", "cpu", 10);
    running("held", "team", "bob", "cpu");
    given("cpu", 2, "viewer", "bob");
    given("cpu", 20, "another", "bob");

    assertThat(places()).isEqualTo(Map.of("a", place(1, 1)));
  }

  @Test
  void an_app_with_room_left_and_one_whose_pods_do_not_count_wait_as_their_class_does() {
    limits = "{sessions: 2}";
    queued("a", "team", "ann", "cpu", 10);
    running("held", "team", "bob", "cpu");
    running("over", "team", "bob", "cpu").getStatus().setPhase("Succeeded");
    trial(running("trial", "team", "bob", "cpu"));
    given("cpu", 15, "another", "bob");

    assertThat(places()).isEqualTo(Map.of("a", new Place(1, 1, OptionalInt.of(60))));
  }

  @Test
  void whom_their_own_limit_holds_up_waits_at_their_own_pace_and_nobody_has_none() {
    limits = "{sessionsPerUser: 1}";
    queued("anns", "team", "ann", "cpu", 10);
    queued("bobs", "team", "bob", "cpu", 20);
    queued("nobodys", "team", null, "cpu", 30);
    running("held by ann", "team", "ann", "cpu");
    running("held by bob", "team", "bob", "cpu");
    running("held by nobody", "team", null, "cpu");
    given("cpu", 3, "viewer", "ann");
    given("cpu", 1, "viewer", "bob");
    given("cpu", 11, "viewer", "cid");

    assertThat(waits())
        .isEqualTo(
            Map.of(
                "anns", OptionalInt.of(300),
                "bobs", OptionalInt.empty(),
                "nobodys", OptionalInt.of(60)));
  }

  private Map<String, Place> places() {
    return Places.of(sessions, pods, this::app, given, NOW);
  }

  private Map<String, OptionalInt> waits() {
    return places().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().expectedSeconds()));
  }

  /** One of the namespace `team` has the limits. */
  private Optional<StreamingApp> app(String namespace, String name) {
    var spec = "classes: [cpu, gpu]\nlimits: %s";
    return switch (namespace) {
      case "gone" -> Optional.empty();
      case "team" -> Optional.of(Fixtures.app(spec.formatted(limits)));
      default -> Optional.of(Fixtures.app(spec.formatted("{}")));
    };
  }

  private static Place place(int number, int of) {
    return new Place(number, of, OptionalInt.empty());
  }

  private StreamSession queued(
      String uid,
      String namespace,
      @Nullable String user,
      @Nullable String streamClass,
      int second) {
    var session = session(uid, namespace, user, streamClass);
    var requestedAt = "2026-11-22T12:00:%02d.000000Z".formatted(second);
    session.setStatus(
        session
            .getStatus()
            .withConditions(List.of(condition("Ready", "False", "Queued", "In line")))
            .withTimeline(new Timeline(requestedAt, null, null, null, null, null)));
    return session;
  }

  /** So many sessions of that app got a pod, and are gone. */
  private void given(@Nullable String streamClass, int times, String app, String user) {
    for (var time = 1; time <= times; time++) {
      var session = Fixtures.session();
      session.getMetadata().setUid("gone-%d".formatted(++gone));
      session.setSpec(new StreamSessionSpec(app, streamClass, null, user, Map.of(), 0, null));
      session.setStatus(
          StreamSessionStatus.empty()
              .withTimeline(
                  new Timeline(
                      null, NOW.minusSeconds(30L * time).toString(), null, null, null, null)));
      given.seen(session);
    }
  }

  /** The session of that pod tries a revision. */
  private void trial(Pod pod) {
    var uid = pod.getMetadata().getOwnerReferences().getFirst().getUid();
    var session = sessions.stream().filter(it -> it.getMetadata().getUid().equals(uid)).findFirst();
    Fixtures.makeTrial(session.orElseThrow());
  }

  private StreamSession session(
      String uid, String namespace, @Nullable String user, @Nullable String streamClass) {
    var session = Fixtures.session();
    session.getMetadata().setUid(uid);
    session.getMetadata().setName(uid);
    session.getMetadata().setNamespace(namespace);
    session.getMetadata().setCreationTimestamp("2026-11-22T12:00:00Z");
    session.setSpec(new StreamSessionSpec("viewer", streamClass, null, user, Map.of(), 0, null));
    sessions.add(session);
    return session;
  }

  private Pod running(String uid, String namespace, @Nullable String user, String streamClass) {
    session(uid, namespace, user, streamClass);
    var pod =
        new PodBuilder(Fixtures.pod("pod of " + uid, uid, "10.0.0.9"))
            .editMetadata()
            .withNamespace(namespace)
            .addToLabels("vitrine.dev/class", streamClass)
            .addToLabels("vitrine.dev/app", "viewer")
            .endMetadata()
            .build();
    pods.add(pod);
    return pod;
  }
}
