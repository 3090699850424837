package dev.vitrine.runtime.app.session;

import dev.vitrine.protocol.ConnectionReport;
import dev.vitrine.protocol.ConnectionState;
import dev.vitrine.protocol.EndReason;
import dev.vitrine.protocol.StageReport;
import dev.vitrine.protocol.ViewerReply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what happened in one session, tells about every change, and ends the session when a
 * lifetime runs out. All calls come on the session's thread.
 */
public final class SessionLife {

  /** Why a session ended, and a sentence about it. */
  public record End(EndReason reason, String message) {}

  private final ScheduledExecutorService session;
  private final InstantSource clock;
  private final SessionRules rules;
  private final Consumer<ConnectionReport> changed;
  private final Consumer<Deadline> nearing;
  private final Consumer<End> ended;
  private final Set<Deadline> warnedOf = new HashSet<>();
  private SessionFacts facts;
  private StageReport stage;
  private @Nullable String transport;
  private @Nullable String codec;
  private boolean pageHears;
  private @Nullable End end;
  private @Nullable ScheduledFuture<?> timer;

  /**
   * A session that begins now.
   *
   * @param changed told how the session stands, after each change that others care about
   * @param nearing told when the viewer is to be warned of an end
   * @param ended told once when a lifetime has run out
   */
  public SessionLife(
      ScheduledExecutorService session,
      InstantSource clock,
      SessionRules rules,
      StageReport stage,
      Consumer<ConnectionReport> changed,
      Consumer<Deadline> nearing,
      Consumer<End> ended) {
    this.session = session;
    this.clock = clock;
    this.rules = rules;
    this.stage = stage;
    this.changed = changed;
    this.nearing = nearing;
    this.ended = ended;
    this.facts = SessionFacts.assigned(clock.instant());
    watchDeadline();
  }

  public void connected(String transportName, String codecName) {
    transport = transportName;
    codec = codecName;
    happened(now -> now.connected(clock.instant()));
  }

  public void disconnected(boolean saidGoodbye) {
    // A connection that never stood leaves no window to come back: the connect time-out rules.
    if (facts.connectedAt() != null) {
      pageHears = false;
      warnedOf.clear();
      happened(now -> now.disconnected(clock.instant(), saidGoodbye));
    }
  }

  /** From now on the page hears what it is told, until it is lost. */
  public void sawFirstFrame() {
    pageHears = true;
    if (facts.firstFrameAt() == null) {
      happened(now -> now.sawFrame(clock.instant()));
    } else {
      watchDeadline();
    }
  }

  /** Not worth a report: it comes with the next one. */
  public void gotInput() {
    facts = facts.gotInput(clock.instant());
    watchDeadline();
  }

  /**
   * The viewer would like to stay beyond the session's longest duration. Only who was warned of its
   * end can: nobody takes hours in advance.
   */
  public ViewerReply.ExtensionReply extend() {
    var obstacle = obstacleToExtension();
    if (obstacle.isPresent()) {
      return new ViewerReply.NotExtended(obstacle.get());
    }
    happened(now -> now.extended(clock.instant()));
    return new ViewerReply.Extended(
        rules.maximum(facts).orElseThrow().secondsLeft(clock.instant()));
  }

  /** The pod was told to stop. */
  public void stop(EndReason why) {
    happened(now -> now.stopped(clock.instant(), why));
  }

  public void stageChanged(StageReport report) {
    if (!report.equals(stage)) {
      stage = report;
      changed.accept(report());
    }
  }

  /** The session is over. The first reason stands. */
  public void end(End over) {
    if (end == null) {
      end = over;
      stopWatching();
      changed.accept(report());
    }
  }

  /** How the session stands. */
  public ConnectionReport report() {
    var over = end;
    return new ConnectionReport(
        state(),
        facts.connectedAt(),
        facts.firstFrameAt(),
        facts.disconnectedAt(),
        facts.lastInputAt(),
        over == null ? rules.maximum(facts).map(Deadline::at).orElse(null) : null,
        transport,
        codec,
        over == null ? null : over.reason(),
        over == null ? null : over.message(),
        stage);
  }

  private ConnectionState state() {
    if (end != null) {
      return ConnectionState.ENDED;
    }
    if (facts.connectedAt() == null) {
      return ConnectionState.WAITING;
    }
    return facts.isConnected() ? ConnectionState.CONNECTED : ConnectionState.DISCONNECTED;
  }

  private Optional<String> obstacleToExtension() {
    if (end != null) {
      return Optional.of("The session has ended.");
    }
    return rules
        .obstacleToExtension(facts)
        .or(
            () ->
                rules.maximum(facts).filter(warnedOf::contains).isPresent()
                    ? Optional.empty()
                    : Optional.of(
                        "The session's end is not near; extend it once its warning has come."));
  }

  private void happened(UnaryOperator<SessionFacts> change) {
    if (end == null) {
      facts = change.apply(facts);
      changed.accept(report());
      watchDeadline();
    }
  }

  private void watchDeadline() {
    stopWatching();
    if (end == null) {
      var deadlines = rules.deadlines(facts);
      warnedOf.retainAll(deadlines);
      timer =
          deadlines.stream()
              .map(this::nextStep)
              .min(Comparator.naturalOrder())
              .map(at -> session.schedule(this::check, nanosUntil(at), TimeUnit.NANOSECONDS))
              .orElse(null);
    }
  }

  private Instant nextStep(Deadline deadline) {
    return pageHears && !warnedOf.contains(deadline) ? deadline.warnAt() : deadline.at();
  }

  private void check() {
    var now = clock.instant();
    rules.deadlines(facts).stream()
        .filter(deadline -> !now.isBefore(nextStep(deadline)))
        .min(Comparator.comparing(Deadline::at))
        .ifPresentOrElse(due -> take(due, now), this::watchDeadline);
  }

  private void take(Deadline due, Instant now) {
    if (!now.isBefore(due.at())) {
      ended.accept(new End(due.reason(), due.message()));
      return;
    }
    warnedOf.add(due);
    watchDeadline();
    nearing.accept(due);
  }

  private long nanosUntil(Instant at) {
    return Math.max(0, Duration.between(clock.instant(), at).toNanos());
  }

  private void stopWatching() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}
