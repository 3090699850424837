package dev.vitrine.runtime.stream.webrtc;

import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import dev.onvoid.webrtc.RTCDataChannelObserver;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A data channel of texts: owns it, checks what comes in and bounds what goes out. */
final class TextChannel implements RTCDataChannelObserver, AutoCloseable {

  /** The most that a text may hold that comes in, in bytes of UTF-8. */
  static final int MAX_INBOUND_BYTES = 64 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(TextChannel.class);
  private static final int MAX_INBOUND_WAITING = 1024;

  /** One of the largest replies, escaped in its parts, and some small ones. */
  private static final long MAX_OUTBOUND_WAITING_BYTES = 9 * 1024 * 1024;

  private final RTCDataChannel channel;
  private final String label;
  private final PeerThread thread;
  private final Consumer<String> onText;
  private final Consumer<String> onEnd;
  private final int maxOutboundBytes;

  private final AtomicBoolean broken = new AtomicBoolean();
  private final AtomicInteger inboundWaiting = new AtomicInteger();
  private final AtomicLong receivedCount = new AtomicLong();
  private final AtomicLong outboundWaitingBytes = new AtomicLong();
  private final AtomicLong sentCount = new AtomicLong();
  private volatile long bufferedBytes;
  private volatile boolean open;
  private boolean closed;

  /**
   * Takes a channel over.
   *
   * @param onText gets each text, on the peer's thread
   * @param onEnd gets a sentence when the browser closed the channel or broke its rules
   * @param maxOutboundBytes what the browser takes as one text
   */
  TextChannel(
      RTCDataChannel channel,
      PeerThread thread,
      Consumer<String> onText,
      Consumer<String> onEnd,
      int maxOutboundBytes) {
    this.channel = channel;
    this.label = channel.getLabel();
    this.thread = thread;
    this.onText = onText;
    this.onEnd = onEnd;
    this.maxOutboundBytes = maxOutboundBytes;
  }

  /** From now on texts are delivered. */
  void start() {
    channel.registerObserver(this);
    thread.execute(this::followState);
  }

  /**
   * Sends texts one after the other, all or none: false when the channel is not open, or the
   * browser does not read.
   */
  boolean send(List<String> texts) {
    var frames = texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    long size = frames.stream().mapToLong(frame -> frame.length).sum();
    boolean fits = frames.stream().allMatch(frame -> frame.length <= maxOutboundBytes);
    var waiting = outboundWaitingBytes.addAndGet(size) + bufferedBytes;
    if (!open || !fits || waiting > MAX_OUTBOUND_WAITING_BYTES) {
      outboundWaitingBytes.addAndGet(-size);
      // libwebrtc does not always tell when it has sent the last of its buffer.
      thread.execute(this::followBuffer);
      return false;
    }
    thread.execute(() -> frames.forEach(this::transmit));
    return true;
  }

  long receivedCount() {
    return receivedCount.get();
  }

  long sentCount() {
    return sentCount.get();
  }

  @Override
  public void onMessage(RTCDataChannelBuffer buffer) {
    receivedCount.incrementAndGet();
    if (buffer.binary) {
      breakUp("The browser sent binary data on `%s`; send text.".formatted(label));
    } else if (buffer.data.remaining() > MAX_INBOUND_BYTES) {
      breakUp(
          "The browser sent more than %d bytes at once on `%s`; send less."
              .formatted(MAX_INBOUND_BYTES, label));
    } else if (inboundWaiting.incrementAndGet() > MAX_INBOUND_WAITING) {
      breakUp("The browser sends faster on `%s` than can be read; send less.".formatted(label));
    } else {
      // The buffer is libwebrtc's and ends with this call.
      var text = StandardCharsets.UTF_8.decode(buffer.data).toString();
      thread.execute(() -> deliver(text));
    }
  }

  @Override
  public void onStateChange() {
    thread.execute(this::followState);
  }

  @Override
  public void onBufferedAmountChange(long previousBytes) {
    thread.execute(this::followBuffer);
  }

  /** Gives the channel up; called by the peer's thread. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      open = false;
      channel.unregisterObserver();
      channel.dispose();
    }
  }

  private void breakUp(String sentence) {
    if (broken.compareAndSet(false, true)) {
      thread.execute(() -> onEnd.accept(sentence));
    }
  }

  private void deliver(String text) {
    inboundWaiting.decrementAndGet();
    if (!closed && !broken.get()) {
      onText.accept(text);
    }
  }

  private void transmit(byte[] bytes) {
    outboundWaitingBytes.addAndGet(-bytes.length);
    if (closed) {
      return;
    }
    try {
      // An array of exactly this size: webrtc-java sends all of it, whatever position and limit.
      channel.send(new RTCDataChannelBuffer(ByteBuffer.wrap(bytes), false));
      sentCount.incrementAndGet();
    } catch (Exception e) {
      LOG.warn("A text of {} bytes could not be sent on `{}`.", bytes.length, label, e);
    }
    followBuffer();
  }

  private void followBuffer() {
    if (!closed) {
      bufferedBytes = channel.getBufferedAmount();
    }
  }

  private void followState() {
    if (closed) {
      return;
    }
    switch (channel.getState()) {
      case CONNECTING -> {}
      case OPEN -> open = true;
      case CLOSING, CLOSED -> {
        open = false;
        onEnd.accept("The browser closed the connection.");
      }
    }
  }
}
