package dev.vitrine.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.cli.failure.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppManifestTest {

  private static final String APP =
      "apiVersion: vitrine.dev/v1alpha1\nkind: StreamingApp\nmetadata:\n  name: look\n";

  @TempDir private Path folder;

  @Test
  void the_image_is_filled_in_and_nothing_else_is_touched() throws IOException {
    write(APP + "  labels: {team: a}\nspec:\n  classes: [cpu]\n  image: old\n");
    var manifest = AppManifest.read(folder);
    assertThat(manifest.app()).isEqualTo("look");
    assertThat(manifest.namespace()).isEmpty();
    var app = manifest.with("registry.example/look:2");
    assertThat(app.getMetadata().getLabels()).isEqualTo(Map.of("team", "a"));
    assertThat(app.<String>get("spec", "image")).isEqualTo("registry.example/look:2");
    assertThat(app.<Map<String, Object>>get("spec")).containsOnlyKeys("classes", "image");
  }

  @Test
  void a_namespace_is_read() throws IOException {
    write(APP + "  namespace: team-a\nspec: {}\n");
    assertThat(AppManifest.read(folder).namespace()).contains("team-a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | must be one StreamingApp",
        "'kind: StreamingApp' | must be one StreamingApp",
        "'apiVersion: vitrine.dev/v1alpha1\nkind: StreamClass' | must be one StreamingApp",
        "'apiVersion: vitrine.dev/v1alpha1\nkind: StreamingApp\nspec: {}' | metadata.name",
        "'apiVersion: vitrine.dev/v1alpha1\nkind: StreamingApp\nmetadata: {name: a}' | a spec",
        "'kind: StreamingApp\nkind: StreamingApp' | is no proper YAML: Duplicate",
        "'a: [' | is no proper YAML",
      })
  void what_is_no_app_is_refused(String yaml, String sentence) throws IOException {
    write(yaml);
    refused(sentence);
  }

  @Test
  void metadata_of_another_shape_is_told() throws IOException {
    write(APP + "  labels: [a]\nspec: {}\n");
    var manifest = AppManifest.read(folder);
    assertThatThrownBy(() -> manifest.with("viewer:1"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("streamingapp.yaml: metadata is not that of a resource");
  }

  @Test
  void two_apps_are_one_too_many() throws IOException {
    write(APP + "spec: {}\n---\n" + APP + "spec: {}\n");
    refused("must be one StreamingApp");
  }

  @Test
  void a_missing_file_is_named() {
    refused("streamingapp.yaml is missing");
  }

  private void write(String yaml) throws IOException {
    Files.writeString(folder.resolve("streamingapp.yaml"), yaml);
  }

  private void refused(String sentence) {
    assertThatThrownBy(() -> AppManifest.read(folder))
        .isInstanceOfSatisfying(
            CommandFailure.class, failure -> assertThat(failure.exitCode()).isEqualTo(2))
        .hasMessageContaining(sentence);
  }
}
