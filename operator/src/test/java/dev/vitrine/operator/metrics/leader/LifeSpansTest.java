package dev.vitrine.operator.metrics.leader;

import static dev.vitrine.operator.metrics.leader.Cluster.claimed;
import static dev.vitrine.operator.metrics.leader.Cluster.ended;
import static dev.vitrine.operator.metrics.leader.Cluster.pod;
import static dev.vitrine.operator.metrics.leader.Cluster.times;
import static dev.vitrine.operator.metrics.leader.Cluster.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.EndReason;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.Timeline;
import dev.vitrine.operator.testing.OtlpReceiver;
import dev.vitrine.operator.testing.OtlpReceiver.Received;
import dev.vitrine.operator.trace.SessionTraces;
import io.fabric8.kubernetes.api.model.Condition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LifeSpansTest {

  private static final Timeline SERVED = times("00", "00.012", "00.5", "00.58");
  private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");

  private final Cluster cluster = new Cluster();
  private OtlpReceiver receiver;
  private SessionTraces traces;
  private LifeSpans lives;

  @BeforeEach
  void listen() throws IOException {
    receiver = new OtlpReceiver();
    traces = SessionTraces.of("test", receiver.environment(), () -> NOW);
    lives =
        new LifeSpans(
            cluster.stores,
            _ -> List.of(claimed(pod("pod", "gpu").build(), "00.010")),
            traces,
            () -> NOW);
  }

  @AfterEach
  void close() {
    traces.close();
    receiver.close();
  }

  private static StreamSession session() {
    var session = Cluster.session("one");
    session.getMetadata().setUid("0b4e6c9a-5d7f-4a3e-8c21-9f00aa55ee11");
    session.getMetadata().setCreationTimestamp("2026-01-01T00:00:00Z");
    return session;
  }

  private List<Received> written() {
    traces.close();
    return receiver.spans();
  }

  private static long millis(Received span) {
    return Duration.between(span.began(), span.ended()).toMillis();
  }

  @Test
  void a_life_is_written_once_it_has_ended_with_the_stages_of_its_beginning() {
    lives.lead();
    var one = session();
    cluster.watch(one);
    cluster.watch(with(one, SERVED));
    cluster.watch(with(one, SERVED, ended(EndReason.IdleTimeout)));
    cluster.watch(with(one, SERVED, ended(EndReason.IdleTimeout)));
    cluster.watchGone(with(one, SERVED, ended(EndReason.IdleTimeout)));
    assertThat(written())
        .extracting(span -> span.name() + " " + millis(span))
        .containsExactlyInAnyOrder(
            "line 10", "start 2", "connect 488", "picture 80", "session 60000");
    assertThat(receiver.spans())
        .filteredOn(span -> span.name().equals("session"))
        .singleElement()
        .satisfies(
            span -> {
              assertThat(span.attributes())
                  .containsEntry("vitrine.end", "IdleTimeout")
                  .containsEntry("vitrine.app", "demo")
                  .containsEntry("vitrine.class", "gpu")
                  .doesNotContainValue("ann");
              assertThat(span.failure()).isEmpty();
            });
  }

  @Test
  void a_failure_says_what_it_was() {
    lives.lead();
    var one = session();
    cluster.watch(one);
    cluster.watch(
        with(one, times("00", null, null, null), failed(EndReason.AppFailed, "out of paint")));
    assertThat(written())
        .filteredOn(span -> span.name().equals("session"))
        .extracting(Received::failure)
        .containsExactly("out of paint");
  }

  private static Condition failed(EndReason reason, String words) {
    return ended(reason).edit().withMessage(words).build();
  }

  @Test
  void a_session_that_is_deleted_has_had_its_life() {
    lives.lead();
    cluster.watch(session());
    cluster.watchGone(session());
    assertThat(written())
        .filteredOn(span -> span.name().equals("session"))
        .singleElement()
        .satisfies(
            span -> assertThat(span.attributes()).containsEntry("vitrine.end", "ClosedByApi"));
  }

  @Test
  void who_does_not_lead_writes_nothing() {
    cluster.watch(session());
    cluster.watch(with(session(), SERVED, ended(EndReason.IdleTimeout)));
    lives.lead();
    cluster.watchGone(with(session(), SERVED, ended(EndReason.IdleTimeout)));
    assertThat(written()).isEmpty();
  }
}
