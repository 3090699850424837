package dev.vitrine.operator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** The controller's environment: {@code VITRINE_PUBLIC_URL} and so on. */
@ConfigMapping(prefix = "vitrine")
interface ControllerSettings {

  /** Where browsers reach the gateway, such as {@code https://stream.example.com}. */
  Optional<URI> publicUrl();

  /** The image of the built-in viewer. */
  @WithDefault("vitrine/runtime")
  String runtimeImage();

  /** Where runtimes send their reports. */
  @WithDefault("http://vitrine-gateway.vitrine-system.svc:8080/reports")
  URI reportUrl();

  /** Where runtimes listen in their pods. */
  @WithDefault("8080")
  int podPort();

  /** The namespace of controller and gateway: of their Secrets and the Lease, too. */
  @WithDefault("vitrine-system")
  String systemNamespace();

  /** The pod that this process runs in: who holds the Lease; by default a random name. */
  Optional<String> podName();

  /**
   * The public address, which has no sensible default.
   *
   * @throws IllegalStateException with a sentence if it is not set
   */
  default URI requiredPublicUrl() {
    return publicUrl()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "VITRINE_PUBLIC_URL is not set: set it to where browsers reach the gateway,"
                        + " such as https://stream.example.com"));
  }
}
