package dev.vitrine.runtime.app.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Time that passes when the test says so. */
final class TestTime extends ScheduledThreadPoolExecutor {

  private final List<Alarm> alarms = new ArrayList<>();
  private final Instant start;
  private Instant now;

  TestTime(Instant start) {
    super(0);
    this.start = start;
    now = start;
  }

  Instant instant() {
    return now;
  }

  long nanos() {
    return Duration.between(start, now).toNanos();
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
    var alarm = new Alarm(task, now.plusNanos(unit.toNanos(delay)), this);
    alarms.add(alarm);
    return alarm;
  }

  void pass(int seconds) {
    var until = now.plusSeconds(seconds);
    for (var next = next(until); next != null; next = next(until)) {
      now = next.at;
      next.run();
    }
    now = until;
  }

  private Alarm next(Instant until) {
    alarms.removeIf(Alarm::isDone);
    return alarms.stream()
        .filter(alarm -> !alarm.at.isAfter(until))
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private static final class Alarm extends FutureTask<Void> implements ScheduledFuture<Void> {

    private final Instant at;
    private final TestTime time;

    Alarm(Runnable task, Instant at, TestTime time) {
      super(task, null);
      this.at = at;
      this.time = time;
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(Duration.between(time.instant(), at));
    }

    @Override
    public int compareTo(Delayed other) {
      return at.compareTo(((Alarm) other).at);
    }
  }
}
