package dev.vitrine.runtime.app.viewer;

import dev.vitrine.protocol.AppMessage;
import dev.vitrine.protocol.BadMessageException;
import dev.vitrine.protocol.InputEvent;
import dev.vitrine.protocol.MessageFrames;
import dev.vitrine.protocol.SignalCloseCode;
import dev.vitrine.protocol.SignalMessage;
import dev.vitrine.protocol.ViewerReply;
import dev.vitrine.protocol.ViewerRequest;
import dev.vitrine.runtime.app.failure.Failures;
import dev.vitrine.runtime.stream.BadOfferException;
import dev.vitrine.runtime.stream.Transport;
import dev.vitrine.runtime.stream.TransportFactory;
import dev.vitrine.runtime.stream.TransportListener;
import dev.vitrine.runtime.stream.TransportOptions;
import dev.vitrine.runtime.stream.TransportStats;
import dev.vitrine.runtime.stream.VideoCodec;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The seated viewer's connection: its transport, and the socket that it was made over. The
 * transport calls on a thread of its own; everything else belongs to the session's thread.
 */
final class Connection implements TransportListener {

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final int CONNECT_LIMIT_SECONDS = 20;
  private static final int MOST_WAITING = 256;
  private static final String TOO_MANY =
      "Too many messages: %d at once and %d a second are the most; some were not read."
          .formatted(MessageAllowance.AT_ONCE, MessageAllowance.A_SECOND);
  private static final String TOO_LARGE =
      "The reply has more than %d bytes; ask for less.".formatted(MessageFrames.MAX_BYTES);
  private static final String NEEDS_ID =
      "The reply has more than %d bytes and needs an id: send one, or ask for less."
          .formatted(MessageFrames.MAX_WHOLE_BYTES);
  private static final String NOT_READ =
      "The reply is lost, as those before have not been read yet; ask again later.";
  private static final String TOO_EARLY =
      "The session has not started: messages are answered once the page is connected.";
  private static final long INPUT_REPORT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ViewerDesk desk;
  private final ScheduledExecutorService session;
  private final SignalSocket socket;
  private final String secret;
  private final Conversation conversation;
  private final Conversation.Partner partner;
  private final CameraNews camera;
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile @Nullable Transport transport; // replies come from any thread
  private @Nullable ScheduledFuture<?> connectLimit;
  private VideoCodec codec = VideoCodec.VP8;
  private boolean connected;
  private boolean over;
  // Only the transport's thread touches these.
  private final MessageAllowance allowance = new MessageAllowance(System::nanoTime);
  private long inputReportedAt = System.nanoTime() - INPUT_REPORT_NANOS;

  Connection(
      ViewerDesk desk,
      ScheduledExecutorService session,
      SignalSocket socket,
      String secret,
      Conversation.Partner partner) {
    this.desk = desk;
    this.session = session;
    this.socket = socket;
    this.secret = secret;
    this.partner = partner;
    this.conversation = new Conversation(partner);
    this.camera = new CameraNews(partner.cameraman(), session, this::tell);
  }

  /** Answers the first offer. */
  void start(TransportFactory transports, TransportOptions options, String offerSdp) {
    transport = transports.create(options, this);
    limitConnecting();
    answer(transport, offerSdp, this::refuseOffer);
  }

  /** Answers a further offer, which restarts ICE. */
  void restart(String offerSdp) {
    if (transport != null && !over) {
      // A restart that fails leaves the stream as it was.
      answer(
          transport,
          offerSdp,
          failure -> LOG.warn("ICE was not restarted: {}", Failures.sentence(failure)));
    }
  }

  void addCandidate(SignalMessage.Candidate candidate) {
    if (transport != null && !over) {
      transport.addCandidate(candidate);
    }
  }

  Transport transport() {
    if (transport == null) {
      throw new IllegalStateException("the connection was not started");
    }
    return transport;
  }

  /** What its viewer is known by. */
  String secret() {
    return secret;
  }

  VideoCodec codec() {
    return codec;
  }

  /** Tells the page what it has not asked for, from any thread; false if it does not take it. */
  boolean tell(ViewerReply reply) {
    return send(reply.toMessage());
  }

  private boolean send(AppMessage message) {
    return send(List.of(message.toJson()));
  }

  private boolean send(List<String> frames) {
    var open = transport;
    boolean taken = open != null && open.send(frames);
    if (!taken) {
      LOG.debug("the page does not take messages: {} frames are lost", frames.size());
    }
    return taken;
  }

  /** The page goes away: the stream ends now, and not when its silence is noticed. */
  void goodbye() {
    leave(true);
    socket.close();
  }

  /**
   * The page, or a gateway between, is gone. A page whose connection does not stand yet tries anew,
   * and finds its place free.
   */
  void socketClosed() {
    if (!over && !connected) {
      leave(false);
    }
  }

  /** Ends the connection with a word to the page. */
  void end(SignalMessage.Bye bye) {
    socket.send(bye);
    socket.close();
    shut();
  }

  @Override
  public void onCandidate(SignalMessage.Candidate candidate) {
    // By the session's thread, so that it does not overtake the answer.
    onSession(() -> socket.send(candidate));
  }

  @Override
  public void onConnected(VideoCodec negotiated) {
    onSession(
        () -> {
          connected = true;
          codec = negotiated;
          if (connectLimit != null) {
            connectLimit.cancel(false);
          }
          desk.connected(this);
          camera.begin();
        });
  }

