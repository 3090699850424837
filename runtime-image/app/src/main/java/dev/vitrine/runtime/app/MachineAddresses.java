package dev.vitrine.runtime.app;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.stream.Collectors;

/** The addresses that this machine has. */
final class MachineAddresses {

  private MachineAddresses() {}

  /** All of them, without zones: {@code 127.0.0.1}, {@code 0:0:0:0:0:0:0:1}. */
  static Set<String> all() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .map(InetAddress::getHostAddress)
          .map(address -> address.replaceFirst("%.*", ""))
          .collect(Collectors.toUnmodifiableSet());
    } catch (SocketException e) {
      throw new IllegalStateException("this machine's addresses cannot be read", e);
    }
  }
}
