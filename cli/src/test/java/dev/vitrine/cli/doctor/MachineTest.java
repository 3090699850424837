package dev.vitrine.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.cli.doctor.Finding.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MachineTest {

  @Test
  void this_machine_has_cores_and_memory() throws IOException {
    var here = Machine.here();
    assertThat(here.cores()).isPositive();
    assertThat(here.megabytes()).isPositive();
  }

  @Test
  void a_single_core_is_noted_and_too_little_memory_is_broken() {
    assertThat(new Machine(1, 4096).processor().verdict()).isEqualTo(Verdict.note);
    assertThat(new Machine(2, 4096).processor().verdict()).isEqualTo(Verdict.ok);
    assertThat(new Machine(2, 4096).memory().verdict()).isEqualTo(Verdict.ok);
    assertThat(new Machine(2, 1000).memory().verdict()).isEqualTo(Verdict.broken);
  }

  @Test
  void a_python_that_is_not_there_or_has_no_openusd_is_broken() {
    assertThat(new OpenUsd(Path.of("/nowhere/python3")).look())
        .satisfies(it -> assertThat(it.verdict()).isEqualTo(Verdict.broken))
        .satisfies(it -> assertThat(it.remedy().orElseThrow()).contains("make -s cli"));
    assertThat(new OpenUsd(Path.of("/bin/false")).look().verdict()).isEqualTo(Verdict.broken);
  }
}
