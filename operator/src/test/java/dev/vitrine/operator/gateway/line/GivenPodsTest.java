package dev.vitrine.operator.gateway.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.api.v1alpha1.Timeline;
import dev.vitrine.operator.gateway.Fixtures;
import dev.vitrine.operator.queue.Pace;
import dev.vitrine.operator.support.Key;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GivenPodsTest {

  private static final Instant START = Instant.parse("2026-11-22T13:00:00Z");

  private Instant now = START;
  private final GivenPods given = new GivenPods(() -> now);

  @Test
  void a_pod_is_remembered_once_however_often_its_session_is_seen() {
    var session = session("s-1", START);
    session.setSpec(new StreamSessionSpec("viewer", "gpu", null, "ann", Map.of(), 0, null));
    given.seen(session);
    given.seen(session);
    given.seen(session("s-2", START));

    assertThat(given.recent())
        .containsExactly(
            new GivenPods.Given(new Key("team", "viewer"), "gpu", "ann", START),
            new GivenPods.Given(new Key("team", "viewer"), null, "", START));
  }

  @Test
  void sessions_without_a_pod_and_those_that_try_a_revision_say_nothing() {
    var fresh = session("s-1", null);
    var unseen = session("s-2", null);
    unseen.setStatus(null);
    var trial = session("s-3", START);
    Fixtures.makeTrial(trial);
    given.seen(fresh);
    given.seen(unseen);
    given.seen(trial);

    assertThat(given.recent()).isEmpty();
  }

  @Test
  void a_pod_is_forgotten_when_no_pace_counts_it_any_more() {
    given.seen(session("old", START));
    now = START.plusSeconds(1);
    given.seen(session("new", now));
    now = START.plus(Pace.WINDOW);
    assertThat(given.recent())
        .extracting(GivenPods.Given::at)
        .containsExactly(START.plusSeconds(1));
    given.seen(session("old", START));
    assertThat(given.recent()).hasSize(1);
  }

  @Test
  void of_very_many_the_last_ones_are_remembered() {
    for (var number = 1; number <= 20_001; number++) {
      given.seen(session("s-" + number, START.plusMillis(number)));
    }
    assertThat(given.recent()).hasSize(20_000);
    assertThat(given.recent().getFirst().at()).isEqualTo(START.plusMillis(2));
  }

  private static StreamSession session(String uid, @Nullable Instant assignedAt) {
    var session = Fixtures.session();
    session.getMetadata().setUid(uid);
    var at = assignedAt == null ? null : assignedAt.toString();
    session.setStatus(
        StreamSessionStatus.empty().withTimeline(new Timeline(null, at, null, null, null, null)));
    return session;
  }
}
