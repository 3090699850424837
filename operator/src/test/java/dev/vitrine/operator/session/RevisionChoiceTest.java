package dev.vitrine.operator.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.RevisionShare;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppStatus;
import dev.vitrine.operator.testing.Fixtures;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RevisionChoiceTest {

  private final StreamingApp app = Fixtures.app(List.of(), null);

  @Test
  void sessions_are_split_by_the_shares() {
    serve(new RevisionShare("next", null, 10), new RevisionShare("old", null, 90));
    var random = new Random(7);
    var chosen =
        IntStream.range(0, 10_000)
            .mapToObj(_ -> session(new UUID(random.nextLong(), random.nextLong()).toString()))
            .map(session -> RevisionChoice.of(session, app).orElseThrow())
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(chosen).containsOnlyKeys("next", "old");
    assertThat(chosen.get("next")).isBetween(900L, 1100L);
  }

  @Test
  void a_session_gets_the_same_one_however_often_it_is_asked() {
    serve(new RevisionShare("next", null, 50), new RevisionShare("old", null, 50));
    var session = session("0b6e1b2c-0000-4000-8000-000000000001");
    assertThat(RevisionChoice.of(session, app)).isEqualTo(RevisionChoice.of(session, app));
  }

  @Test
  void nothing_is_chosen_while_nothing_serves() {
    serve();
    assertThat(RevisionChoice.of(session("uid"), app)).isEmpty();
  }

  private void serve(RevisionShare... shares) {
    app.setStatus(new StreamingAppStatus(List.of(), null, List.of(shares), null));
  }

  private static StreamSession session(String uid) {
    var session = new StreamSession();
    session.getMetadata().setUid(uid);
    session.setSpec(StreamSessionSpec.of("demo"));
    return session;
  }
}
