package dev.vitrine.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.Lifetimes;
import dev.vitrine.api.v1alpha1.RevisionShare;
import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.WarmPods;
import dev.vitrine.api.v1alpha1.WarmPods.Schedule;
import dev.vitrine.operator.placement.Pool;
import dev.vitrine.operator.placement.WarmTarget;
import dev.vitrine.operator.support.Key;
import dev.vitrine.operator.testing.Fixtures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WarmTargetsTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final Instant NIGHT = Instant.parse("2026-11-23T23:00:00Z");
  private static final Schedule DAY = new Schedule(List.of(), "08:00", "18:00", "UTC", 4, 2);
  private static final Schedule LUNCH = new Schedule(List.of(), "11:00", "13:00", "UTC", 1, 6);

  private static final Map<String, StreamClass> CLASSES =
      Map.of("cpu", Fixtures.streamClass("cpu", null));

  @Test
  void nothing_is_wanted_of_an_app_that_wants_nothing() {
    assertThat(WarmTargets.of(app(new WarmPods(0, 0, 5, List.of())), CLASSES, share(100), NOON))
        .isEmpty();
  }

  @Test
  void there_is_a_pool_on_each_class() {
    var targets = WarmTargets.of(app(new WarmPods(1, 2, 9, List.of())), CLASSES, share(100), NOON);
    var expected = target(1, 2, OptionalInt.of(9));
    assertThat(targets)
        .containsOnlyKeys(pool("cpu"), pool("gpu"))
        .containsEntry(pool("cpu"), expected);
  }

  @Test
  void a_pod_may_take_as_long_as_the_app_says_and_the_class_allows() {
    var app = app(new WarmPods(1, 0, null, List.of()));
    Fixtures.let(app, new Lifetimes(3600, 120, 20, 900, 28800, 60, 3600));
    var strict = Fixtures.strict(Fixtures.streamClass("cpu", null), 600, 60, 3600);
    var targets = WarmTargets.of(app, Map.of("cpu", strict), share(100), NOON);
    assertThat(targets.get(pool("cpu")).patience()).isEqualTo(Duration.ofMinutes(10));
    assertThat(targets.get(pool("gpu")).patience())
        .as("its class is gone for a while")
        .isEqualTo(Duration.ofHours(1));
  }

  @Test
  void hours_that_overlap_give_the_larger_of_each() {
    var warm = new WarmPods(1, 1, null, List.of(DAY, LUNCH));
    assertThat(WarmTargets.of(app(warm), CLASSES, share(100), NOON))
        .containsEntry(pool("cpu"), target(4, 6, OptionalInt.empty()));
    assertThat(WarmTargets.of(app(warm), CLASSES, share(100), NIGHT))
        .containsEntry(pool("cpu"), target(1, 1, OptionalInt.empty()));
  }

  @Test
  void hours_give_other_numbers_and_fewer_ones_too() {
    var warm = new WarmPods(9, 9, null, List.of(DAY));
    assertThat(WarmTargets.of(app(warm), CLASSES, share(100), NOON))
        .containsEntry(pool("cpu"), target(4, 2, OptionalInt.empty()));
    assertThat(WarmTargets.of(app(warm), CLASSES, share(100), NIGHT))
        .containsEntry(pool("cpu"), target(9, 9, OptionalInt.empty()));
  }

  @Test
  void a_small_share_has_a_pod_of_its_own() {
    var targets = WarmTargets.of(app(new WarmPods(0, 4, 10, List.of())), CLASSES, share(10), NOON);
    assertThat(targets).containsEntry(pool("cpu"), target(0, 1, OptionalInt.of(1)));
  }

  @Test
  void all_revisions_together_never_have_more_than_the_most() {
    assertThat(maxima(1, 50, 50)).containsExactly(1, 0);
    assertThat(maxima(1, 10, 90)).as("those who get most come first").containsExactly(0, 1);
    assertThat(maxima(10, 10, 90)).containsExactly(1, 9);
    assertThat(maxima(5, 33, 67)).containsExactly(1, 4);
  }

  @Test
  void the_next_change_is_the_first_of_all_hours() {
    var warm = new WarmPods(0, 0, null, List.of(DAY, LUNCH));
    var late = NOON.plusSeconds(3570);
    assertThat(WarmTargets.nextChange(warm, late)).contains(Instant.parse("2026-11-23T13:00:00Z"));
    assertThat(WarmTargets.nextChange(warm, NOON))
        .as("a clock that jumps is noticed")
        .contains(NOON.plusSeconds(60));
    assertThat(WarmTargets.nextChange(new WarmPods(1, 0, null, List.of()), NOON)).isEmpty();
  }

  @Test
  void a_time_zone_that_there_is_not_is_named() {
    var lost = new Schedule(List.of(), "08:00", "18:00", "Europe/Atlantis", 4, 2);
    assertThat(WarmTargets.problemIn(new WarmPods(0, 0, null, List.of(DAY, lost))))
        .contains(
            "spec.warm.schedules: there is no time zone Europe/Atlantis; write one such as"
                + " Europe/Berlin");
    assertThat(WarmTargets.problemIn(new WarmPods(0, 0, null, List.of(DAY)))).isEmpty();
  }

  private static WarmTarget target(int min, int targetIdle, OptionalInt max) {
    return new WarmTarget(min, targetIdle, max, Duration.ofSeconds(300), "");
  }

  private static List<Integer> maxima(int max, int newest, int oldest) {
    var targets =
        WarmTargets.of(
            app(new WarmPods(1, 4, max, List.of())),
            CLASSES,
            List.of(
                new RevisionShare("newest", null, newest),
                new RevisionShare("oldest", null, oldest)),
            NOON);
    return Stream.of("newest", "oldest")
        .map(name -> targets.get(new Pool(new Key("ns", "demo"), name, "cpu")))
        .map(target -> target.max().orElseThrow())
        .toList();
  }

  private static StreamingApp app(WarmPods warm) {
    var app = Fixtures.app(List.of(), null);
    Fixtures.want(app, warm);
    return app;
  }

  private static List<RevisionShare> share(int percent) {
    return List.of(new RevisionShare(Fixtures.REVISION, null, percent));
  }

  private static Pool pool(String streamClass) {
    return new Pool(new Key("ns", "demo"), Fixtures.REVISION, streamClass);
  }
}
