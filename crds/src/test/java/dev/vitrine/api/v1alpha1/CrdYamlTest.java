package dev.vitrine.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** {@code -Dvitrine.update=true} writes the files anew instead of comparing. */
class CrdYamlTest {

  static final List<Class<? extends CustomResource<?, ?>>> KINDS = CrdYaml.KINDS;

  @ParameterizedTest
  @FieldSource("KINDS")
  void the_committed_yaml_is_what_the_types_say(Class<? extends CustomResource<?, ?>> kind)
      throws IOException {
    var file = CrdYaml.file(kind);
    var wanted = CrdYaml.text(kind);
    if (Boolean.getBoolean("vitrine.update")) {
      Files.writeString(file, wanted);
    }
    assertThat(file)
        .as("written anew by: mvn -pl crds test -Dtest=CrdYamlTest -Dvitrine.update=true")
        .exists()
        .hasContent(wanted);
  }
}
