package dev.vitrine.runtime.stream.webrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCIceGatheringState;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.vitrine.protocol.SignalMessage;
import dev.vitrine.runtime.stream.TransportException;
import dev.vitrine.runtime.stream.TransportListener;
import dev.vitrine.runtime.stream.TransportOptions;
import dev.vitrine.runtime.stream.TransportStats;
import dev.vitrine.runtime.stream.VideoFrame;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One peer connection and all that is native in it; lives on its thread but where it says so. */
final class Peer implements PeerConnectionObserver {

  private static final Logger LOG = LoggerFactory.getLogger(Peer.class);
  private final PeerConnectionFactory factory;
  private final PeerThread thread;
  private final TransportOptions options;
  private final TransportListener listener;
  private final RemoteCandidates candidates = new RemoteCandidates();

  private @Nullable RTCPeerConnection connection;
  private @Nullable PreparedOffer offer;
  private @Nullable CompletableFuture<String> answering;
  private boolean connected;
  private boolean everConnected;
  private boolean ended;
  private volatile @Nullable VideoSender video;
  private volatile @Nullable TextChannels channels;
  private volatile @Nullable Negotiation negotiation;

  Peer(
      PeerConnectionFactory factory,
      PeerThread thread,
      TransportOptions options,
      TransportListener listener) {
    this.factory = factory;
    this.thread = thread;
    this.options = options;
    this.listener = listener;
  }

  static TransportException hasEnded() {
    return new TransportException("The connection has ended; make a new one.");
  }

  @SuppressWarnings("FutureReturnValueIgnored") // Whatever goes wrong, conclude is told.
  void answer(String offerSdp, CompletableFuture<String> result) {
    if (ended) {
      result.completeExceptionally(hasEnded());
      return;
    }
    if (answering != null) {
      result.completeExceptionally(
          new TransportException("An offer is being answered; wait for its answer."));
      return;
    }
    answering = result;
    try {
      offer = PreparedOffer.of(offerSdp, options);
      opened(offer).answer(offer.sdp(), this::offerIsSet).whenCompleteAsync(this::conclude, thread);
    } catch (TransportException | RuntimeException e) {
      conclude(null, e);
    }
  }

  void addCandidate(SignalMessage.Candidate candidate) {
    if (!ended) {
      candidates.add(candidate);
    }
  }

  /** Called by any thread. */
  void offerFrame(VideoFrame frame) {
    var sender = video;
    if (sender == null) {
      frame.close();
    } else {
      sender.offer(frame);
    }
  }

  /** Called by any thread. */
  boolean send(List<String> texts) {
    var open = channels;
    return open != null && open.send(texts);
  }

  void close() {
    if (ended) {
      return;
    }
    ended = true;
    connected = false;
    candidates.close();
    if (answering != null) {
      answering.completeExceptionally(hasEnded());
    }
    // In the order of the flow: no picture and no text may meet a freed object.
    if (video != null) {
      video.stop();
    }
    if (channels != null) {
      channels.close();
    }
    if (connection != null) {
      connection.close();
    }
    if (video != null) {
      video.close();
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
    thread.execute(() -> trickle(candidate));
  }

  @Override
  public void onConnectionChange(RTCPeerConnectionState state) {
    thread.execute(() -> follow(state));
  }

  @Override
  public void onDataChannel(RTCDataChannel channel) {
    var owner = channels;
    if (owner != null) {
      owner.adopt(channel);
    }
  }

  private Negotiation opened(PreparedOffer offer) {
    var exchange = negotiation;
    if (exchange == null) {
      channels = new TextChannels(thread, listener, this::end, offer.maxMessageBytes());
      var open =
          factory.createPeerConnection(
              PeerConfiguration.of(options.iceServers(), options.ports()), this);
      connection = open;
      video = new VideoSender(factory, open);
      exchange = new Negotiation(open, thread);
      negotiation = exchange;
    }
    return exchange;
  }

  private void offerIsSet() {
    var open = connection;
    if (open == null || ended) {
      throw new CompletionException(hasEnded());
    }
    candidates.flowTo(open);
    for (var transceiver : open.getTransceivers()) {
      if (transceiver.getSender().getTrack() == null) {
        transceiver.setDirection(RTCRtpTransceiverDirection.INACTIVE);
      }
    }
  }

  private void conclude(@Nullable String localSdp, @Nullable Throwable failure) {
    var result = answering;
    var sender = video;
    answering = null;
    if (result == null || ended) {
      return;
    }
    if (localSdp == null || sender == null) {
      result.completeExceptionally(sentence(failure));
      return;
    }
    try {
      sender.limit(options.video().kbps());
      result.complete(PreparedAnswer.of(localSdp, options));
    } catch (TransportException | RuntimeException e) {
      result.completeExceptionally(sentence(e));
    }
  }

  private static TransportException sentence(@Nullable Throwable failure) {
    var cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof TransportException known) {
      return known;
    }
    LOG.warn("An offer was not answered.", cause);
    return new TransportException("The offer could not be answered; try again.");
  }

  private void trickle(RTCIceCandidate candidate) {
    // Those found before the answer are in it.
    if (!ended && answering == null) {
      listener.onCandidate(
          new SignalMessage.Candidate(candidate.sdp, candidate.sdpMid, candidate.sdpMLineIndex));
    }
  }

  private void follow(RTCPeerConnectionState state) {
    LOG.debug("The peer is {}.", state);
    if (ended) {
      return;
    }
    switch (state) {
      case NEW, CONNECTING -> {}
      case CONNECTED -> connected();
      case DISCONNECTED -> disconnected();
      case FAILED -> end("The network path to the browser was lost.");
      case CLOSED -> end("The browser closed the connection.");
    }
  }

  private void connected() {
    if (connected || offer == null) {
      return;
    }
    connected = true;
    if (!everConnected) {
      everConnected = true;
      thread.everySecond(this::collectStats);
    }
    listener.onConnected(offer.codec());
  }

  private void disconnected() {
    if (connected) {
      connected = false;
      listener.onDisconnected();
    }
  }

  private void end(String sentence) {
    if (!ended) {
      close();
      listener.onClosed(sentence);
    }
  }

  private void collectStats() {
    if (connected && connection != null) {
      connection.getStats(report -> thread.execute(() -> publish(report)));
    }
  }

  private void publish(RTCStatsReport report) {
    var sender = video;
    var open = channels;
    if (!connected || sender == null || open == null) {
      return;
    }
    var reading = new StatsReading(report);
    listener.onStats(
        new TransportStats(
            sender.pump().offeredCount(),
            sender.pump().droppedCount(),
            reading.framesEncoded(),
            reading.bytesSent(),
            reading.packetsLost(),
            reading.roundTripMillis(),
            reading.availableKbps(),
            open.receivedCount(),
            open.sentCount()));
  }
}
