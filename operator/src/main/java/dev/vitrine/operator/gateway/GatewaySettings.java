package dev.vitrine.operator.gateway;

import dev.vitrine.operator.gateway.access.AccessMode;
import dev.vitrine.operator.gateway.http.Origins;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The gateway's environment: {@code VITRINE_ACCESS} and so on. */
@ConfigMapping(prefix = "vitrine")
public interface GatewaySettings {

  /**
   * Refuses values that would only be found out later, and with a stack trace.
   *
   * @throws IllegalArgumentException with a sentence naming the variable
   */
  static void check(Map<String, String> environment) {
    AccessMode.of(environment.get(AccessMode.VARIABLE));
    Optional.ofNullable(environment.get(Origins.VARIABLE))
        .ifPresent(origins -> Origins.of(List.of(origins.split(",", -1))));
  }

  /** {@code kubernetes} (the default) or {@code none}. */
  Optional<String> access();

  /** Origins of pages served elsewhere that may call, such as {@code https://portal.example}. */
  Optional<List<String>> origins();

  /** The namespace of the REST calls that name none. */
  @WithDefault("default")
  String defaultNamespace();

  /** The mounted Secret whose files are the private keys that sign connect tokens. */
  @WithDefault("/etc/vitrine/connect-keys")
  Path connectKeys();

  /** Where a runtime listens in its pod. */
  @WithDefault("8080")
  int podPort();
}
