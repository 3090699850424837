package dev.vitrine.runtime.stream.webrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCDataChannelInit;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCIceGatheringState;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.RTCRtpTransceiverInit;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.VideoFrame;
import dev.onvoid.webrtc.media.video.VideoTrack;
import dev.onvoid.webrtc.media.video.VideoTrackSink;
import dev.vitrine.protocol.IceServer;
import dev.vitrine.protocol.SignalMessage;
import dev.vitrine.runtime.stream.DecodedPicture;
import dev.vitrine.runtime.stream.ReceiverListener;
import dev.vitrine.runtime.stream.TransportException;
import dev.vitrine.runtime.stream.UdpPorts;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A peer connection that receives, and all that is native in it; lives on its thread but where it
 * says so.
 */
final class ViewingPeer implements PeerConnectionObserver {

  static final String HAS_ENDED = "The connection has ended; make a new one.";

  private final PeerConnectionFactory factory;
  private final PeerThread thread;
  private final List<IceServer> iceServers;
  private final ReceiverListener listener;
  private final RemoteCandidates candidates = new RemoteCandidates();
  private final AtomicBoolean looking = new AtomicBoolean();
  private final VideoTrackSink sink = this::look;
  private @Nullable Native opened;
  private @Nullable VideoTrack video;
  private boolean offered;
  private boolean connected;
  private boolean ended;
  private volatile @Nullable TextChannel messages;
  private volatile @Nullable Negotiation negotiation;

  /** What has to be freed, in the order in which it is. */
  private record Native(
      List<TextChannel> channels,
      RTCPeerConnection connection,
      VideoTrack placeholder,
      CustomVideoSource nothing) {

    void free() {
      channels.forEach(TextChannel::close);
      connection.close();
      placeholder.dispose();
      nothing.dispose();
    }
  }

  ViewingPeer(
      PeerConnectionFactory factory,
      PeerThread thread,
      List<IceServer> iceServers,
      ReceiverListener listener) {
    this.factory = factory;
    this.thread = thread;
    this.iceServers = iceServers;
    this.listener = listener;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Whatever goes wrong, the result is told.
  void offer(CompletableFuture<String> result) {
    if (ended || opened != null) {
      result.completeExceptionally(new TransportException(HAS_ENDED));
      return;
    }
    try {
      open()
          .offer()
          .whenCompleteAsync(
              (sdp, failed) -> {
                offered = true;
                settle(result, sdp, failed);
              },
              thread);
    } catch (RuntimeException e) {
      result.completeExceptionally(new TransportException("No offer can be made; try again.", e));
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // So it is here.
  void accept(String answerSdp, CompletableFuture<Void> result) {
    var open = opened;
    var exchange = negotiation;
    if (ended || open == null || exchange == null) {
      result.completeExceptionally(new TransportException(HAS_ENDED));
      return;
    }
    exchange
        .accept(answerSdp)
        .whenCompleteAsync(
            (_, failed) -> {
              if (failed == null && !ended) {
                candidates.flowTo(open.connection());
              }
              settle(result, null, failed);
            },
            thread);
  }

  void addCandidate(SignalMessage.Candidate candidate) {
    if (!ended) {
      candidates.add(candidate);
    }
  }

  /** Called by any thread. */
  boolean send(String text) {
    var channel = messages;
    return channel != null && channel.send(List.of(text));
  }

  void close() {
    if (!ended) {
      ended = true;
      candidates.close();
      if (video != null) {
        video.removeSink(sink);
      }
      if (opened != null) {
        opened.free();
      }
    }
  }

  @Override
  public void onIceGatheringChange(RTCIceGatheringState state) {
    var exchange = negotiation;
    if (state == RTCIceGatheringState.COMPLETE && exchange != null) {
      exchange.gatheringIsComplete();
    }
  }

  @Override
  public void onIceCandidate(RTCIceCandidate candidate) {
    thread.execute(
        () -> {
          // Those found before are in the offer.
          if (!ended && offered) {
            listener.onCandidate(
                new SignalMessage.Candidate(
                    candidate.sdp, candidate.sdpMid, candidate.sdpMLineIndex));
          }
        });
  }

  @Override
  public void onConnectionChange(RTCPeerConnectionState state) {
    thread.execute(() -> follow(state));
  }

  @Override
  public void onTrack(RTCRtpTransceiver transceiver) {
    if (transceiver.getReceiver().getTrack() instanceof VideoTrack track) {
      thread.execute(() -> watch(track));
    }
  }

  private Negotiation open() {
    var nothing = new CustomVideoSource();
    var placeholder = factory.createVideoTrack("none", nothing);
    var connection =
        factory.createPeerConnection(PeerConfiguration.of(iceServers, UdpPorts.ANY), this);
    var receiving = new RTCRtpTransceiverInit();
    receiving.direction = RTCRtpTransceiverDirection.RECV_ONLY;
    // webrtc-java makes no transceiver without a track; this one sends nothing.
    connection.addTransceiver(placeholder, receiving).getSender().replaceTrack(null);
    var talk = channel(connection, "messages", listener::onMessage);
    var input = channel(connection, "input", _ -> {});
    opened = new Native(List.of(talk, input), connection, placeholder, nothing);
    messages = talk;
    var exchange = new Negotiation(connection, thread);
    negotiation = exchange;
    return exchange;
  }

  private TextChannel channel(RTCPeerConnection connection, String label, Consumer<String> onText) {
    var channel =
        new TextChannel(
            connection.createDataChannel(label, new RTCDataChannelInit()),
            thread,
            onText,
            _ -> end("The runtime closed the connection."),
            TextChannel.MAX_INBOUND_BYTES);
    channel.start();
    return channel;
  }

  private void watch(VideoTrack track) {
    if (!ended) {
      video = track;
      track.addSink(sink);
    }
  }

  /** Called by libwebrtc's decoder; what comes while the last one is still looked at is skipped. */
  private void look(VideoFrame frame) {
    if (!looking.compareAndSet(false, true)) {
      return;
    }
    var picture = frame.buffer.toI420();
    try {
      var seen =
          DecodedPicture.of(
              picture.getWidth(), picture.getHeight(), picture.getDataY(), picture.getStrideY());
      thread.execute(() -> show(seen));
    } finally {
      picture.release();
    }
  }

  private void show(DecodedPicture seen) {
    looking.set(false);
    if (!ended) {
      listener.onPicture(seen);
    }
  }

  private void follow(RTCPeerConnectionState state) {
    if (ended) {
      return;
    }
    switch (state) {
      case NEW, CONNECTING, DISCONNECTED -> {}
      case CONNECTED -> {
        if (!connected) {
          connected = true;
          listener.onConnected();
        }
      }
      case FAILED -> end("No network path to the runtime was found, or it was lost.");
      case CLOSED -> end("The runtime closed the connection.");
    }
  }

  private void end(String sentence) {
    if (!ended) {
      close();
      listener.onClosed(sentence);
    }
  }

  private static <T> void settle(
      CompletableFuture<T> result, @Nullable T value, @Nullable Throwable failure) {
    if (failure == null) {
      result.complete(value);
    } else {
      result.completeExceptionally(failure);
    }
  }
}
