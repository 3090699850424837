package dev.vitrine.operator.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AccessModeTest {

  @Test
  void what_is_not_said_is_kubernetes() {
    assertThat(AccessMode.of(null)).isEqualTo(AccessMode.KUBERNETES);
    assertThat(AccessMode.of("kubernetes")).isEqualTo(AccessMode.KUBERNETES);
    assertThat(AccessMode.of("none")).isEqualTo(AccessMode.NONE);
  }

  @Test
  void an_unknown_word_is_refused_and_never_taken_for_none() {
    assertThatThrownBy(() -> AccessMode.of("None"))
        .hasMessage("VITRINE_ACCESS is \"None\": set it to kubernetes, or to none for local work");
  }
}
