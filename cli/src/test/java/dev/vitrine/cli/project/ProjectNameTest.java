package dev.vitrine.cli.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.cli.failure.CommandFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectNameTest {

  @Test
  void an_app_has_hyphens_and_a_title_words() {
    var name = new ProjectName("my_first_viewer2");
    assertThat(name.app()).isEqualTo("my-first-viewer2");
    assertThat(name.title()).isEqualTo("My first viewer2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "viewer", "v2", "a__b"})
  void python_packages_that_are_dns_labels_are_taken(String name) {
    assertThat(new ProjectName(name).app()).matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "_",
        "2nd",
        "_a",
        "a_",
        "My",
        "my-viewer",
        "my viewer",
        "a.b",
        "../a",
        "ä",
        "a\nb"
      })
  void other_shapes_are_refused(String name) {
    refused(name, "a-z, 0-9 and '_'");
  }

  @Test
  void a_name_fits_into_a_label() {
    assertThat(new ProjectName("a".repeat(63)).app()).hasSize(63);
    refused("a".repeat(64), "1 to 63 characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"class", "null", "on", "stage", "vitrine", "vitrine_stage", "pxr", "json", "code"})
  void words_with_a_meaning_are_refused(String name) {
    refused(name, "choose another, such as my_" + name);
  }

  private static void refused(String name, String remedy) {
    assertThatThrownBy(() -> new ProjectName(name))
        .isInstanceOfSatisfying(
            CommandFailure.class, failure -> assertThat(failure.exitCode()).isEqualTo(2))
        .hasMessageContaining("name '" + name)
        .hasMessageContaining(remedy);
  }
}
