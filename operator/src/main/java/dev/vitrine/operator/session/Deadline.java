package dev.vitrine.operator.session;

import dev.vitrine.api.v1alpha1.Connection;
import dev.vitrine.api.v1alpha1.EndReason;
import dev.vitrine.api.v1alpha1.Lifetimes;
import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.operator.support.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When the control plane steps in because a runtime should have ended its session by itself: half a
 * minute after the runtime's own deadline.
 */
record Deadline(Instant at, EndReason reason) {

  static final Duration GRACE = Duration.ofSeconds(30);

  /**
   * The first deadline of an assigned session.
   *
   * @param streamClass the session's, which says how far it may be extended
   */
  static Deadline first(
      Instant assignedAt,
      Lifetimes lifetimes,
      Optional<StreamClass> streamClass,
      Optional<Connection> connection) {
    return Stream.of(
            Optional.of(maximum(assignedAt, lifetimes, streamClass, connection)),
            connect(assignedAt, lifetimes, connection),
            connection.flatMap(known -> reconnect(lifetimes, known)),
            connection.flatMap(known -> idle(lifetimes, known)))
        .flatMap(Optional::stream)
        .min(Comparator.comparing(Deadline::at))
        .orElseThrow();
  }

  /** When the runtime says, which knows of extensions; at the latest when the class says. */
  private static Deadline maximum(
      Instant assignedAt,
      Lifetimes lifetimes,
      Optional<StreamClass> streamClass,
      Optional<Connection> connection) {
    var planned = assignedAt.plusSeconds(lifetimes.maxSeconds());
    var latest =
        streamClass
            .map(known -> assignedAt.plusSeconds(known.getSpec().lifetimes().maxSeconds()))
            .orElse(planned);
    var said = connection.flatMap(known -> Times.parse(known.endsAt())).orElse(planned);
    return after(said.isBefore(latest) ? said : latest, 0, EndReason.MaxDuration);
  }

  private static Optional<Deadline> connect(
      Instant assignedAt, Lifetimes lifetimes, Optional<Connection> connection) {
    return connection.filter(known -> known.connectedAt() != null).isPresent()
        ? Optional.empty()
        : Optional.of(after(assignedAt, lifetimes.connectSeconds(), EndReason.ConnectTimeout));
  }

  private static Optional<Deadline> reconnect(Lifetimes lifetimes, Connection connection) {
    return connection.state() == Connection.State.Disconnected
        ? Times.parse(connection.disconnectedAt())
            .map(lost -> after(lost, lifetimes.reconnectSeconds(), EndReason.ReconnectTimeout))
        : Optional.empty();
  }

  private static Optional<Deadline> idle(Lifetimes lifetimes, Connection connection) {
    return connection.state() == Connection.State.Connected
        ? Times.parse(connection.lastInputAt())
            .or(() -> Times.parse(connection.connectedAt()))
            .map(input -> after(input, lifetimes.idleSeconds(), EndReason.IdleTimeout))
        : Optional.empty();
  }

  private static Deadline after(Instant start, int seconds, EndReason reason) {
    return new Deadline(start.plusSeconds(seconds).plus(GRACE), reason);
  }
}
