package dev.vitrine.operator.gateway.signal;

import dev.vitrine.protocol.BadMessageException;
import dev.vitrine.protocol.SignalCloseCode;
import dev.vitrine.protocol.SignalMessage;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketBase;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Carries signalling between one browser and one pod until either is gone. Runs on one event loop;
 * holds no more than the sockets' bounded queues.
 */
final class Relay {

  private static final long FIRST_MESSAGE_MILLIS = 10_000;
  private static final long PING_MILLIS = 20_000;
  private static final int QUEUE_BYTES = 256 * 1024;
  private static final int NORMAL = 1000;
  private static final int INTERNAL_ERROR = 1011;

  private final Vertx vertx;
  private final ServerWebSocket browser;
  private final SignalMeter.SetUp setUp;
  private final long firstMessageTimer;
  private @Nullable WebSocket pod;

  /** Takes over a socket that was just accepted, and reads nothing from it yet. */
  Relay(Vertx vertx, ServerWebSocket browser, SignalMeter.SetUp setUp) {
    this.vertx = vertx;
    this.browser = browser;
    this.setUp = setUp;
    browser.pause();
    browser.setWriteQueueMaxSize(QUEUE_BYTES);
    firstMessageTimer =
        vertx.setTimer(
            FIRST_MESSAGE_MILLIS,
            _ -> fail(SignalCloseCode.TIMEOUT, "No offer came within 10 seconds."));
    var pings = vertx.setPeriodic(PING_MILLIS, _ -> ping());
    browser.exceptionHandler(_ -> browser.close());
    browser.closeHandler(
        _ -> {
          vertx.cancelTimer(firstMessageTimer);
          vertx.cancelTimer(pings);
          setUp.closed();
          closePod();
        });
    browser.binaryMessageHandler(
        _ -> fail(SignalCloseCode.BAD_MESSAGE, "Signalling messages are text."));
  }

  /** Joins the pod's socket to the browser's. */
  void join(WebSocket pod) {
    if (browser.isClosed()) {
      pod.close();
      return;
    }
    this.pod = pod;
    setUp.joined();
    pod.setWriteQueueMaxSize(QUEUE_BYTES);
    pod.exceptionHandler(_ -> pod.close());
    pod.closeHandler(_ -> podClosed(pod));
    pod.textMessageHandler(this::fromPod);
    browser.textMessageHandler(text -> fromBrowser(text, pod));
    browser.resume();
  }

  /** Tells the browser what went wrong, and closes both sides. */
  void fail(SignalCloseCode code, String sentence) {
    setUp.refused(code);
    if (!browser.isClosed()) {
      browser.writeTextMessage(new SignalMessage.Failure(code, sentence).toJson());
      browser.close((short) code.code(), code.word());
    }
    closePod();
  }

  /** There is no pod's socket to join. */
  void unreachable() {
    setUp.unreachable();
    fail(SignalCloseCode.NOT_READY, "The session's pod cannot be reached; try again.");
  }

  private void fromBrowser(String text, WebSocket pod) {
    if (tooLarge(text)) {
      fail(SignalCloseCode.TOO_LARGE, "A signalling message has at most 64 KiB.");
      return;
    }
    try {
      SignalMessage.fromBrowser(text);
    } catch (BadMessageException e) {
      fail(SignalCloseCode.BAD_MESSAGE, String.valueOf(e.getMessage()));
      return;
    }
    vertx.cancelTimer(firstMessageTimer);
    pass(text, browser, pod);
  }

  private void fromPod(String text) {
    var pod = this.pod;
    if (pod == null) {
      return;
    }
    if (tooLarge(text)) {
      browser.close((short) INTERNAL_ERROR, "the runtime's message is too large");
      return;
    }
    pass(text, pod, browser);
  }

  /** Reads no more from one side while the other does not take what it has. */
  private static void pass(String text, WebSocketBase from, WebSocketBase to) {
    if (to.isClosed()) {
      return;
    }
    to.writeTextMessage(text);
    if (to.writeQueueFull()) {
      from.pause();
      to.drainHandler(_ -> from.resume());
    }
  }

  private void podClosed(WebSocket pod) {
    var code = pod.closeStatusCode();
    if (code != null && (code == NORMAL || (code >= 4000 && code < 5000))) {
      if (!browser.isClosed()) {
        browser.close(code, pod.closeReason());
      }
    } else {
      fail(SignalCloseCode.NOT_READY, "The runtime closed the connection; try again.");
    }
  }

  private void closePod() {
    var pod = this.pod;
    if (pod != null && !pod.isClosed()) {
      pod.close();
    }
  }

  private void ping() {
    browser.writePing(Buffer.buffer());
    var pod = this.pod;
    if (pod != null && !pod.isClosed()) {
      pod.writePing(Buffer.buffer());
    }
  }

  private static boolean tooLarge(String text) {
    return text.length() > SignalMessage.MAX_BYTES
        || text.getBytes(StandardCharsets.UTF_8).length > SignalMessage.MAX_BYTES;
  }
}
