package dev.vitrine.runtime.stream.webrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.vitrine.protocol.IceServer;
import dev.vitrine.protocol.SignalMessage;
import dev.vitrine.runtime.stream.Receiver;
import dev.vitrine.runtime.stream.ReceiverListener;
import dev.vitrine.runtime.stream.TransportException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A receiver by libwebrtc: hands everything to the peer's own thread. */
final class WebRtcReceiver implements Receiver {

  private final PeerThread thread = new PeerThread();
  private final ViewingPeer peer;

  WebRtcReceiver(
      PeerConnectionFactory factory, List<IceServer> iceServers, ReceiverListener listener) {
    this.peer = new ViewingPeer(factory, thread, iceServers, listener);
  }

  @Override
  public CompletionStage<String> offer() {
    return handOver(peer::offer);
  }

  @Override
  public CompletionStage<Void> accept(String answerSdp) {
    return handOver(result -> peer.accept(answerSdp, result));
  }

  @Override
  public void addCandidate(SignalMessage.Candidate candidate) {
    thread.execute(() -> peer.addCandidate(candidate));
  }

  @Override
  public boolean send(String text) {
    return peer.send(text);
  }

  @Override
  public void close() {
    thread.closeAfter(peer::close);
  }

  private interface Step<T> {
    void take(CompletableFuture<T> result);
  }

  private <T> CompletionStage<T> handOver(Step<T> step) {
    var result = new CompletableFuture<T>();
    if (!thread.tryExecute(() -> step.take(result))) {
      result.completeExceptionally(new TransportException(ViewingPeer.HAS_ENDED));
    }
    return result;
  }
}
