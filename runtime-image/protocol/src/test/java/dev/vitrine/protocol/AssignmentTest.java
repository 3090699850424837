package dev.vitrine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-22T13:00:00Z"));

  private final SigningKey controller = SigningKey.generate();
  private final Assignment assignment = assignment(Map.of("stage", "stages/kitchen.usda"));

  @Test
  void an_assignment_arrives_as_it_was_signed() throws Exception {
    var compact = new AssignmentSigner(controller, CLOCK).sign(assignment);

    assertThat(verifierOf("pod-1", CLOCK).verify(compact)).isEqualTo(assignment);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\u4E2D", "\uD83D\uDE00", "\u0001"})
  void the_longest_parameters_that_an_app_can_declare_arrive_in_any_script(String character)
      throws Exception {
    var parameters =
        IntStream.range(0, 32)
            .boxed()
            .collect(Collectors.toMap(i -> "p".repeat(61) + i, _ -> character.repeat(1024)));
    var longest = assignment(parameters);
    var compact = new AssignmentSigner(controller, CLOCK).sign(longest);

    assertThat(verifierOf("pod-1", CLOCK).verify(compact)).isEqualTo(longest);
  }

  @Test
  void an_assignment_for_another_pod_is_refused() {
    var compact = new AssignmentSigner(controller, CLOCK).sign(assignment);

    assertThatExceptionOfType(BadTokenException.class)
        .isThrownBy(() -> verifierOf("pod-2", CLOCK).verify(compact))
        .withMessage("The assignment is not valid: it is meant for another `aud`.");
  }

  @Test
  void an_assignment_is_good_for_five_minutes() throws Exception {
    var compact = new AssignmentSigner(controller, CLOCK).sign(assignment);

    assertThat(verifierOf("pod-1", later(304)).verify(compact)).isEqualTo(assignment);
    assertThatExceptionOfType(BadTokenException.class)
        .isThrownBy(() -> verifierOf("pod-1", later(305)).verify(compact))
        .withMessageContaining("expired");
  }

  @Test
  void nobody_but_the_controller_can_assign() {
    var forged = new AssignmentSigner(SigningKey.generate(), CLOCK).sign(assignment);

    assertThatExceptionOfType(BadTokenException.class)
        .isThrownBy(() -> verifierOf("pod-1", CLOCK).verify(forged))
        .withMessageContaining("no known key");
  }

  @Test
  void a_connect_token_is_no_assignment() {
    var token = new ConnectTokenIssuer(controller, CLOCK).issue("", "session-1", "pod-1");

    assertThatExceptionOfType(BadTokenException.class)
        .isThrownBy(() -> verifierOf("pod-1", CLOCK).verify(token.compact()));
  }

  @Test
  void what_is_no_document_at_all_is_a_bad_message() {
    for (var text :
        List.of("", "{}", "a.b", "a.b.c.d", "a b.c.d", "x".repeat(Assignment.MAX_BYTES + 1))) {
      assertThatExceptionOfType(BadMessageException.class)
          .isThrownBy(() -> verifierOf("pod-1", CLOCK).verify(text))
          .withMessageContaining("compact JWS");
    }
  }

  @Test
  void a_signed_document_without_a_field_names_it() {
    var claims =
        Json.newObject()
            .put("iss", Assignment.ISSUER)
            .put("aud", "pod-1")
            .put("iat", CLOCK.instant().getEpochSecond())
            .put("exp", CLOCK.instant().getEpochSecond() + 300);

    assertThatExceptionOfType(BadMessageException.class)
        .isThrownBy(() -> verifierOf("pod-1", CLOCK).verify(SignedClaims.sign(claims, controller)))
        .withMessage("The assignment has no `session`; it must be an object.");
  }

  @Test
  void credentials_do_not_show_in_logs() {
    assertThat(assignment.toString()).doesNotContain("credential");
  }

  private static Assignment assignment(Map<String, String> parameters) {
    return new Assignment(
        "pod-1",
        new SessionName("default", "s-1", "session-1"),
        "ada",
        parameters,
        new Lifetimes(60, 20, 600, 3600, 60, 1800, 7200),
        List.of("192.0.2.7", "2001:db8::7"),
        List.of(new IceServer(List.of("turn:turn.example.com:3478"), "u", "c")),
        SigningKey.generate().publicKeys());
  }

  private AssignmentVerifier verifierOf(String podUid, InstantSource clock) {
    return new AssignmentVerifier(controller.publicKeys(), podUid, clock);
  }

  private static InstantSource later(int seconds) {
    return InstantSource.fixed(CLOCK.instant().plusSeconds(seconds));
  }
}
