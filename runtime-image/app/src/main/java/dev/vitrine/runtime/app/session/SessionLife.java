package dev.vitrine.runtime.app.session;

import dev.vitrine.protocol.ConnectionReport;
import dev.vitrine.protocol.ConnectionState;
import dev.vitrine.protocol.EndReason;
import dev.vitrine.protocol.StageReport;
import dev.vitrine.protocol.ViewerReply;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what happened in one session, tells about every change, and ends the session when a
 * lifetime runs out. All calls come on the session's thread.
 */
public final class SessionLife {

  /** Why a session ended, and a sentence about it. */
  public record End(EndReason reason, String message) {}

  /** How long a viewer's connection may be untold, for its first picture to be told with it. */
  private static final Duration UNTIL_FIRST_FRAME = Duration.ofSeconds(1);

  /** A stage is opened in that time, mostly: its being opened and its being open are one news. */
  private static final Duration UNTIL_OPEN = Duration.ofSeconds(5);

  /** An end that comes so soon after a goodbye is told instead of it. */
  private static final Duration SOON = Duration.ofSeconds(30);

  private final ScheduledExecutorService session;
  private final SteadyClock clock;
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
  private @Nullable ScheduledFuture<?> untold;

  /**
   * A session that begins now.
   *
   * @param changed told how the session stands, after each change that others care about; at once,
   *     or a little later with what follows, because every report costs a write or two
   * @param nearing told when the viewer is to be warned of an end
   * @param ended told once when a lifetime has run out
   */
  public SessionLife(
      ScheduledExecutorService session,
      SteadyClock clock,
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
    become(facts.connected(clock.instant()));
    if (facts.firstFrameAt() == null) {
      tellWithin(UNTIL_FIRST_FRAME);
    } else {
      tell();
    }
  }

  /** The connection may come back by itself; what its page is told meanwhile arrives then. */
  public void interrupted() {
    if (facts.connectedAt() != null) {
      become(facts.disconnected(clock.instant(), false));
      tell();
    }
  }

  public void disconnected(boolean saidGoodbye) {
    // A connection that never stood leaves no window to come back: the connect time-out rules.
    if (facts.connectedAt() != null) {
      pageHears = false;
      warnedOf.clear();
      become(facts.disconnected(clock.instant(), saidGoodbye));
      if (!facts.saidGoodbye() || !endsSoon()) {
        tell();
      }
    }
  }

  /** From now on this page hears what it is told, until it is lost; told to another, it was not. */
  public void sawFirstFrame() {
    pageHears = true;
    warnedOf.clear();
    boolean first = facts.firstFrameAt() == null;
    become(facts.sawFrame(clock.instant()));
    if (first) {
      tell();
    }
  }

  /** Not worth a report: it comes with the next one. */
  public void gotInput() {
    become(facts.gotInput(clock.instant()));
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
    become(facts.extended(clock.instant()));
    tell();
    return new ViewerReply.Extended(
        rules.maximum(facts).orElseThrow().secondsLeft(clock.instant()));
  }

  /** The pod was told to stop: whoever would care has had it stopped. */
  public void stop(EndReason why) {
    become(facts.stopped(clock.instant(), why));
  }

  public void stageChanged(StageReport report) {
    if (end != null || report.equals(stage)) {
      return;
    }
    boolean trouble = !Objects.equals(report.error(), stage.error());
    stage = report;
    if (trouble) {
      tell();
    } else {
      tellWithin(UNTIL_OPEN);
    }
  }

  /**
   * The session is over. The first reason stands. The process's last word tells it; a report does
   * as well where that word may be gone with the pod, or where there is more to tell.
   */
  public void end(End over) {
    if (end == null) {
      boolean worthIt = untold != null || facts.stop() != null;
      forgetUntold();
      end = over;
      stopWatching();
      if (worthIt) {
        changed.accept(report());
      }
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

  private void become(SessionFacts now) {
    if (end == null) {
      facts = now;
      watchDeadline();
    }
  }

  private void tell() {
    if (end == null) {
      forgetUntold();
      changed.accept(report());
    }
  }

  /** Tells it then, unless something else is told before. */
  private void tellWithin(Duration limit) {
    if (untold == null || untold.getDelay(TimeUnit.NANOSECONDS) > limit.toNanos()) {
      forgetUntold();
      untold = session.schedule(this::tell, limit.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void forgetUntold() {
    if (untold != null) {
      untold.cancel(false);
      untold = null;
    }
  }

  private boolean endsSoon() {
    var soon = clock.instant().plus(SOON);
    return rules.deadlines(facts).stream().anyMatch(deadline -> !deadline.at().isAfter(soon));
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
