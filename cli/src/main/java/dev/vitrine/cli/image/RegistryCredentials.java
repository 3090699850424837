package dev.vitrine.cli.image;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import dev.vitrine.cli.failure.CommandFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where the name and the password for a registry are looked for, in this order: the environment,
 * the files of Docker and Podman with the helpers that they name, the usual helpers.
 *
 * @param pushed the registry that is pushed to, which the environment's are for; empty if none is
 */
record RegistryCredentials(
    String pushed, Map<String, String> environment, Path home, Consumer<LogEvent> log) {

  static final String USER = "VITRINE_REGISTRY_USER";
  static final String PASSWORD = "VITRINE_REGISTRY_PASSWORD";

  /**
   * Those for the registry of an image.
   *
   * @throws CommandFailure if the environment has a name without a password, or the reverse
   */
  List<CredentialRetriever> of(ImageReference image) {
    var usual = CredentialRetrieverFactory.forImage(image, log);
    var retrievers = new ArrayList<CredentialRetriever>();
    if (image.getRegistry().equals(pushed)) {
      fromEnvironment().ifPresent(found -> retrievers.add(() -> Optional.of(found)));
    }
    files().forEach(file -> retrievers.add(usual.dockerConfig(file)));
    retrievers.add(usual.wellKnownCredentialHelpers());
    return retrievers;
  }

  /** Files in which {@code docker login} and {@code podman login} keep them. */
  List<Path> files() {
    var files = new ArrayList<Path>();
    folder("DOCKER_CONFIG").ifPresent(folder -> files.add(folder.resolve("config.json")));
    files.add(home.resolve(".docker/config.json"));
    folder("XDG_RUNTIME_DIR")
        .ifPresent(folder -> files.add(folder.resolve("containers/auth.json")));
    files.add(
        folder("XDG_CONFIG_HOME").orElse(home.resolve(".config")).resolve("containers/auth.json"));
    return files;
  }

  private Optional<Credential> fromEnvironment() {
    var user = value(USER);
    var password = value(PASSWORD);
    if (user.isPresent() != password.isPresent()) {
      throw CommandFailure.badInput(
          "%s is set and %s is not; set both, or neither",
          user.isPresent() ? USER : PASSWORD, user.isPresent() ? PASSWORD : USER);
    }
    return user.map(name -> Credential.from(name, password.orElseThrow()));
  }

  private Optional<Path> folder(String variable) {
    return value(variable).map(Path::of);
  }

  private Optional<String> value(String variable) {
    return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
  }
}
