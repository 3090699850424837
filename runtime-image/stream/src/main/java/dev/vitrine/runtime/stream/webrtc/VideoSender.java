package dev.vitrine.runtime.stream.webrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCRtpSender;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.VideoTrack;
import dev.vitrine.runtime.stream.VideoFrame;
import java.util.List;

/** The video track: from pictures to libwebrtc's encoder. */
final class VideoSender implements AutoCloseable {

  private static final String ID = "vitrine";

  private final CustomVideoSource source = new CustomVideoSource();
  private final FramePump pump = new FramePump(source);
  private final VideoTrack track;
  private final RTCRtpSender sender;

  VideoSender(PeerConnectionFactory factory, RTCPeerConnection peer) {
    track = factory.createVideoTrack(ID, source);
    sender = peer.addTrack(track, List.of(ID));
  }

  void offer(VideoFrame frame) {
    pump.offer(frame);
  }

  FramePump pump() {
    return pump;
  }

  /** Keeps the encoder below this; to be called once the offer is answered. */
  void limit(int maxKbps) {
    var parameters = sender.getParameters();
    for (var encoding : parameters.encodings) {
      encoding.maxBitrate = Math.multiplyExact(maxKbps, 1000);
    }
    sender.setParameters(parameters);
  }

  /** Stops the pictures and lets go of the track; to be called before the peer is closed. */
  void stop() {
    pump.close();
    // webrtc-java frees a track only when nothing else refers to it.
    sender.replaceTrack(null);
  }

  /** Frees what is native; to be called after the peer is closed. */
  @Override
  public void close() {
    track.dispose();
    source.dispose();
  }
}
