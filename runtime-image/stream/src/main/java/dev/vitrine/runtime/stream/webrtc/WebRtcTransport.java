package dev.vitrine.runtime.stream.webrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.vitrine.protocol.SignalMessage;
import dev.vitrine.runtime.stream.Transport;
import dev.vitrine.runtime.stream.TransportListener;
import dev.vitrine.runtime.stream.TransportOptions;
import dev.vitrine.runtime.stream.VideoFrame;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A transport by libwebrtc: hands everything to the peer's own thread. */
final class WebRtcTransport implements Transport {

  private final PeerThread thread = new PeerThread();
  private final Peer peer;

  WebRtcTransport(
      PeerConnectionFactory factory, TransportOptions options, TransportListener listener) {
    this.peer = new Peer(factory, thread, options, listener);
  }

  @Override
  public CompletionStage<String> answer(String offerSdp) {
    var answer = new CompletableFuture<String>();
    if (!thread.tryExecute(() -> peer.answer(offerSdp, answer))) {
      answer.completeExceptionally(Peer.hasEnded());
    }
    return answer;
  }

  @Override
  public void addCandidate(SignalMessage.Candidate candidate) {
    thread.execute(() -> peer.addCandidate(candidate));
  }

  @Override
  public void offerFrame(VideoFrame frame) {
    peer.offerFrame(frame);
  }

  @Override
  public boolean send(List<String> texts) {
    return peer.send(texts);
  }

  @Override
  public void close() {
    thread.closeAfter(peer::close);
  }
}
