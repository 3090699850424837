package dev.vitrine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SpentTokensTest {

  private Instant now = Instant.parse("2026-11-22T13:00:00Z");
  private final SpentTokens spent = new SpentTokens(2, () -> now);

  @Test
  void a_token_is_spent_once() {
    assertThat(spent.spend(token("1"))).isTrue();
    assertThat(spent.spend(token("1"))).isFalse();
    assertThat(spent.spend(token("2"))).isTrue();
  }

  @Test
  void a_token_is_remembered_as_long_as_a_verifier_accepts_it() {
    var token = token("1");
    spent.spend(token);

    now = token.expiresAt().plusSeconds(5);

    assertThat(spent.spend(token)).isFalse();
  }

  @Test
  void a_full_memory_refuses_until_something_can_be_forgotten() {
    spent.spend(token("1"));
    spent.spend(token("2"));
    assertThat(spent.spend(token("3"))).isFalse();

    now = now.plusSeconds(67);

    assertThat(spent.spend(token("4"))).isTrue();
  }

  private ConnectToken token(String id) {
    return new ConnectToken("", "session", "pod", id, now, now.plusSeconds(60));
  }
}
