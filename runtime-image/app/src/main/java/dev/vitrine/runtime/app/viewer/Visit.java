package dev.vitrine.runtime.app.viewer;

import dev.vitrine.protocol.BadMessageException;
import dev.vitrine.protocol.SignalCloseCode;
import dev.vitrine.protocol.SignalMessage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One signalling socket, from opening to close. Its end means nothing for a connection that stands.
 * All of its state belongs to the session's thread.
 */
final class Visit implements SignalHandler {

  private static final int OFFER_LIMIT_SECONDS = 10;
  private static final int MOST_WAITING = 64;

  private final SignalSocket socket;
  private final ViewerDesk desk;
  private final ScheduledExecutorService session;
  private final AtomicInteger waiting = new AtomicInteger();
  private boolean over;
  private @Nullable ScheduledFuture<?> offerLimit;
  private @Nullable Connection connection;

  Visit(SignalSocket socket, ViewerDesk desk, ScheduledExecutorService session) {
    this.socket = socket;
    this.desk = desk;
    this.session = session;
  }

  /** The socket may speak: it has some seconds to make its offer. */
  void begin() {
    offerLimit =
        session.schedule(
            () ->
                refuse(
                    SignalCloseCode.TIMEOUT,
                    "No offer came within %d seconds.".formatted(OFFER_LIMIT_SECONDS)),
            OFFER_LIMIT_SECONDS,
            TimeUnit.SECONDS);
  }

  void refuse(Entrance.Refusal refusal) {
    refuse(refusal.code(), refusal.sentence());
  }

  @Override
  public void onText(String frame) {
    if (waiting.incrementAndGet() > MOST_WAITING) {
      socket.refuse(SignalCloseCode.BAD_MESSAGE, "Too many messages at once; send fewer.");
      return;
    }
    session.execute(
        () -> {
          waiting.decrementAndGet();
          if (!over) {
            read(frame);
          }
        });
  }

  @Override
  public void onClosed() {
    session.execute(
        () -> {
          finish();
          if (connection != null) {
            connection.socketClosed();
          }
        });
  }

  private void read(String frame) {
    try {
      switch (SignalMessage.fromBrowser(frame)) {
        case SignalMessage.Offer offer -> accept(offer);
        case SignalMessage.Candidate candidate -> {
          if (connection == null) {
            throw new BadMessageException(
                "A candidate came before any offer; send an offer first.");
          }
          connection.addCandidate(candidate);
        }
        case SignalMessage.Goodbye() -> {
          if (connection != null) {
            connection.goodbye();
          }
        }
      }
    } catch (BadMessageException e) {
      refuse(SignalCloseCode.BAD_MESSAGE, String.valueOf(e.getMessage()));
    }
  }

  private void accept(SignalMessage.Offer offer) {
    if (connection != null) {
      connection.restart(offer.sdp());
      return;
    }
    stopOfferLimit();
    connection = desk.seat(offer, socket);
    over = connection == null;
  }

  private void refuse(SignalCloseCode code, String sentence) {
    socket.refuse(code, sentence);
    finish();
  }

  private void finish() {
    over = true;
    stopOfferLimit();
  }

  private void stopOfferLimit() {
    if (offerLimit != null) {
      offerLimit.cancel(false);
    }
  }
}
