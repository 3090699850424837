package dev.vitrine.cli.image;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Which registries may be spoken to without TLS: those that only this machine or site reaches. */
final class RegistryTrust {

  private static final Pattern PORT = Pattern.compile(":[0-9]+$");
  private static final Pattern BRACKETS = Pattern.compile("^\\[(.*)]$");

  private RegistryTrust() {}

  /**
   * Whether a registry may be asked over plain http. Names are not looked up, but for {@code
   * localhost}: whoever answers for them could be anybody.
   *
   * @param registry a host or an address, perhaps with a port
   */
  static boolean allowsPlainHttp(String registry) {
    return is(registry, RegistryTrust::isPrivate);
  }

  /** Whether a registry is on this machine, so that a password may go to it as it is. */
  static boolean isHere(String registry) {
    return is(registry, InetAddress::isLoopbackAddress);
  }

  private static boolean is(String registry, Predicate<InetAddress> kind) {
    var host = PORT.matcher(registry).replaceFirst("");
    try {
      return host.equals("localhost")
          || kind.test(InetAddress.ofLiteral(BRACKETS.matcher(host).replaceFirst("$1")));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isPrivate(InetAddress address) {
    return address.isLoopbackAddress()
        || address.isSiteLocalAddress()
        || address.isLinkLocalAddress()
        || isUniqueLocal(address);
  }

  /** RFC 4193: fc00::/7. */
  private static boolean isUniqueLocal(InetAddress address) {
    return address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc;
  }
}
