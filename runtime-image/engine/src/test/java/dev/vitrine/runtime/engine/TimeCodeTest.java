package dev.vitrine.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TimeCodeTest {

  @Test
  void the_bars_spell_the_prefix_the_numbers_the_state_and_the_checksum() {
    String bars = "%40s".formatted(Long.toBinaryString(new TimeCode(0x123C, 0x56, true).bars()));
    int checksum = 1 + 2 + 3 + 12 + 5 + 6 + 1 & 15;
    assertThat(bars)
        .isEqualTo(
            "10"
                + "0001001000111100"
                + "01010110"
                + "1"
                + "%4s".formatted(Integer.toBinaryString(checksum)).replace(' ', '0')
                + "000000000");
  }

  @Test
  void more_than_sixteen_bits_of_milliseconds_are_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new TimeCode(65536, 0, false));
  }
}
