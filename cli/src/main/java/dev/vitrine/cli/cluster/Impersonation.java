package dev.vitrine.cli.cluster;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;

/**
 * As whom a kubeconfig's user acts ({@code as}, {@code as-groups}). The client library passes over
 * it, and would act with other rights than kubectl does.
 */
final class Impersonation {

  private Impersonation() {}

  /** Makes the client of that configuration act as its context's user does. */
  static void follow(Config config, Collection<Path> kubeconfigs) {
    var user = Optional.ofNullable(config.getCurrentContext()).map(Impersonation::userOf);
    kubeconfigs.stream()
        .filter(Files::isRegularFile)
        .map(Impersonation::parse)
        .flatMap(kubeconfig -> kubeconfig.getUsers().stream())
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
    try {
      return new KubernetesSerialization()
          .unmarshal(Files.readString(file), io.fabric8.kubernetes.api.model.Config.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
