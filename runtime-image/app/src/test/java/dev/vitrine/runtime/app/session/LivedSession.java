package dev.vitrine.runtime.app.session;

import dev.vitrine.protocol.ConnectionReport;
import dev.vitrine.protocol.Lifetimes;
import dev.vitrine.protocol.StageReport;
import dev.vitrine.protocol.StageState;
import dev.vitrine.runtime.app.session.SessionLife.End;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The life of a session whose time passes when the test says so. */
abstract class LivedSession {

  static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  final TestTime time = new TestTime(START);
  final List<ConnectionReport> reports = new ArrayList<>();
  final List<Deadline> warnings = new ArrayList<>();
  final List<End> ends = new ArrayList<>();
  final SessionLife life =
      new SessionLife(
          time,
          new SteadyClock(InstantSource.fixed(START), time::nanos),
          new SessionRules(new Lifetimes(60, 20, 300, 1000, 30, 500, 1700), Duration.ofSeconds(45)),
          new StageReport("", StageState.READY, null),
          reports::add,
          warnings::add,
          ends::add);

  @AfterEach
  void stop() {
    time.shutdownNow();
  }

  /** Lets time pass until that second of the session, with input that comes often enough. */
  void busyUntil(int second) {
    var until = START.plusSeconds(second);
    while (time.instant().isBefore(until)) {
      life.gotInput();
      time.pass((int) Math.min(200, Duration.between(time.instant(), until).toSeconds()));
    }
  }

  void watch() {
    life.connected("webrtc-java", "VP8");
    life.sawFirstFrame();
  }
}
