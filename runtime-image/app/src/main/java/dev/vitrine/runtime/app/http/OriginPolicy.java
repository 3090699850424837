package dev.vitrine.runtime.app.http;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are served when nobody has to log in.
 *
 * <p>A browser names the page's origin on every WebSocket (RFC 6455 section 10.2): without a check
 * any web site the user visits could open the stream. And a name that an attacker lets point here
 * (DNS rebinding) would make a foreign page look like ours: hence the check of Host.
 *
 * @param ownHosts names and addresses this server is reached by, any port
 * @param listedOrigins further pages that may connect, {@code scheme://host[:port]}
 */
public record OriginPolicy(Set<String> ownHosts, Set<String> listedOrigins) implements OriginRule {

  public OriginPolicy {
    ownHosts =
        ownHosts.stream()
            .map(host -> hostOf("http://" + (host.contains(":") ? "[" + host + "]" : host)))
            .collect(Collectors.toUnmodifiableSet());
    listedOrigins = lowerCase(listedOrigins);
  }

  @Override
  public boolean allows(@Nullable String origin, @Nullable String host) {
    return host != null && isHostKnown(host) && (origin == null || isOriginKnown(origin));
  }

  private boolean isOriginKnown(String origin) {
    return listedOrigins.contains(origin.toLowerCase(Locale.ROOT))
        || ownHosts.contains(hostOf(origin));
  }

  private boolean isHostKnown(String header) {
    var host = hostOf("http://" + header);
    return ownHosts.contains(host)
        || listedOrigins.stream().anyMatch(origin -> hostOf(origin).equals(host));
  }

  /** The host of an address in lower case, IPv6 in full; empty when there is none. */
  private static String hostOf(String address) {
    try {
      var host = URI.create(address).getHost();
      if (host == null) {
        return "";
      }
      return host.startsWith("[")
          ? InetAddress.ofLiteral(host.substring(1, host.length() - 1)).getHostAddress()
          : host.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException notAnAddress) {
      return "";
    }
  }

  private static Set<String> lowerCase(Set<String> words) {
    return words.stream()
        .map(word -> word.strip().toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }
}
