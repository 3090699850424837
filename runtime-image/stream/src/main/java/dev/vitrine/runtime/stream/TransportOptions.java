package dev.vitrine.runtime.stream;

import dev.vitrine.protocol.IceServer;
import dev.vitrine.protocol.VideoSettings;
import java.util.List;

/**
 * How one viewer is reached and what it is sent.
 *
 * @param announcedAddresses IP addresses or names at which the same ports are reached from outside
 * @param codecs those that may be used, the most wanted first
 */
public record TransportOptions(
    VideoSettings video,
    List<VideoCodec> codecs,
    UdpPorts ports,
    List<String> announcedAddresses,
    List<IceServer> iceServers) {

  public TransportOptions {
    codecs = List.copyOf(codecs);
    announcedAddresses = List.copyOf(announcedAddresses);
    iceServers = List.copyOf(iceServers);
    if (codecs.isEmpty()) {
      throw new IllegalArgumentException("Name at least one video codec.");
    }
  }
}
