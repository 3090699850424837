package dev.vitrine.runtime.stream.webrtc;

import dev.onvoid.webrtc.RTCDataChannel;
import dev.vitrine.runtime.stream.TransportListener;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The data channels that a browser makes: {@code messages} and {@code input}, and no others. */
final class TextChannels implements AutoCloseable {

  private static final String MESSAGES = "messages";
  private static final String INPUT = "input";
  private static final int MAX_ADOPTED = 8;

  private final PeerThread thread;
  private final TransportListener listener;
  private final Consumer<String> onEnd;
  private final int maxOutboundBytes;
  private final AtomicInteger adopted = new AtomicInteger();
  private final Map<String, TextChannel> byLabel = new HashMap<>();
  private volatile Outbound messages = _ -> false;
  private boolean closed;

  /** Where texts go: the channel, or nowhere as long as there is none. */
  private interface Outbound {
    boolean send(List<String> texts);
  }

  TextChannels(
      PeerThread thread, TransportListener listener, Consumer<String> onEnd, int maxOutboundBytes) {
    this.thread = thread;
    this.listener = listener;
    this.onEnd = onEnd;
    this.maxOutboundBytes = maxOutboundBytes;
  }

  /** Takes a channel over; called by libwebrtc's thread, before anything is delivered. */
  void adopt(RTCDataChannel channel) {
    var label = channel.getLabel();
    if (adopted.incrementAndGet() > MAX_ADOPTED) {
      thread.execute(() -> onEnd.accept("The browser opens too many data channels."));
    }
    switch (label) {
      case MESSAGES -> start(label, channel, listener::onMessage);
      case INPUT -> start(label, channel, listener::onInput);
      default -> thread.execute(channel::dispose);
    }
  }

  /** Sends texts on {@code messages}; called by any thread. */
  boolean send(List<String> texts) {
    return messages.send(texts);
  }

  long receivedCount() {
    return byLabel.values().stream().mapToLong(TextChannel::receivedCount).sum();
  }

  long sentCount() {
    return byLabel.values().stream().mapToLong(TextChannel::sentCount).sum();
  }

  @Override
  public void close() {
    closed = true;
    messages = _ -> false;
    byLabel.values().forEach(TextChannel::close);
    byLabel.clear();
  }

  private void start(String label, RTCDataChannel channel, Consumer<String> onText) {
    var text = new TextChannel(channel, thread, onText, onEnd, maxOutboundBytes);
    text.start();
    thread.execute(() -> keep(label, text));
  }

  private void keep(String label, TextChannel channel) {
    if (closed || byLabel.putIfAbsent(label, channel) != null) {
      channel.close();
      onEnd.accept("The browser opened `%s` twice.".formatted(label));
      return;
    }
    if (label.equals(MESSAGES)) {
      messages = channel::send;
    }
  }
}
