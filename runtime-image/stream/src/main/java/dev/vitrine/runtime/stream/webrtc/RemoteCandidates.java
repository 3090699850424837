package dev.vitrine.runtime.stream.webrtc;

import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.vitrine.protocol.SignalMessage;
import dev.vitrine.runtime.stream.sdp.IceCandidates;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The browser's candidates, which may come before its offer has been taken in. */
final class RemoteCandidates implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RemoteCandidates.class);

  /** More than any browser finds; each one costs packets to wherever it says. */
  private static final int MAX_CANDIDATES = 200;

  private final List<RTCIceCandidate> early = new ArrayList<>();
  private @Nullable RTCPeerConnection connection;
  private int count;

  void add(SignalMessage.Candidate candidate) {
    var line = candidate.candidate();
    if (line == null || !IceCandidates.hasNumericAddress(line) || ++count > MAX_CANDIDATES) {
      return;
    }
    var index = candidate.sdpMLineIndex();
    var mid = candidate.sdpMid();
    var known = new RTCIceCandidate(mid == null ? "" : mid, index == null ? 0 : index, line);
    if (connection == null) {
      early.add(known);
    } else {
      give(connection, known);
    }
  }

  /** From now on candidates are tried. */
  void flowTo(RTCPeerConnection connection) {
    this.connection = connection;
    early.forEach(candidate -> give(connection, candidate));
    early.clear();
  }

  @Override
  public void close() {
    connection = null;
    early.clear();
  }

  private static void give(RTCPeerConnection connection, RTCIceCandidate candidate) {
    try {
      connection.addIceCandidate(candidate);
    } catch (RuntimeException e) {
      LOG.debug("A candidate of the browser is of no use.", e);
    }
  }
}
