package dev.vitrine.operator.app;

import dev.vitrine.api.v1alpha1.RevisionShare;
import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.WarmPods;
import dev.vitrine.operator.placement.Pool;
import dev.vitrine.operator.placement.WarmTarget;
import dev.vitrine.operator.support.Key;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an app wants of its pools at a time: its numbers, those of its schedules, by share. */
final class WarmTargets {

  /** A clock that jumps is noticed within that time: timers do not jump with it. */
  private static final Duration GLANCE = Duration.ofMinutes(1);

  /** An idle pod is ready later than it could serve, so that it has this time in any case. */
  private static final Duration FIRST_PICTURE = Duration.ofMinutes(5);

  private WarmTargets() {}

  /** A sentence on the first schedule that cannot be; empty if all can. */
  static Optional<String> problemIn(WarmPods warm) {
    return warm.schedules().stream()
        .map(WarmPods.Schedule::timeZone)
        .filter(WarmTargets::isUnknown)
        .findFirst()
        .map(
            zone ->
                "spec.warm.schedules: there is no time zone %s; write one such as Europe/Berlin"
                    .formatted(zone));
  }

  /**
   * Every pool that is to have idle pods, whatever they are made of.
   *
   * @param classes those of the app's classes that exist, by name
   */
  static Map<Pool, WarmTarget> of(
      StreamingApp app, Map<String, StreamClass> classes, List<RevisionShare> shares, Instant now) {
    var warm = app.getSpec().warm();
    var running = possible(warm).filter(it -> new ScheduleHours(it).contain(now)).toList();
    var min = running.stream().mapToInt(WarmPods.Schedule::min).max().orElse(warm.min());
    var targetIdle =
        running.stream().mapToInt(WarmPods.Schedule::targetIdle).max().orElse(warm.targetIdle());
    var targets = new HashMap<Pool, WarmTarget>();
    if (min == 0 && targetIdle == 0) {
      return targets;
    }
    var before = 0;
    for (var share : largestFirst(shares)) {
      for (var name : app.getSpec().classes()) {
        targets.put(
            new Pool(Key.of(app), share.name(), name),
            new WarmTarget(
                part(min, share.percent()),
                part(targetIdle, share.percent()),
                max(warm.max(), before, share.percent()),
                patience(app, Optional.ofNullable(classes.get(name))),
                ""));
      }
      before += share.percent();
    }
    return targets;
  }

  /**
   * When a schedule begins or ends next, or might have, if somebody sets the clock: in a minute at
   * the latest; empty without schedules.
   */
  static Optional<Instant> nextChange(WarmPods warm, Instant now) {
    return possible(warm)
        .map(schedule -> new ScheduleHours(schedule).nextChange(now))
        .map(change -> change.isBefore(now.plus(GLANCE)) ? change : now.plus(GLANCE))
        .min(Instant::compareTo);
  }

  /** Of the others {@link #problemIn} tells. */
  private static Stream<WarmPods.Schedule> possible(WarmPods warm) {
    return warm.schedules().stream().filter(schedule -> !isUnknown(schedule.timeZone()));
  }

  /** Where a bound cannot be parted, those who get most sessions come first. */
  private static List<RevisionShare> largestFirst(List<RevisionShare> shares) {
    return shares.stream()
        .sorted(Comparator.comparingInt(RevisionShare::percent).reversed())
        .toList();
  }

  private static Duration patience(StreamingApp app, Optional<StreamClass> streamClass) {
    var wanted = app.getSpec().lifetimes();
    var allowed = streamClass.map(it -> it.getSpec().lifetimes().limit(wanted)).orElse(wanted);
    var serving = Duration.ofSeconds(allowed.startSeconds());
    return serving.compareTo(FIRST_PICTURE) < 0 ? FIRST_PICTURE : serving;
  }

  /** What is left after those with {@code before} percent: all together never exceed it. */
  private static OptionalInt max(@Nullable Integer max, int before, int percent) {
    return max == null
        ? OptionalInt.empty()
        : OptionalInt.of(part(max, before + percent) - part(max, before));
  }

  /** Rounded up: a revision that gets sessions at all has a warm pod, if the bound allows. */
  private static int part(int number, int percent) {
    return Math.ceilDiv(number * percent, 100);
  }

  private static boolean isUnknown(String zone) {
    try {
      return !ZoneId.of(zone).getId().equals(zone);
    } catch (DateTimeException e) {
      return true;
    }
  }
}
