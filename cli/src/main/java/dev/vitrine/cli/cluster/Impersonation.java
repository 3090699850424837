package dev.vitrine.cli.cluster;

import dev.vitrine.cli.failure.CommandFailure;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * As whom a kubeconfig's user acts ({@code as}, {@code as-groups}). The client library passes over
 * it, and would act with other rights than kubectl does.
 *
 * @param users all that there are, with the first kubeconfig's before the others'
 */
record Impersonation(List<NamedAuthInfo> users) {

  /**
   * What those kubeconfigs say of it, where they exist.
   *
   * @throws CommandFailure if one is no regular file, which could not be read once more, or empty
   */
  static Impersonation in(List<Path> kubeconfigs) {
    return new Impersonation(
        kubeconfigs.stream()
            .filter(Files::exists)
            .map(Impersonation::parse)
            .flatMap(kubeconfig -> kubeconfig.getUsers().stream())
            .toList());
  }

  /** Makes the client of that configuration act as its context's user does. */
  void follow(Config config) {
    var user = Optional.ofNullable(config.getCurrentContext()).map(Impersonation::userOf);
    users.stream()
        .filter(named -> user.equals(Optional.of(named.getName())))
        .map(NamedAuthInfo::getUser)
        .filter(Objects::nonNull)
        .findFirst()
        .filter(info -> info.getAs() != null)
        .ifPresent(info -> actAs(config, info));
  }

  private static void actAs(Config config, AuthInfo info) {
    config.setImpersonateUsername(info.getAs());
    config.setImpersonateGroups(info.getAsGroups().toArray(String[]::new));
  }

  private static String userOf(NamedContext context) {
    return context.getContext().getUser();
  }

  private static io.fabric8.kubernetes.api.model.Config parse(Path file) {
    if (!Files.isRegularFile(file)) {
      throw CommandFailure.badInput(
          "the kubeconfig %s must be a regular file; write what it says to one", file);
    }
    try {
      return Optional.ofNullable(
              new KubernetesSerialization()
                  .unmarshal(Files.readString(file), io.fabric8.kubernetes.api.model.Config.class))
          .orElseThrow(
              () ->
                  CommandFailure.badInput(
                      "the kubeconfig %s is empty; name the file that you use with kubectl", file));
    } catch (IOException e) {
      throw CommandFailure.badInput("the kubeconfig %s cannot be read: %s", file, e.getMessage());
    }
  }
}
