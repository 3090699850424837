package dev.vitrine.runtime.app.viewer;

import dev.vitrine.protocol.EndReason;
import dev.vitrine.protocol.SignalCloseCode;
import dev.vitrine.protocol.SignalMessage;
import dev.vitrine.protocol.ViewerReply;
import dev.vitrine.runtime.stream.TransportFactory;
import dev.vitrine.runtime.stream.TransportOptions;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Receives browsers and seats one of them. All of its state belongs to the session's thread, to
 * which sockets and connections hand their events.
 */
public final class ViewerDesk implements Reception {

  private final ScheduledExecutorService session;
  private final Entrance entrance;
  private final TransportFactory transports;
  private final Supplier<TransportOptions> options;
  private final Conversation.Partner partner;
  private final ViewerListener listener;
  private final Seat seat;
  private @Nullable Connection current;
  private @Nullable Connection last;
  private @Nullable String viewer; // who was connected last, by their secret
  private Optional<Entrance.Refusal> closed = Optional.empty();

  /**
   * @param session the session's one thread
   * @param options how the next connection is to be made
   * @param seatRule who may sit down after the first viewer has left
   * @param secrets gives a new unguessable word each time
   */
  public ViewerDesk(
      ScheduledExecutorService session,
      Entrance entrance,
      SeatRule seatRule,
      Supplier<String> secrets,
      TransportFactory transports,
      Supplier<TransportOptions> options,
      Conversation.Partner partner,
      ViewerListener listener) {
    this.session = session;
    this.entrance = entrance;
    this.seat = new Seat(seatRule, secrets);
    this.transports = transports;
    this.options = options;
    this.partner = partner;
    this.listener = listener;
  }

  @Override
  public SignalHandler enter(SignalSocket socket, Optional<String> token) {
    var visit = new Visit(socket, this, session);
    session.execute(
        () ->
            closed
                .or(() -> entrance.refusalOf(token))
                .ifPresentOrElse(visit::refuse, visit::begin));
    return visit;
  }

  /** Takes leave of whoever is there and lets nobody in any more. Session's thread. */
  public void close(EndReason reason, String sentence) {
    if (closed.isPresent()) {
      return;
    }
    closed = Optional.of(new Entrance.Refusal(SignalCloseCode.SESSION_ENDED, sentence));
    var watching = current;
    current = null;
    if (watching != null) {
      watching.tell(new ViewerReply.Ended(reason, sentence));
      watching.end(SignalMessage.Bye.ended(reason, sentence));
    }
  }

  /** Tells the viewer, if there is one. Session's thread. */
  public void tell(ViewerReply reply) {
    var connection = current;
    if (connection != null) {
      connection.tell(reply);
    }
  }

  /** Seats whoever made this offer, or says on its socket why not; null for the latter. */
  @Nullable Connection seat(SignalMessage.Offer offer, SignalSocket socket) {
    if (closed.isPresent()) {
      socket.refuse(closed.get().code(), closed.get().sentence());
      return null;
    }
    return switch (seat.ask(offer.resume())) {
      case Seat.Admission.Refused(var sentence) -> {
        socket.refuse(SignalCloseCode.SESSION_IN_USE, sentence);
        yield null;
      }
      case Seat.Admission.Granted(var secret) -> {
        replaceCurrent();
        var connection = new Connection(this, session, socket, secret, partner);
        current = connection;
        connection.start(transports, options.get(), offer.sdp());
        yield connection;
      }
    };
  }

  private void replaceCurrent() {
    var older = current;
    current = null;
    if (older != null) {
      older.end(SignalMessage.Bye.replaced("The stream goes on in another window."));
    }
  }

  void connected(Connection connection) {
    if (connection == current) {
      seat.sitDown();
      if (!connection.secret().equals(viewer)) {
        viewer = connection.secret();
        listener.onNewViewer();
      }
      listener.onConnected(connection.transport(), connection.codec());
    }
  }

  /** The connection is interrupted, and may come back by itself. */
  void interrupted(Connection connection) {
    if (connection == current) {
      seat.leave();
      listener.onInterrupted();
    }
  }

  void gone(Connection connection, boolean saidGoodbye) {
    if (connection == current) {
      current = null;
      last = connection;
      seat.leave();
      listener.onDisconnected(saidGoodbye);
    } else if (connection == last && saidGoodbye && current == null) {
      // The word came after the end of what it was about.
      listener.onDisconnected(true);
    }
  }

  void sawFirstFrame(Connection connection) {
    if (connection == current) {
      listener.onFirstFrame();
    }
  }

  void extend(Connection connection, Consumer<ViewerReply> asker) {
    if (connection == current) {
      asker.accept(listener.onExtend());
    }
  }

  void gotMessage(Connection connection) {
    if (connection == current) {
      listener.onMessage();
    }
  }

  void gotInput(Connection connection) {
    if (connection == current) {
      listener.onInput();
    }
  }
}
