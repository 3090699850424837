package dev.vitrine.runtime.stream.webrtc;

import java.net.NetworkInterface;
import java.net.SocketException;

/** The networks that this machine has. */
final class Networks {

  private Networks() {}

  /** Whether there is one but loopback, which WebRTC does not use. */
  static boolean carryWebRtc() throws SocketException {
    return NetworkInterface.networkInterfaces().anyMatch(Networks::carriesWebRtc);
  }

  private static boolean carriesWebRtc(NetworkInterface network) {
    try {
      return network.isUp() && !network.isLoopback() && network.inetAddresses().count() > 0;
    } catch (SocketException e) {
      return false;
    }
  }
}
