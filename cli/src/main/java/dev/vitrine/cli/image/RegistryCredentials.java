package dev.vitrine.cli.image;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where the name and the password for a registry are looked for, in this order: the environment,
 * the files of Docker and Podman with the helpers that they name, the usual helpers.
 */
final class RegistryCredentials {

  static final String USER = "VITRINE_REGISTRY_USER";
  static final String PASSWORD = "VITRINE_REGISTRY_PASSWORD";

  private final Map<String, String> environment;
  private final Path home;
  private final Consumer<LogEvent> log;

  RegistryCredentials(Map<String, String> environment, Path home, Consumer<LogEvent> log) {
    this.environment = environment;
    this.home = home;
    this.log = log;
  }

  /** For the registry that is pushed to: the environment's are for it alone. */
  List<CredentialRetriever> forPush(ImageReference image) {
    var retrievers = new ArrayList<CredentialRetriever>();
    retrievers.add(this::fromEnvironment);
    retrievers.addAll(forPull(image));
    return retrievers;
  }

  /** For a registry that is read from. */
  List<CredentialRetriever> forPull(ImageReference image) {
    var usual = CredentialRetrieverFactory.forImage(image, log);
    var retrievers = new ArrayList<CredentialRetriever>();
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
    var user = environment.get(USER);
    var password = environment.get(PASSWORD);
    return user == null || password == null
        ? Optional.empty()
        : Optional.of(Credential.from(user, password));
  }

  private Optional<Path> folder(String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(value -> !value.isBlank())
        .map(Path::of);
  }
}
