package dev.vitrine.operator.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BearerTokenTest {

  @Test
  void the_scheme_is_read_in_any_case() {
    assertThat(BearerToken.in("bearer abc")).contains("abc");
  }

  @Test
  void another_scheme_an_empty_token_or_none_is_no_token() {
    assertThat(BearerToken.in("Basic abc")).isEmpty();
    assertThat(BearerToken.in("Bearer   ")).isEmpty();
    assertThat(BearerToken.in(null)).isEmpty();
  }

  @Test
  void a_token_of_no_possible_length_is_none() {
    assertThat(BearerToken.in("Bearer " + "x".repeat(16 * 1024 + 1))).isEmpty();
  }
}
