package dev.vitrine.runtime.stream.webrtc;

import dev.vitrine.protocol.SignalMessage;
import dev.vitrine.runtime.stream.TransportListener;
import dev.vitrine.runtime.stream.TransportStats;
import dev.vitrine.runtime.stream.VideoCodec;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Keeps what a transport reports. */
final class RecordingListener implements TransportListener {

  final Queue<VideoCodec> connected = new ConcurrentLinkedQueue<>();
  final Queue<String> closed = new ConcurrentLinkedQueue<>();
  final Queue<String> messages = new ConcurrentLinkedQueue<>();
  final Queue<String> inputs = new ConcurrentLinkedQueue<>();
  volatile TransportStats stats;
  volatile boolean disconnected;

  @Override
  public void onCandidate(SignalMessage.Candidate candidate) {}

  @Override
  public void onConnected(VideoCodec codec) {
    connected.add(codec);
  }

  @Override
  public void onDisconnected() {
    disconnected = true;
  }

  @Override
  public void onClosed(String sentence) {
    closed.add(sentence);
  }

  @Override
  public void onMessage(String text) {
    messages.add(text);
  }

  @Override
  public void onInput(String text) {
    inputs.add(text);
  }

  @Override
  public void onStats(TransportStats stats) {
    this.stats = stats;
  }
}
