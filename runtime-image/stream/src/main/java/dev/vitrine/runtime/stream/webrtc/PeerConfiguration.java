package dev.vitrine.runtime.stream.webrtc;

import dev.onvoid.webrtc.RTCBundlePolicy;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceServer;
import dev.vitrine.protocol.IceServer;
import dev.vitrine.runtime.stream.UdpPorts;
import java.util.List;

/** How a peer finds its way to the other, in libwebrtc's words. */
final class PeerConfiguration {

  private PeerConfiguration() {}

  static RTCConfiguration of(List<IceServer> iceServers, UdpPorts udpPorts) {
    var configuration = new RTCConfiguration();
    configuration.bundlePolicy = RTCBundlePolicy.MAX_BUNDLE;
    configuration.iceServers.addAll(iceServers.stream().map(PeerConfiguration::iceServer).toList());
    var ports = configuration.portAllocatorConfig;
    // A single port has room for one socket: STUN and media must share it.
    ports.setEnableSharedSocket(true).setDisableTcp(true).setEnableIpv6(true);
    ports.minPort = udpPorts.first();
    ports.maxPort = udpPorts.last();
    return configuration;
  }

  private static RTCIceServer iceServer(IceServer server) {
    var configured = new RTCIceServer();
    configured.urls.addAll(server.urls());
    if (server.username() != null) {
      configured.username = server.username();
    }
    if (server.credential() != null) {
      configured.password = server.credential();
    }
    return configured;
  }
}
