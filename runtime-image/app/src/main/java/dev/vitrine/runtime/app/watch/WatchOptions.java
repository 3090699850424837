package dev.vitrine.runtime.app.watch;

import dev.vitrine.runtime.app.cluster.PodEnvironment;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be watched, and for how long at most.
 *
 * @param limit 1 s to an hour
 */
record WatchOptions(Target target, Duration limit) {

  private static final int LONGEST_SECONDS = 3600;

  /** A DNS label of RFC 1123, as the names of namespaces and sessions are. */
  private static final String DNS_LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";

  /**
   * Reads them.
   *
   * @param address a runtime's signalling WebSocket; empty for a session, told by the environment
   * @param seconds overrides the environment's
   * @throws IllegalArgumentException with a sentence that names what is missing or makes no sense
   */
  static WatchOptions read(
      String address, @Nullable String seconds, Map<String, String> environment) {
    var limit =
        seconds != null
            ? limit("--seconds", seconds)
            : limit("VITRINE_WATCH_SECONDS", required(environment, "VITRINE_WATCH_SECONDS"));
    var target =
        address.isEmpty()
            ? session(environment)
            : new Target.LocalRuntime(address("--watch", address, "ws", "wss"));
    return new WatchOptions(target, limit);
  }

  private static Target session(Map<String, String> environment) {
    var watches =
        address("VITRINE_WATCH_URL", required(environment, "VITRINE_WATCH_URL"), "http", "https");
    var grants =
        "%s/%s/%s"
            .formatted(
                watches.toString().replaceFirst("/+$", ""),
                label(environment, "VITRINE_NAMESPACE"),
                label(environment, "VITRINE_SESSION"));
    return new Target.Session(URI.create(grants), PodEnvironment.reportToken(environment));
  }

  private static Duration limit(String name, String value) {
    if (value.matches("[0-9]{1,4}")) {
      int seconds = Integer.parseInt(value);
      if (seconds >= 1 && seconds <= LONGEST_SECONDS) {
        return Duration.ofSeconds(seconds);
      }
    }
    throw new IllegalArgumentException(
        "%s must be a whole number of seconds from 1 to %d, but is %s"
            .formatted(name, LONGEST_SECONDS, value));
  }

  private static String label(Map<String, String> environment, String name) {
    var value = required(environment, name);
    if (!value.matches(DNS_LABEL)) {
      throw new IllegalArgumentException(
          "%s must be a name of at most 63 characters of a-z, 0-9 and '-', but is %s"
              .formatted(name, value));
    }
    return value;
  }

  private static URI address(String name, String value, String scheme, String secureScheme) {
    try {
      var address = new URI(value);
      if (address.getHost() != null
          && List.of(scheme, secureScheme).contains(address.getScheme())
          && address.getRawQuery() == null
          && address.getRawFragment() == null) {
        return address;
      }
    } catch (URISyntaxException e) {
      // Falls through to the one sentence.
    }
    throw new IllegalArgumentException(
        "%s must be an address such as %s://host:8080/path, but is %s"
            .formatted(name, scheme, value));
  }

  private static String required(Map<String, String> environment, String name) {
    var value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(
          "%s is not set; set it, or name a runtime: --watch ws://host:8080/signal --seconds 20"
              .formatted(name));
    }
    return value;
  }
}
