package dev.vitrine.operator.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.RevisionShare;
import dev.vitrine.api.v1alpha1.RolloutProgress;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppStatus;
import dev.vitrine.operator.gateway.Fixtures;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NewerVersionTest {

  private static final RevisionShare OLD = new RevisionShare("viewer-a", "1.4.0", 100);
  private static final RevisionShare NEW = new RevisionShare("viewer-b", "1.5.0", 100);

  @Test
  void what_all_new_sessions_get_is_told_to_a_session_of_another_revision() {
    assertThat(NewerVersion.of(session("viewer-a"), app(null, NEW))).contains("1.5.0");
    assertThat(NewerVersion.of(session("viewer-b"), app(null, NEW))).isEmpty();
  }

  @Test
  void a_version_without_a_name_is_called_as_its_revision() {
    var unnamed = new RevisionShare("viewer-b", null, 100);
    assertThat(NewerVersion.of(session("viewer-a"), app(null, unnamed))).contains("viewer-b");
  }

  @Test
  void while_only_some_get_it_nobody_is_told() {
    var some = new RevisionShare("viewer-b", "1.5.0", 90);
    var others = new RevisionShare("viewer-a", "1.4.0", 10);
    assertThat(NewerVersion.of(session("viewer-a"), app(null, some, others))).isEmpty();
    assertThat(NewerVersion.of(session("viewer-0"), app(null, some, others))).isEmpty();
  }

  @Test
  void a_session_of_a_revision_that_was_rolled_back_is_not_called_old() {
    var rolledBack = new RolloutProgress("viewer-b", "viewer-a", 0, "", "", "It failed");
    assertThat(NewerVersion.of(session("viewer-b"), app(rolledBack, OLD))).isEmpty();
    assertThat(NewerVersion.of(session("viewer-0"), app(rolledBack, OLD))).contains("1.4.0");
  }

  @Test
  void a_pinned_session_would_get_the_same_again() {
    var pinned = session("viewer-a");
    pinned.setSpec(new StreamSessionSpec("viewer", null, "viewer-a", null, Map.of(), 0, null));
    assertThat(NewerVersion.of(pinned, app(null, NEW))).isEmpty();
  }

  @Test
  void of_what_is_not_known_nothing_is_said() {
    var fresh = Fixtures.session();
    fresh.setStatus(null);
    assertThat(NewerVersion.of(fresh, app(null, NEW))).isEmpty();
    assertThat(NewerVersion.of(session("viewer-a"), app(null))).isEmpty();
    assertThat(NewerVersion.of(session("viewer-a"), Fixtures.app("classes: [cpu]"))).isEmpty();
  }

  private static StreamSession session(String revision) {
    var session = Fixtures.session();
    session.setStatus(
        new StreamSessionStatus(List.of(), null, List.of(), null, revision, null, null, null));
    return session;
  }

  private static StreamingApp app(@Nullable RolloutProgress rollout, RevisionShare... revisions) {
    var app = Fixtures.app("classes: [cpu]");
    app.setStatus(new StreamingAppStatus(List.of(), null, List.of(revisions), rollout));
    return app;
  }
}
