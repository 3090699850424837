package dev.vitrine.operator.app;

import static dev.vitrine.operator.support.Conditions.isFalse;
import static dev.vitrine.operator.support.Conditions.isTrue;
import static dev.vitrine.operator.support.Conditions.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.RevisionReason;
import dev.vitrine.api.v1alpha1.RevisionShare;
import dev.vitrine.api.v1alpha1.Rollout;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.api.v1alpha1.StreamingAppRevisionSpec;
import dev.vitrine.api.v1alpha1.StreamingAppRevisionStatus;
import dev.vitrine.api.v1alpha1.StreamingAppStatus;
import dev.vitrine.operator.placement.WarmState;
import dev.vitrine.operator.testing.Fixtures;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RolloutPlannerTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Condition VERIFIED =
      isTrue(ConditionType.VERIFIED, RevisionReason.FrameDecoded, "seen");

  private final StreamingApp app = Fixtures.app(List.of(), null);
  private final StreamingAppRevision old = revision("old", VERIFIED);
  private StreamingAppRevision next = revision("next", VERIFIED);
  private SessionOutcomes outcomes = SessionOutcomes.NONE;
  private List<StreamingAppRevision> known = List.of();
  private Instant now = NOW;

  @BeforeEach
  void theOldOneServes() {
    app.setStatus(
        new StreamingAppStatus(
            List.of(), null, List.of(new RevisionShare("old", null, 100)), null));
    rollout(Rollout.State.Running, new Rollout.Step(10, 60), new Rollout.Step(50, 120));
  }

  @Test
  void without_steps_all_new_sessions_go_over_at_once() {
    rollout(Rollout.State.Running);
    assertShares(plan(), "next=100");
    assertCondition("True", "RolledOut");
    assertThat(plan().progress()).isNull();
  }

  @Test
  void the_first_revision_of_all_needs_no_steps() {
    app.setStatus(StreamingAppStatus.empty());
    assertShares(plan(), "next=100");
  }

  @Test
  void shares_grow_step_by_step_each_in_its_time() {
    assertShares(carryOut(), "next=10", "old=90");
    assertCondition("Unknown", "Progressing");
    assertThat(plan().lookAgainAt()).contains(NOW.plusSeconds(60));
    now = NOW.plusSeconds(59);
    assertShares(carryOut(), "next=10", "old=90");
    now = NOW.plusSeconds(60);
    assertShares(carryOut(), "next=50", "old=50");
    now = NOW.plusSeconds(180);
    assertShares(carryOut(), "next=100");
    assertCondition("True", "RolledOut");
    assertThat(app.getStatus().rollout()).isNull();
  }

  @Test
  void whoever_was_away_for_long_goes_on_one_step_at_a_time() {
    carryOut();
    now = NOW.plusSeconds(100_000);
    assertShares(carryOut(), "next=50", "old=50");
    assertShares(carryOut(), "next=50", "old=50");
  }

  @Test
  void a_clock_that_is_put_back_neither_hurries_nor_turns_back() {
    carryOut();
    now = NOW.plusSeconds(60);
    carryOut();
    now = NOW.minusSeconds(3600);
    assertShares(carryOut(), "next=50", "old=50");
  }

  @Test
  void a_pause_keeps_the_shares_and_a_resume_goes_on() {
    carryOut();
    rollout(Rollout.State.Paused, new Rollout.Step(10, 60), new Rollout.Step(50, 120));
    now = NOW.plusSeconds(9_999);
    assertShares(carryOut(), "next=10", "old=90");
    assertCondition("Unknown", "Paused");
    rollout(Rollout.State.Running, new Rollout.Step(10, 60), new Rollout.Step(50, 120));
    assertShares(carryOut(), "next=50", "old=50");
  }

  @Test
  void a_rollout_that_is_paused_before_it_begins_gives_nothing() {
    rollout(Rollout.State.Paused, new Rollout.Step(10, 60));
    assertShares(carryOut(), "old=100");
    assertCondition("Unknown", "Paused");
  }

  @Test
  void nothing_goes_over_before_the_verification() {
    next = revision("next", unknown(ConditionType.VERIFIED, RevisionReason.Verifying, "on it"));
    assertShares(carryOut(), "old=100");
    assertCondition("Unknown", "Verifying");
    next =
        revision(
            "next", unknown(ConditionType.VERIFIED, RevisionReason.WaitingForCapacity, "full"));
    assertCondition("Unknown", "WaitingForCapacity");
    next = revision("next", isFalse(ConditionType.VERIFIED, RevisionReason.NoFrame, "no frame"));
    assertShares(carryOut(), "old=100");
    assertCondition("False", "VerificationFailed");
    assertThat(plan().condition().getMessage()).isEqualTo("no frame");
  }

  @Test
  void too_many_failures_take_it_back_for_good() {
    carryOut();
    outcomes = new SessionOutcomes(4, 4);
    assertShares(carryOut(), "next=10", "old=90");
    outcomes = new SessionOutcomes(6, 3);
    assertShares(carryOut(), "next=10", "old=90");
    outcomes = new SessionOutcomes(5, 3);
    assertShares(carryOut(), "old=100");
    assertCondition("False", "RolledBack");
    outcomes = SessionOutcomes.NONE;
    now = NOW.plusSeconds(9_999);
    assertShares(carryOut(), "old=100");
    assertThat(plan().condition().getMessage())
        .isEqualTo(
            "3 of 5 sessions that revision next was given by its share failed, more than"
                + " spec.rollout.maxFailurePercent allows (50)");
  }

  @Test
  void what_was_taken_back_stays_so_when_what_served_before_is_gone() {
    carryOut();
    outcomes = new SessionOutcomes(5, 5);
    carryOut();
    known = List.of(next);
    assertThat(carryOut().shares()).isEmpty();
    assertCondition("False", "RolledBack");
    assertThat(plan().condition().getMessage())
        .contains("5 of 5 sessions")
        .endsWith(
            "revision old, which served before, is gone: change the app, or delete revision next to"
                + " have it tried again");
  }

  @Test
  void a_pause_keeps_the_shares_even_if_the_steps_are_taken_away() {
    carryOut();
    rollout(Rollout.State.Paused);
    assertShares(carryOut(), "next=10", "old=90");
    rollout(Rollout.State.Running);
    assertShares(carryOut(), "next=100");
  }

  @Test
  void another_change_in_the_middle_begins_anew_from_what_was_proved() {
    carryOut();
    now = NOW.plusSeconds(60);
    assertShares(carryOut(), "next=50", "old=50");
    var newest =
        revision("newest", unknown(ConditionType.VERIFIED, RevisionReason.Verifying, "on it"));
    next = newest;
    assertShares(carryOut(), "old=100");
    next = revision("newest", VERIFIED);
    assertShares(carryOut(), "newest=10", "old=90");
  }

  @Test
  void back_to_what_was_is_at_once() {
    carryOut();
    next = old;
    assertShares(carryOut(), "old=100");
    assertCondition("True", "RolledOut");
  }

  private RolloutReport carryOut() {
    var report = plan();
    app.setStatus(
        new StreamingAppStatus(
            List.of(report.condition()), null, report.shares(), report.progress()));
    return report;
  }

  private RolloutReport plan() {
    var view =
        new AppView(
            app,
            Map.of(),
            known.isEmpty() ? List.of(old, next) : known,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            Map.of(),
            Set.of(),
            outcomes,
            new WarmState(0, 0, false, false, Optional.empty(), NOW),
            Optional.empty(),
            0,
            now);
    return RolloutPlanner.plan(view, Optional.of(next));
  }

  private void rollout(Rollout.State state, Rollout.Step... steps) {
    Fixtures.rollOut(
        app, new Rollout(state, List.of(steps), app.getSpec().rollout().verification(), 50, 5));
  }

  private void assertShares(RolloutReport report, String... shares) {
    assertThat(report.shares())
        .extracting(share -> share.name() + "=" + share.percent())
        .containsExactly(shares);
  }

  private void assertCondition(String status, String reason) {
    assertThat(plan().condition().getStatus()).isEqualTo(status);
    assertThat(plan().condition().getReason()).isEqualTo(reason);
  }

  private StreamingAppRevision revision(String name, Condition verified) {
    var revision = new StreamingAppRevision();
    revision.setMetadata(new ObjectMetaBuilder().withName(name).build());
    revision.setSpec(StreamingAppRevisionSpec.of(app));
    revision.setStatus(new StreamingAppRevisionStatus(List.of(verified), null, List.of()));
    return revision;
  }
}
