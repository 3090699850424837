package dev.vitrine.operator.gateway.signal;

import dev.vitrine.operator.metrics.Metric;
import dev.vitrine.operator.trace.SessionTraces;
import dev.vitrine.protocol.SignalCloseCode;
import io.prometheus.client.Collector;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts signalling sockets, and how setting them up went; which the session's trace tells, too.
 */
public final class SignalMeter {

  private static final String JOINED = "Joined";
  private static final String UNREACHABLE = "Unreachable";
  private static final String ABANDONED = "Abandoned";
  private static final double NANOS = 1e9;

  private final Histogram setups = Metric.SIGNAL_SETUP.histogram();
  private final Gauge sockets = Metric.SIGNAL_SOCKETS.gauge();
  private final SessionTraces traces;
  private final InstantSource clock;

  public SignalMeter(SessionTraces traces, InstantSource clock) {
    this.traces = traces;
    this.clock = clock;
    List.of(JOINED, UNREACHABLE, ABANDONED).forEach(setups::labels);
    for (var code : SignalCloseCode.values()) {
      setups.labels(code.word());
    }
  }

  public List<Collector> collectors() {
    return List.of(setups, sockets);
  }

  /** A browser's socket was opened. */
  SetUp begin() {
    sockets.inc();
    return new SetUp(clock.instant());
  }

  /** One socket, on its way to a pod. Only the first outcome counts. Used on one event loop. */
  final class SetUp {

    private final Instant began;
    private final SessionTraces.Doing doing = traces.begin("signal");
    private Optional<String> session = Optional.empty();
    private boolean over;

    private SetUp(Instant began) {
      this.began = began;
    }

    /**
     * The token is good.
     *
     * @param sessionUid of the session that it is for
     */
    void isFor(String sessionUid) {
      session = Optional.of(sessionUid);
    }

    /** The pod has the other end. */
    void joined() {
      end(JOINED);
    }

    /** The pod's end could not be had. */
    void unreachable() {
      end(UNREACHABLE);
    }

    /** The browser was sent away. */
    void refused(SignalCloseCode code) {
      end(code.word());
    }

    /** The browser's socket is closed, by whomever. */
    void closed() {
      sockets.dec();
      end(ABANDONED);
    }

    private void end(String outcome) {
      if (!over) {
        over = true;
        var took = Duration.between(began, clock.instant());
        session.ifPresent(uid -> doing.done(uid, Map.of("vitrine.outcome", outcome)));
        setups.labels(outcome).observe(Math.max(0, took.toNanos() / NANOS));
      }
    }
  }
}
