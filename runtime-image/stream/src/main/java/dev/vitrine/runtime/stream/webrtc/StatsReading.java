package dev.vitrine.runtime.stream.webrtc;

import dev.onvoid.webrtc.RTCStats;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.RTCStatsType;
import java.util.Map;

/** The few numbers wanted of a report as in W3C's Identifiers for WebRTC's Statistics API. */
final class StatsReading {

  private final RTCStatsReport report;

  StatsReading(RTCStatsReport report) {
    this.report = report;
  }

  long framesEncoded() {
    return (long) largest(RTCStatsType.OUTBOUND_RTP, "framesEncoded");
  }

  long bytesSent() {
    return (long)
        (largest(RTCStatsType.OUTBOUND_RTP, "bytesSent")
            + largest(RTCStatsType.OUTBOUND_RTP, "headerBytesSent"));
  }

  long packetsLost() {
    return (long) largest(RTCStatsType.REMOTE_INBOUND_RTP, "packetsLost");
  }

  double roundTripMillis() {
    return largest(RTCStatsType.CANDIDATE_PAIR, "currentRoundTripTime") * 1000;
  }

  int availableKbps() {
    return (int) (largest(RTCStatsType.CANDIDATE_PAIR, "availableOutgoingBitrate") / 1000);
  }

  /** There is one of each that counts; the others say 0 or nothing. */
  private double largest(RTCStatsType type, String attribute) {
    return report.getStats().values().stream()
        .filter(stats -> stats.getType() == type)
        .map(RTCStats::getAttributes)
        .map(attributes -> number(attributes, attribute))
        .mapToDouble(Double::doubleValue)
        .max()
        .orElse(0);
  }

  private static double number(Map<String, Object> attributes, String name) {
    return attributes.get(name) instanceof Number number ? number.doubleValue() : 0;
  }
}
