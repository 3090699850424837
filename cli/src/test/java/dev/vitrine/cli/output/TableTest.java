package dev.vitrine.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void columns_are_as_wide_as_their_widest_cell_and_lines_end_without_spaces() {
    assertThat(new Table("NAME", "END").row("a-long-name", "").row("b", "IdleTimeout").render())
        .isEqualTo("NAME          END\na-long-name\nb             IdleTimeout\n");
  }

  @Test
  void what_a_terminal_would_obey_is_a_space() {
    assertThat(new Table("A").row("x\u001b[2Jy\nz\u009bq").render()).isEqualTo("A\nx [2Jy z q\n");
  }

  @Test
  void a_row_has_all_cells() {
    assertThatThrownBy(() -> new Table("A", "B").row("a"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
