package dev.vitrine.operator.app;

import static dev.vitrine.operator.testing.Fixtures.REVISION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.EndReason;
import dev.vitrine.api.v1alpha1.Rollout;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.testing.Fixtures;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RevisionsTest {

  private final StreamingApp app = Fixtures.app(List.of(), null);
  private final StreamingAppRevision current = Fixtures.revision(app);
  private final StreamingAppRevision past =
      Fixtures.revision(Fixtures.app(List.of(), Map.of("spec", Map.of())));

  @Test
  void sessions_that_have_not_ended_need_the_revision_that_they_name_with_a_pod_or_without() {
    var inLine = pinned("in-line");
    inLine.setStatus(StreamSessionStatus.empty());
    var over = pinned("over");
    var ended = Conditions.isTrue(ConditionType.ENDED, EndReason.ClosedByViewer, "bye");
    over.setStatus(StreamSessionStatus.empty().withConditions(List.of(ended)));
    var unpinned = Fixtures.session(null, Map.of());
    assertThat(Revisions.pinnedBy(Stream.of(pinned("new"), inLine, over, unpinned)))
        .containsExactlyInAnyOrder("new", "in-line");
  }

  @Test
  void what_the_app_says_now_is_not_of_the_past() {
    keep(1);
    assertThat(Revisions.exceedHistory(app, List.of(current, past))).isFalse();
    assertThat(Revisions.exceedHistory(app, List.of(past, past))).isTrue();
    keep(0);
    assertThat(Revisions.exceedHistory(app, List.of(current))).isFalse();
    assertThat(Revisions.exceedHistory(app, List.of(current, past))).isTrue();
  }

  @Test
  void the_end_of_a_session_that_kept_a_revision_is_awaited_by_the_app() {
    assertThat(AppEventSources.awaitsEnd(app, Fixtures.session(null, Map.of()))).isFalse();
    assertThat(AppEventSources.awaitsEnd(app, pinned(REVISION))).isTrue();
  }

  private void keep(int historyLimit) {
    var rollout = app.getSpec().rollout();
    Fixtures.rollOut(
        app,
        new Rollout(
            rollout.state(),
            rollout.steps(),
            rollout.verification(),
            rollout.maxFailurePercent(),
            historyLimit));
  }

  private static StreamSession pinned(String revision) {
    var session = Fixtures.session(null, Map.of());
    session.setSpec(new StreamSessionSpec("demo", null, revision, null, Map.of(), 0, null));
    return session;
  }
}
