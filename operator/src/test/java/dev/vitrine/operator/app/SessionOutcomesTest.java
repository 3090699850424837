package dev.vitrine.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.EndReason;
import dev.vitrine.api.v1alpha1.RolloutProgress;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.api.v1alpha1.Timeline;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.support.Times;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionOutcomesTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant BEFORE = START.minusSeconds(1);
  private static final Instant AFTER = START.plusSeconds(1);

  @Test
  void the_live_count_as_well_as_the_ended() {
    var sessions =
        Stream.concat(
            IntStream.range(0, 5).mapToObj(_ -> session("next", AFTER, EndReason.AppFailed, AFTER)),
            IntStream.range(0, 495).mapToObj(_ -> session("next", AFTER, null, null)));
    var outcomes = SessionOutcomes.of(sessions, rollout());
    assertThat(outcomes).isEqualTo(new SessionOutcomes(500, 5));
    assertThat(outcomes.exceed(1)).isFalse();
    assertThat(outcomes.exceed(0)).isTrue();
  }

  @Test
  void fewer_than_five_say_nothing() {
    assertThat(new SessionOutcomes(4, 4).exceed(0)).isFalse();
    assertThat(new SessionOutcomes(5, 1).exceed(20)).isFalse();
    assertThat(new SessionOutcomes(5, 2).exceed(20)).isTrue();
  }

  @Test
  void one_that_fails_before_a_pod_accepts_it_counts() {
    assertThat(of(session("next", null, EndReason.AppFailed, AFTER)))
        .isEqualTo(new SessionOutcomes(1, 1));
    assertThat(of(session("next", null, EndReason.StartTimeout, AFTER)))
        .isEqualTo(new SessionOutcomes(1, 1));
  }

  @Test
  void an_end_in_order_is_no_failure() {
    assertThat(of(session("next", AFTER, EndReason.ClosedByViewer, AFTER)))
        .isEqualTo(new SessionOutcomes(1, 0));
    assertThat(of(session("next", AFTER, EndReason.PodLost, AFTER)))
        .isEqualTo(new SessionOutcomes(1, 0));
  }

  @Test
  void those_count_that_the_share_gave_the_revision_since_its_rollout_began() {
    var pinned = session("next", AFTER, EndReason.AppFailed, AFTER);
    pinned.setSpec(new StreamSessionSpec("demo", null, "next", null, Map.of(), 0, null));
    var neverScheduled = session("next", null, EndReason.StartTimeout, AFTER);
    var status = neverScheduled.getStatus();
    neverScheduled.setStatus(
        new StreamSessionStatus(
            status.conditions(), "pod", List.of(), null, "next", null, status.timeline(), null));
    assertThat(
            of(
                pinned,
                neverScheduled,
                session("old", AFTER, EndReason.AppFailed, AFTER),
                session("next", BEFORE, EndReason.AppFailed, AFTER),
                session("next", null, EndReason.AppFailed, BEFORE),
                session("next", null, EndReason.QueueTimeout, AFTER),
                session("next", null, null, null)))
        .isEqualTo(SessionOutcomes.NONE);
  }

  private static SessionOutcomes of(StreamSession... sessions) {
    return SessionOutcomes.of(Stream.of(sessions), rollout());
  }

  private static RolloutProgress rollout() {
    return new RolloutProgress("next", "old", 0, Times.micros(START), Times.micros(START), null);
  }

  private static StreamSession session(
      String revision,
      @Nullable Instant assignedAt,
      @Nullable EndReason end,
      @Nullable Instant endedAt) {
    var session = new StreamSession();
    session.setSpec(StreamSessionSpec.of("demo"));
    var conditions =
        end == null
            ? List.<Condition>of()
            : List.of(Conditions.isTrue(ConditionType.ENDED, end, "over"));
    var timeline =
        new Timeline(Times.micros(BEFORE), micros(assignedAt), null, null, null, micros(endedAt));
    session.setStatus(
        new StreamSessionStatus(
            conditions, "pod", List.of(), "node", revision, null, timeline, null));
    return session;
  }

  private static @Nullable String micros(@Nullable Instant time) {
    return time == null ? null : Times.micros(time);
  }
}
