package dev.vitrine.runtime.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.protocol.AssignmentSigner;
import dev.vitrine.protocol.AssignmentVerifier;
import dev.vitrine.protocol.ConnectTokenIssuer;
import dev.vitrine.protocol.SignalCloseCode;
import dev.vitrine.protocol.SigningKey;
import dev.vitrine.runtime.app.viewer.Entrance.Refusal;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenEntranceTest {

  private static final InstantSource CLOCK = InstantSource.fixed(Assignments.NOW);

  private final SigningKey controller = SigningKey.generate();
  private final SigningKey gateway = SigningKey.generate();
  private final ConnectTokenIssuer issuer = new ConnectTokenIssuer(gateway, CLOCK);
  private final AssignmentDesk desk =
      new AssignmentDesk(new AssignmentVerifier(controller.publicKeys(), "pod-1", CLOCK));
  private final TokenEntrance entrance = new TokenEntrance(desk, CLOCK);

  @Test
  void before_the_assignment_nobody_may_come() {
    assertThat(refusal(token("ada", "session-1", "pod-1"))).isEqualTo(SignalCloseCode.NOT_READY);
  }

  @Test
  void a_token_opens_the_door_once() {
    assign();
    var token = token("ada", "session-1", "pod-1");
    assertThat(entrance.refusalOf(token)).isEmpty();
    assertThat(entrance.refusalOf(token))
        .hasValueSatisfying(refusal -> assertThat(refusal.sentence()).contains("used before"));
  }

  @Test
  void a_socket_without_a_token_is_refused() {
    assign();
    assertThat(refusal(Optional.empty())).isEqualTo(SignalCloseCode.BAD_TOKEN);
  }

  @Test
  void a_token_for_another_session_or_pod_is_refused() {
    assign();
    assertThat(refusal(token("ada", "session-2", "pod-1"))).isEqualTo(SignalCloseCode.BAD_TOKEN);
    assertThat(refusal(token("ada", "session-1", "pod-2"))).isEqualTo(SignalCloseCode.BAD_TOKEN);
  }

  @Test
  void another_user_may_not_come_in() {
    assign();
    assertThat(refusal(token("eve", "session-1", "pod-1"))).isEqualTo(SignalCloseCode.FORBIDDEN);
  }

  @Test
  void a_token_by_another_key_is_refused() {
    assign();
    var forged = new ConnectTokenIssuer(SigningKey.generate(), CLOCK);
    assertThat(refusal(Optional.of(forged.issue("ada", "session-1", "pod-1").compact())))
        .isEqualTo(SignalCloseCode.BAD_TOKEN);
  }

  @Test
  void an_expired_token_is_refused() {
    assign();
    var early = InstantSource.fixed(Assignments.NOW.minusSeconds(120));
    var old = new ConnectTokenIssuer(gateway, early).issue("ada", "session-1", "pod-1");
    assertThat(refusal(Optional.of(old.compact()))).isEqualTo(SignalCloseCode.BAD_TOKEN);
  }

  private void assign() {
    var assignment = Assignments.with("pod-1", "session-1", gateway.publicKeys());
    desk.receive(new AssignmentSigner(controller, CLOCK).sign(assignment));
  }

  private Optional<String> token(String user, String sessionUid, String podUid) {
    return Optional.of(issuer.issue(user, sessionUid, podUid).compact());
  }

  private SignalCloseCode refusal(Optional<String> token) {
    return entrance.refusalOf(token).map(Refusal::code).orElseThrow();
  }
}
