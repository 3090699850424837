package dev.vitrine.runtime.app.watch;

import dev.vitrine.protocol.SignalCloseCode;
import dev.vitrine.protocol.SignalMessage;
import dev.vitrine.runtime.stream.DecodedPicture;
import dev.vitrine.runtime.stream.Receiver;
import dev.vitrine.runtime.stream.ReceiverListener;
import dev.vitrine.runtime.stream.webrtc.WebRtcTransportFactory;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One attempt: a signalling line and a receiver, introduced to each other. */
final class Viewing implements ReceiverListener, SignalLine.Listener, AutoCloseable {

  /** From the offer to a connection; a page waits as long. */
  private static final Duration SETUP_LIMIT = Duration.ofSeconds(15);

  private static final Duration OFFER_LIMIT = Duration.ofSeconds(10);
  private static final long FAREWELL_SECONDS = 2;

  /** What a page says on the data channel {@code messages}. */
  static final String FIRST_FRAME = "{\"event_type\":\"vitrine.firstFrame\",\"payload\":{}}";

  static final String GOODBYE = "{\"event_type\":\"vitrine.goodbye\",\"payload\":{}}";

  /** Refusals that a fresh token and another attempt may mend. */
  private static final Set<SignalCloseCode> PASSING =
      EnumSet.of(SignalCloseCode.BAD_TOKEN, SignalCloseCode.TIMEOUT, SignalCloseCode.NOT_READY);

  private final Receiver receiver;
  private final CompletableFuture<SignalMessage.Answer> answered = new CompletableFuture<>();
  private final CompletableFuture<Boolean> connected = new CompletableFuture<>();
  private final CompletableFuture<DecodedPicture> shown = new CompletableFuture<>();
  private final CompletableFuture<Boolean> parted = new CompletableFuture<>();
  private volatile @Nullable SignalLine line;
  private volatile @Nullable DecodedPicture latest;
  private volatile boolean told;

  Viewing(WebRtcTransportFactory transports, Endpoint endpoint) {
    receiver = transports.createReceiver(endpoint.iceServers(), this);
  }

  /**
   * Makes the connection.
   *
   * @param resume the secret of an earlier answer, with which its place is taken again
   * @return the secret of this answer
   */
  String connect(HttpClient http, Endpoint endpoint, @Nullable String resume, Countdown countdown)
      throws SetbackException {
    var dialled = SignalLine.dial(http, endpoint, this, countdown.leftUpTo(OFFER_LIMIT));
    line = dialled;
    var offer =
        Patience.await(
            receiver.offer(),
            countdown.leftUpTo(OFFER_LIMIT),
            late("No offer could be made in time."),
            Viewing::setback);
    dialled.send(new SignalMessage.Offer(offer, resume));
    var answer =
        Patience.await(
            answered,
            countdown.leftUpTo(SETUP_LIMIT),
            late("The runtime did not answer the offer."),
            Viewing::setback);
    Patience.await(
        receiver.accept(answer.sdp()),
        countdown.leftUpTo(OFFER_LIMIT),
        late("The runtime's answer could not be taken in in time."),
        Viewing::setback);
    Patience.await(
        connected,
        countdown.leftUpTo(SETUP_LIMIT),
        late(
            "The runtime answered, but no network path to it was found; a firewall or a network"
                + " policy may be in between."),
        Viewing::setback);
    return answer.resume();
  }

  /**
   * Waits for a picture that shows something, for all the time that is left.
   *
   * @throws SetbackException a passing one if the connection was lost
   */
  DecodedPicture picture(Countdown countdown) throws SetbackException {
    return Patience.await(
        shown, countdown.left(), () -> SetbackException.lasting(unseen()), Viewing::setback);
  }

  /**
   * Leaves as a page does, so that the session ends; waits a moment until the runtime has closed
   * the connection.
   */
  void sayGoodbye() {
    // First on the road of the first frame's news, so that it does not overtake it.
    var open = line;
    if (!(receiver.send(GOODBYE) && isParted()) && open != null) {
      open.send(new SignalMessage.Goodbye());
      isParted();
    }
  }

  @Override
  public void close() {
    receiver.close();
    if (line != null) {
      line.close();
    }
  }

  @Override
  public void onSignal(SignalMessage.FromRuntime signal) {
    switch (signal) {
      case SignalMessage.Answer answer -> answered.complete(answer);
      case SignalMessage.Candidate candidate -> receiver.addCandidate(candidate);
      case SignalMessage.Bye(var reason, var message) ->
          fail(
              SetbackException.lasting(
                  "The session ended while it was watched: %s: %s".formatted(reason, message)));
      case SignalMessage.Failure(var code, var message) -> fail(refusal(code, message));
    }
  }

  @Override
  public void onHungUp(int code) {
    var refused = Arrays.stream(SignalCloseCode.values()).filter(c -> c.code() == code).findFirst();
    if (refused.isPresent()) {
      fail(refusal(refused.get(), ""));
    } else if (!connected.isDone()) {
      // Once the peers have met, the line's end means nothing.
      fail(
          SetbackException.passing(
              "The signalling socket was closed with %d before there was a connection."
                  .formatted(code)));
    }
  }

  @Override
  public void onCandidate(SignalMessage.Candidate candidate) {
    var open = line;
    if (open != null) {
      open.send(candidate);
    }
  }

  @Override
  public void onConnected() {
    connected.complete(true);
  }

  @Override
  public void onPicture(DecodedPicture picture) {
    latest = picture;
    // As a page tells of its first picture, whatever it shows; the runtime then tells of its stage.
    if (!told) {
      told = receiver.send(FIRST_FRAME);
    }
    if (told && picture.showsSomething()) {
      shown.complete(picture);
    }
  }

  @Override
  public void onMessage(String text) {
    StageNews.failureIn(text)
        .ifPresent(
            sentence ->
                fail(SetbackException.lasting("The runtime's stage cannot be shown: " + sentence)));
  }

  @Override
  public void onClosed(String sentence) {
    parted.complete(true);
    fail(SetbackException.passing(sentence));
  }

  private boolean isParted() {
    return parted.copy().completeOnTimeout(false, FAREWELL_SECONDS, TimeUnit.SECONDS).join();
  }

  private String unseen() {
    var picture = latest;
    if (picture == null) {
      return "The connection stands, but no picture was decoded in time.";
    }
    return told
        ? "Pictures of %dx%d were decoded, but to the last they were of one colour."
            .formatted(picture.width(), picture.height())
        : "Pictures were decoded, but the data channel for messages did not open.";
  }

  /** The first reason stands: what follows it is its echo. */
  private void fail(SetbackException setback) {
    answered.completeExceptionally(setback);
    connected.completeExceptionally(setback);
    shown.completeExceptionally(setback);
  }

  private static SetbackException refusal(SignalCloseCode code, String message) {
    var sentence =
        "The signalling socket was refused with %d %s. %s"
            .formatted(code.code(), code.word(), message)
            .strip();
    return PASSING.contains(code)
        ? SetbackException.passing(sentence)
        : SetbackException.lasting(sentence);
  }

  private static Supplier<SetbackException> late(String sentence) {
    return () -> SetbackException.passing(sentence);
  }

  private static SetbackException setback(Throwable failure) {
    return SetbackException.passing(Reasons.of(failure));
  }
}