  @Override
  public void onDisconnected() {
    onSession(() -> desk.interrupted(this));
  }

  @Override
  public void onClosed(String sentence) {
    onSession(
        () -> {
          LOG.info("the viewer's connection ended: {}", sentence);
          leave(false);
          socket.close();
        });
  }

  @Override
  public void onMessage(String text) {
    if (!allowance.take()) {
      if (allowance.tellsRefusal()) {
        tell(new ViewerReply.ViewerError("", TOO_MANY));
      }
      return;
    }
    if (waiting.incrementAndGet() > MOST_WAITING) {
      onSession(() -> refuse("Too many messages at once; send fewer."));
      return;
    }
    onSession(
        () -> {
          waiting.decrementAndGet();
          receive(text);
        });
  }

  @Override
  public void onInput(String text) {
    try {
      var event = InputEvent.parse(text);
      if (partner.selection().take(event, this::tellSelection)) {
        partner.cameraman().follow(event);
      }
    } catch (BadMessageException e) {
      onSession(() -> refuse(String.valueOf(e.getMessage())));
      return;
    }
    long now = System.nanoTime();
    if (now - inputReportedAt >= INPUT_REPORT_NANOS) {
      inputReportedAt = now;
      onSession(() -> desk.gotInput(this));
    }
  }

  private void tellSelection(List<String> prims) {
    onSession(() -> tell(new ViewerReply.StageSelectionChanged(prims)));
  }

  @Override
  public void onStats(TransportStats stats) {
    LOG.debug("{}", stats);
  }

  /** A page's author errs: that is no reason to take the picture away. */
  private void receive(String text) {
    try {
      receive(AppMessage.parse(text));
    } catch (BadMessageException e) {
      tell(new ViewerReply.ViewerError("", String.valueOf(e.getMessage())));
    }
  }

  private void receive(AppMessage message) {
    Consumer<ViewerReply> asker = reply -> onSession(() -> answer(message, reply));
    try {
      switch (ViewerRequest.of(message)) {
        case ViewerRequest.Goodbye() -> goodbye();
        case ViewerRequest.FirstFrame() -> desk.sawFirstFrame(this);
        case ViewerRequest.Extend() -> desk.extend(this, asker);
        // The session of the viewer before may not have been ended yet.
        case ViewerRequest.Other _, ViewerRequest.SelectionRequest _ when !connected ->
            asker.accept(new ViewerReply.ViewerError(message.eventType(), TOO_EARLY));
        case ViewerRequest.Other other -> {
          desk.gotMessage(this);
          conversation.receive(other, asker);
        }
        case ViewerRequest request -> conversation.receive(request, asker);
      }
    } catch (BadMessageException e) {
      asker.accept(
          new ViewerReply.ViewerError(message.eventType(), String.valueOf(e.getMessage())));
    }
  }

  /** All parts of a reply, one after the other: those of two are not mixed. */
  private void answer(AppMessage request, ViewerReply reply) {
    var frames = MessageFrames.of(reply.toMessage(request));
    if (frames.isEmpty()) {
      answerNot(request, request.id() == null ? NEEDS_ID : TOO_LARGE);
    } else if (!send(frames)) {
      answerNot(request, NOT_READ);
    }
  }

  private void answerNot(AppMessage request, String sentence) {
    send(new ViewerReply.ViewerError(request.eventType(), sentence).toMessage(request));
  }

  private void answer(Transport open, String offerSdp, Consumer<Throwable> failure) {
    open.answer(offerSdp)
        .whenComplete(
            (sdp, failed) ->
                onSession(
                    () -> {
                      if (failed == null) {
                        socket.send(new SignalMessage.Answer(sdp, secret));
                      } else {
                        failure.accept(failed);
                      }
                    }));
  }

  private void limitConnecting() {
    connectLimit =
        session.schedule(
            () -> {
              socket.refuse(
                  SignalCloseCode.TIMEOUT,
                  "The browser found no way to the stream within %d seconds; a firewall may be in between."
                      .formatted(CONNECT_LIMIT_SECONDS));
              leave(false);
            },
            CONNECT_LIMIT_SECONDS,
            TimeUnit.SECONDS);
  }

  /** Only what is wrong with the offer itself is final for the page; the rest may pass. */
  private void refuseOffer(Throwable failure) {
    socket.refuse(
        Failures.cause(failure) instanceof BadOfferException
            ? SignalCloseCode.BAD_MESSAGE
            : SignalCloseCode.NOT_READY,
        Failures.sentence(failure));
    leave(false);
  }

  /** What a page may not do closes this connection, and nothing else. */
  private void refuse(String sentence) {
    socket.refuse(SignalCloseCode.BAD_MESSAGE, sentence);
    leave(false);
  }

  private void leave(boolean saidGoodbye) {
    shut();
    desk.gone(this, saidGoodbye);
  }

  private void shut() {
    over = true;
    camera.close();
    if (connectLimit != null) {
      connectLimit.cancel(false);
    }
    if (transport != null) {
      transport.close();
    }
  }

  /** Events of a connection that is over concern nobody. */
  private void onSession(Runnable event) {
    session.execute(
        () -> {
          if (!over) {
            event.run();
          }
        });
  }
}
