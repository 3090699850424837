package dev.vitrine.runtime.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.protocol.AssignmentSigner;
import dev.vitrine.protocol.AssignmentVerifier;
import dev.vitrine.protocol.SigningKey;
import dev.vitrine.runtime.app.cluster.AssignmentDesk.Outcome;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class AssignmentDeskTest {

  private static final InstantSource CLOCK = InstantSource.fixed(Assignments.NOW);

  private final SigningKey key = SigningKey.generate();
  private final AssignmentSigner signer = new AssignmentSigner(key, CLOCK);
  private final AssignmentDesk desk =
      new AssignmentDesk(new AssignmentVerifier(key.publicKeys(), "pod-1", CLOCK));

  @Test
  void the_first_assignment_is_the_pods_for_life() {
    var first = Assignments.of("pod-1", "session-1");
    assertThat(desk.assignment()).isEmpty();
    assertThat(desk.receive(signer.sign(first))).isEqualTo(new Outcome.Accepted(first));
    assertThat(desk.receive(signer.sign(Assignments.of("pod-1", "session-2"))))
        .isInstanceOf(Outcome.Taken.class);
    assertThat(desk.assignment()).contains(first);
  }

  @Test
  void the_same_sessions_assignment_is_welcome_again() {
    var first = Assignments.of("pod-1", "session-1");
    desk.receive(signer.sign(first));
    assertThat(desk.receive(signer.sign(first))).isEqualTo(new Outcome.Known(first));
  }

  @Test
  void an_assignment_for_another_pod_is_not_believed() {
    assertThat(desk.receive(signer.sign(Assignments.of("pod-2", "session-1"))))
        .isInstanceOf(Outcome.Untrusted.class);
    assertThat(desk.assignment()).isEmpty();
  }

  @Test
  void an_assignment_by_another_key_is_not_believed() {
    var forged = new AssignmentSigner(SigningKey.generate(), CLOCK);
    assertThat(desk.receive(forged.sign(Assignments.of("pod-1", "session-1"))))
        .isInstanceOf(Outcome.Untrusted.class);
  }

  @Test
  void garbage_is_not_believed() {
    for (var garbage : new String[] {"", "x", "a.b.c", "{}", "..", "eyJhbGciOiJub25lIn0.e30."}) {
      assertThat(desk.receive(garbage))
          .isInstanceOfAny(Outcome.Untrusted.class, Outcome.Malformed.class);
    }
    assertThat(desk.assignment()).isEmpty();
  }
}
