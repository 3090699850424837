package dev.vitrine.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RoleTest {
  @Test
  void each_word_names_its_role() {
    assertThat(Role.of("controller")).isEqualTo(Role.CONTROLLER);
    assertThat(Role.of("gateway")).isEqualTo(Role.GATEWAY);
  }

  @Test
  void an_unknown_role_is_refused_with_the_two_that_exist() {
    assertThatThrownBy(() -> Role.of("both"))
        .hasMessage("VITRINE_ROLE is \"both\": set it to controller or gateway");
  }

  @Test
  void no_role_is_refused_with_the_two_that_exist() {
    assertThatThrownBy(() -> Role.of(null))
        .hasMessage("VITRINE_ROLE is not set: set it to controller or gateway");
  }
}
