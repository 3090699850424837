package dev.vitrine.runtime.stream;

/**
 * The UDP ports that media may use.
 *
 * @param first 1 to 65535, or 0 for whichever are free
 * @param last at least {@code first}
 */
public record UdpPorts(int first, int last) {

  /** Whichever are free. */
  public static final UdpPorts ANY = new UdpPorts(0, 0);

  public UdpPorts {
    if (first < 0 || last < first || last > 65_535) {
      throw new IllegalArgumentException(
          "UDP ports %d to %d: give two from 1 to 65535 in order.".formatted(first, last));
    }
  }

  /** One port and no other. */
  public static UdpPorts only(int port) {
    return new UdpPorts(port, port);
  }
}
