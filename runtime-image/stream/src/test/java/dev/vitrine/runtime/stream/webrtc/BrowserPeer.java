package dev.vitrine.runtime.stream.webrtc;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import dev.onvoid.webrtc.RTCDataChannelInit;
import dev.onvoid.webrtc.RTCDataChannelObserver;
import dev.onvoid.webrtc.RTCDataChannelState;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.RTCRtpTransceiverInit;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.onvoid.webrtc.media.audio.AudioLayer;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.VideoFrame;
import dev.onvoid.webrtc.media.video.VideoTrack;
import dev.vitrine.protocol.SignalMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The other side: what a page does with a browser's peer connection, done with libwebrtc. */
final class BrowserPeer implements PeerConnectionObserver, AutoCloseable {

  /** The middle of a decoded picture. */
  record Decoded(int width, int height, int y, int u, int v) {}

  private final AudioDeviceModule silence = new AudioDeviceModule(AudioLayer.kDummyAudio);
  private final PeerConnectionFactory factory = new PeerConnectionFactory(silence);
  private final CustomVideoSource nothing = new CustomVideoSource();
  private final VideoTrack placeholder = factory.createVideoTrack("none", nothing);
  private final RTCPeerConnection connection =
      factory.createPeerConnection(new RTCConfiguration(), this);
  private final RTCDataChannel messages =
      connection.createDataChannel("messages", new RTCDataChannelInit());
  private final RTCDataChannel input =
      connection.createDataChannel("input", new RTCDataChannelInit());
  private final AtomicReference<Decoded> latest = new AtomicReference<>();
  private boolean closed;

  final Queue<String> received = new ConcurrentLinkedQueue<>();
  final Queue<SignalMessage.Candidate> candidates = new ConcurrentLinkedQueue<>();
  volatile RTCPeerConnectionState state = RTCPeerConnectionState.NEW;

  BrowserPeer() {
    var receiving = new RTCRtpTransceiverInit();
    receiving.direction = RTCRtpTransceiverDirection.RECV_ONLY;
    connection.addTransceiver(placeholder, receiving).getSender().replaceTrack(null);
    messages.registerObserver(new Keeping());
  }

  String offer(boolean iceRestart) throws Exception {
    var options = new RTCOfferOptions();
    options.iceRestart = iceRestart;
    var created = new CompletableFuture<RTCSessionDescription>();
    connection.createOffer(
        options,
        new CreateSessionDescriptionObserver() {
          @Override
          public void onSuccess(RTCSessionDescription offer) {
            created.complete(offer);
          }

          @Override
          public void onFailure(String error) {
            created.completeExceptionally(new IllegalStateException(error));
          }
        });
    var offer = created.get(10, TimeUnit.SECONDS);
    var set = new Done();
    connection.setLocalDescription(offer, set);
    set.future.get(10, TimeUnit.SECONDS);
    return offer.sdp;
  }

  void accept(String answer) throws Exception {
    var set = new Done();
    connection.setRemoteDescription(new RTCSessionDescription(RTCSdpType.ANSWER, answer), set);
    set.future.get(10, TimeUnit.SECONDS);
  }

  Decoded latest() {
    return latest.get();
  }

  void forgetLatest() {
    latest.set(null);
  }

  boolean isOpen() {
    return messages.getState() == RTCDataChannelState.OPEN
        && input.getState() == RTCDataChannelState.OPEN;
  }

  void sendMessage(String text) throws Exception {
    messages.send(buffer(text, false));
  }

  void sendBinary(String text) throws Exception {
    messages.send(buffer(text, true));
  }

  void sendInput(String text) throws Exception {
    input.send(buffer(text, false));
  }

  @Override
  public void onIceCandidate(RTCIceCandidate candidate) {
    candidates.add(
        new SignalMessage.Candidate(candidate.sdp, candidate.sdpMid, candidate.sdpMLineIndex));
  }

  @Override
  public void onConnectionChange(RTCPeerConnectionState state) {
    this.state = state;
  }

  @Override
  public void onTrack(RTCRtpTransceiver transceiver) {
    if (transceiver.getReceiver().getTrack() instanceof VideoTrack video) {
      video.addSink(this::keep);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      messages.unregisterObserver();
      connection.close();
      placeholder.dispose();
      nothing.dispose();
      factory.dispose();
      silence.dispose();
    }
  }

  private void keep(VideoFrame frame) {
    var picture = frame.buffer.toI420();
    try {
      var width = picture.getWidth();
      var height = picture.getHeight();
      latest.set(
          new Decoded(
              width,
              height,
              at(picture.getDataY(), picture.getStrideY(), width / 2, height / 2),
              at(picture.getDataU(), picture.getStrideU(), width / 4, height / 4),
              at(picture.getDataV(), picture.getStrideV(), width / 4, height / 4)));
    } finally {
      picture.release();
    }
  }

  private static int at(ByteBuffer plane, int stride, int x, int y) {
    return Byte.toUnsignedInt(plane.get(y * stride + x));
  }

  private static RTCDataChannelBuffer buffer(String text, boolean binary) {
    return new RTCDataChannelBuffer(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), binary);
  }

  private final class Keeping implements RTCDataChannelObserver {
    @Override
    public void onBufferedAmountChange(long previousAmount) {}

    @Override
    public void onStateChange() {}

    @Override
    public void onMessage(RTCDataChannelBuffer buffer) {
      received.add(StandardCharsets.UTF_8.decode(buffer.data).toString());
    }
  }

  private static final class Done implements SetSessionDescriptionObserver {
    private final CompletableFuture<Void> future = new CompletableFuture<>();

    @Override
    public void onSuccess() {
      future.complete(null);
    }

    @Override
    public void onFailure(String error) {
      future.completeExceptionally(new IllegalStateException(error));
    }
  }
}
