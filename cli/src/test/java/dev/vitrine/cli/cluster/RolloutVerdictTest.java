package dev.vitrine.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppStatus;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whoever waits for a rollout waits for either end, of the app as it is now. */
class RolloutVerdictTest {

  private static final String THEN = "2026-11-22T10:00:00Z";

  @Test
  void both_ends_are_verdicts() {
    assertThat(RolloutVerdict.of(app(said("True", 2)), Optional.empty()))
        .get()
        .satisfies(end -> assertThat(end.getStatus()).isEqualTo("True"));
    assertThat(RolloutVerdict.of(app(said("False", 2)), Optional.empty()))
        .get()
        .satisfies(end -> assertThat(end.getStatus()).isEqualTo("False"));
  }

  @Test
  void what_is_under_way_is_none() {
    assertThat(RolloutVerdict.of(app(said("Unknown", 2)), Optional.empty())).isEmpty();
  }

  @Test
  void the_word_of_an_earlier_generation_does_not_count() {
    assertThat(RolloutVerdict.of(app(said("True", 1)), Optional.empty())).isEmpty();
  }

  @Test
  void what_was_said_before_a_failure_was_forgotten_does_not_count() {
    var past = said("False", 2);
    assertThat(RolloutVerdict.of(app(said("False", 2)), Optional.of(past))).isEmpty();
    var later = past.edit().withLastTransitionTime("2026-11-22T10:00:01Z").build();
    assertThat(RolloutVerdict.of(app(later), Optional.of(past))).isPresent();
  }

  @Test
  void a_refusal_of_the_same_second_counts() {
    var past = said("False", 1);
    var now = said("False", 2).edit();
    assertThat(RolloutVerdict.of(app(said("False", 2)), Optional.of(past))).isPresent();
    past.setObservedGeneration(2L);
    for (var other : List.of(now.withReason("NoFrame"), now.withMessage("too dark"))) {
      assertThat(RolloutVerdict.of(app(other.build()), Optional.of(past))).isPresent();
    }
  }

  @Test
  void an_app_that_nobody_has_looked_at_has_none() {
    var app = app(said("True", 2));
    app.setStatus(null);
    assertThat(RolloutVerdict.of(app, Optional.empty())).isEmpty();
  }

  private static Condition said(String status, long generation) {
    return new ConditionBuilder()
        .withType("RolloutComplete")
        .withStatus(status)
        .withObservedGeneration(generation)
        .withLastTransitionTime(THEN)
        .build();
  }

  private static StreamingApp app(Condition condition) {
    var app = new StreamingApp();
    app.setMetadata(new ObjectMetaBuilder().withName("look").withGeneration(2L).build());
    app.setStatus(new StreamingAppStatus(List.of(condition), null, List.of(), null));
    return app;
  }
}
