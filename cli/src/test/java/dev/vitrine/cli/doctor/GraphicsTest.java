package dev.vitrine.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.cli.doctor.Finding.Verdict;
import dev.vitrine.cli.doctor.Vulkan.Device;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of graphics on machines of every kind. */
class GraphicsTest {

  private static final Device GPU = new Device("NVIDIA L4", 1, 4, false);
  private static final Device PROCESSOR = new Device("llvmpipe", 1, 3, true);
  private static final Device OLD = new Device("old", 1, 2, false);

  @Test
  void a_gpu_is_fine() {
    var graphics = new Graphics(true, List.of(PROCESSOR, GPU), true, true);
    assertThat(graphics.rendering().verdict()).isEqualTo(Verdict.ok);
    assertThat(graphics.rendering().found()).contains("NVIDIA L4 (1.4)");
    assertThat(graphics.encoding().verdict()).isEqualTo(Verdict.ok);
  }

  @Test
  void a_processor_alone_will_do() {
    var graphics = new Graphics(true, List.of(PROCESSOR), false, false);
    assertThat(graphics.rendering().verdict()).isEqualTo(Verdict.note);
    assertThat(graphics.encoding().verdict()).isEqualTo(Verdict.note);
  }

  @Test
  void a_gpu_that_its_container_hides_is_broken_and_the_remedy_names_the_variable() {
    var graphics = new Graphics(true, List.of(PROCESSOR), true, false);
    assertThat(graphics.rendering().verdict()).isEqualTo(Verdict.broken);
    assertThat(graphics.rendering().remedy().orElseThrow())
        .contains("NVIDIA_DRIVER_CAPABILITIES", "libXext");
    assertThat(graphics.encoding().verdict()).isEqualTo(Verdict.broken);
  }

  @Test
  void without_a_loader_or_a_good_device_there_are_no_pictures() {
    assertThat(new Graphics(false, List.of(), false, false).rendering())
        .satisfies(it -> assertThat(it.verdict()).isEqualTo(Verdict.broken))
        .satisfies(it -> assertThat(it.remedy().orElseThrow()).contains("libvulkan1"));
    assertThat(new Graphics(true, List.of(), false, false).rendering().found())
        .isEqualTo("no device");
    assertThat(new Graphics(true, List.of(OLD), false, false).rendering().found())
        .contains("no device with Vulkan 1.3", "old (1.2)");
  }
}
