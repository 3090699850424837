package dev.vitrine.cli.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import dev.vitrine.cli.failure.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where credentials are found, and for whom. */
class RegistryCredentialsTest {

  @TempDir private Path home;
  private ImageReference image;

  @BeforeEach
  void nameAnImage() throws InvalidImageReferenceException {
    image = ImageReference.parse("registry.example/team/app:1");
  }

  @Test
  void the_environment_comes_first_but_only_for_the_registry_of_the_push() throws Exception {
    login(home.resolve(".docker/config.json"), "docker");
    var credentials =
        credentials(Map.of("VITRINE_REGISTRY_USER", "ci", "VITRINE_REGISTRY_PASSWORD", "secret"));
    assertThat(first(credentials.of(image))).contains(Credential.from("ci", "secret"));
    assertThat(first(credentials.of(ImageReference.parse("registry.example/runtime:1"))))
        .as("a base in the same registry")
        .contains(Credential.from("ci", "secret"));
    login(home.resolve(".docker/config.json"), "docker", "elsewhere.example");
    assertThat(first(credentials.of(ImageReference.parse("elsewhere.example/runtime:1"))))
        .contains(Credential.from("docker", "pass"));
  }

  @Test
  void half_of_the_environment_is_refused() {
    var half = credentials(Map.of("VITRINE_REGISTRY_USER", "ci", "VITRINE_REGISTRY_PASSWORD", ""));
    assertThatThrownBy(() -> half.of(image))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("VITRINE_REGISTRY_USER is set and VITRINE_REGISTRY_PASSWORD is not");
  }

  @Test
  void docker_and_podman_logins_are_found() throws Exception {
    for (var file : List.of(".docker/config.json", ".config/containers/auth.json")) {
      login(home.resolve(file), "somebody");
      assertThat(first(credentials(Map.of()).of(image)))
          .as(file)
          .contains(Credential.from("somebody", "pass"));
      Files.delete(home.resolve(file));
    }
  }

  @Test
  void variables_say_where_the_files_are() throws Exception {
    login(home.resolve("elsewhere/config.json"), "elsewhere");
    login(home.resolve(".docker/config.json"), "usual");
    var credentials = credentials(Map.of("DOCKER_CONFIG", home.resolve("elsewhere").toString()));
    assertThat(first(credentials.of(image))).contains(Credential.from("elsewhere", "pass"));
    assertThat(
            credentials(Map.of("XDG_RUNTIME_DIR", "/run/user/1", "XDG_CONFIG_HOME", "/conf"))
                .files())
        .containsExactly(
            home.resolve(".docker/config.json"),
            Path.of("/run/user/1/containers/auth.json"),
            Path.of("/conf/containers/auth.json"));
  }

  private RegistryCredentials credentials(Map<String, String> environment) {
    return new RegistryCredentials("registry.example", environment, home, event -> {});
  }

  private static void login(Path file, String user) throws IOException {
    login(file, user, "registry.example");
  }

  private static void login(Path file, String user, String registry) throws IOException {
    var auth = Base64.getEncoder().encodeToString((user + ":pass").getBytes());
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(registry, auth));
  }

  /** As it is when an image is pushed: the first that knows. */
  private static Optional<Credential> first(List<CredentialRetriever> retrievers)
      throws CredentialRetrievalException {
    for (var retriever : retrievers) {
      var found = retriever.retrieve();
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
