package dev.vitrine.operator.gateway.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Pages from elsewhere that may call (RFC 6454 origins), and by what names the gateway itself may
 * be called.
 */
public record Origins(Set<String> allowed) {

  public static final String VARIABLE = "VITRINE_ORIGINS";

  /** The development server of the sample front end. */
  private static final String SAMPLE = "http://localhost:5173";

  public Origins {
    allowed = Set.copyOf(allowed);
  }

  /** The development server only, as where nothing is configured. */
  public static Origins standard() {
    return new Origins(Set.of(SAMPLE));
  }

  /**
   * The origins of a configuration.
   *
   * @throws IllegalArgumentException with a sentence about the origin that is none
   */
  public static Origins of(Collection<String> configured) {
    var allowed = new TreeSet<String>();
    for (var text : configured) {
      allowed.add(checked(text.strip()));
    }
    return new Origins(allowed);
  }

  /** Whether a page of another origin may read our answers. */
  public boolean allows(String origin) {
    return allowed.contains(origin.toLowerCase(Locale.ROOT));
  }

  /** Whether the origin is the gateway's own, by the address it was reached at. */
  public static boolean own(String origin, PublicAddress reached) {
    // A proxy may have ended TLS without saying so: the host and port are what tells.
    return List.of("http://" + reached.authority(), "https://" + reached.authority())
        .contains(origin.toLowerCase(Locale.ROOT));
  }

  /**
   * Whether the name is one that an attacker's DNS cannot have made (DNS rebinding): an address,
   * {@code localhost}, or the host of an allowed origin.
   */
  public boolean trustsHost(String host) {
    return host.startsWith("[")
        || host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}")
        || host.equals("localhost")
        || host.endsWith(".localhost")
        || allowed.stream().anyMatch(origin -> host.equals(URI.create(origin).getHost()));
  }

  private static String checked(String text) {
    try {
      var uri = new URI(text.toLowerCase(Locale.ROOT));
      var origin = uri.getScheme() + "://" + uri.getRawAuthority();
      if (uri.getHost() != null
          && List.of("http", "https").contains(uri.getScheme())
          && origin.equals(text.toLowerCase(Locale.ROOT))) {
        return origin;
      }
    } catch (URISyntaxException e) {
      // Falls through to the one sentence.
    }
    throw new IllegalArgumentException(
        "%s has \"%s\", which is no origin: write scheme, host and port, as in https://a.example:8443"
            .formatted(VARIABLE, text));
  }
}
