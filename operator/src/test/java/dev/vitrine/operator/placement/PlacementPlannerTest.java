package dev.vitrine.operator.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.operator.placement.PlacementPlan.Claim;
import dev.vitrine.operator.placement.PlacementPlan.Preemption;
import dev.vitrine.operator.placement.PlacementView.AppUser;
import dev.vitrine.operator.queue.Held;
import dev.vitrine.operator.support.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PlacementPlannerTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Key APP = new Key("ns", "demo");
  private static final Pool POOL = new Pool(APP, "demo-1", "cpu");
  private static final Optional<String> NODE = Optional.of("node");
  private static final Duration PATIENCE = Duration.ofSeconds(300);
  private static final Instant UNTIL = START.plusSeconds(900);
  private static final Pool OTHER = new Pool(new Key("other", "app"), "app-1", "cpu");

  private final List<PodRequest> waiting = new ArrayList<>();
  private final List<PodCard> idle = new ArrayList<>();
  private final Map<Pool, WarmTarget> targets = new HashMap<>();
  private final Map<Pool, Replacements.Later> replacedLater = new HashMap<>();
  private final Map<Pool, Instant> pauses = new HashMap<>();
  private final Map<Pool, Integer> inUse = new HashMap<>();
  private final Map<Pool, Integer> refills = new HashMap<>();
  private final Set<Key> heard = new HashSet<>(Set.of(APP, OTHER.app()));
  private final List<PodCard> idleElsewhere = new ArrayList<>();
  private int starting;
  private String template = "now";
  private Optional<Instant> hopelessFrom = Optional.empty();
  private final List<PodCard> stuck = new ArrayList<>();
  private final Map<String, Aid> aids = new HashMap<>();
  private final Map<String, Postponement> postponed = new HashMap<>();
  private final List<PodCard> going = new ArrayList<>();
  private final List<PodCard> outranked = new ArrayList<>();
  private int maxPending = 2;
  private boolean lacksRoom = true;
  private Map<Key, Integer> heldByApp = Map.of();
  private Map<AppUser, Integer> heldByAppUser = Map.of();
  private Set<String> full = Set.of();
  private Set<String> tight = Set.of();
  private Set<String> trying = Set.of();
  private Set<String> awaited = Set.of();
  private Set<String> cordoned = Set.of();
  private Instant now = START;

  @Test
  void an_idle_pod_is_claimed_the_ready_and_oldest_first() {
    idle("young", POOL, PodCard.State.READY, 9);
    idle("starting", POOL, PodCard.State.STARTING, 1);
    idle("old", POOL, PodCard.State.READY, 5);
    wants("a", POOL);
    wants("b", POOL);
    wants("c", POOL);
    target(POOL, 0, 3);
    assertThat(plan().claims())
        .extracting(claim -> claim.request().uid() + "=" + claim.pod().uid())
        .containsExactly("a=old", "b=young", "c=starting");
  }

  @Test
  void a_pod_of_another_pool_is_not_claimed() {
    idle("theirs", OTHER, PodCard.State.READY, 1);
    target(OTHER, 0, 1);
    wants("a", POOL);
    assertThat(plan().claims()).isEmpty();
    assertThat(plan().starts()).extracting(PodRequest::uid).containsExactly("a");
  }

  @Test
  void a_session_that_needs_an_environment_of_its_own_takes_no_idle_pod() {
    idle("warm", POOL, PodCard.State.READY, 1);
    target(POOL, 0, 1);
    waiting.add(request("a", POOL, "", false, OptionalInt.empty(), OptionalInt.empty()));
    assertThat(plan().claims()).isEmpty();
    assertThat(plan().starts()).hasSize(1);
  }

  @Test
  void an_idle_pod_that_has_ended_goes_and_another_one_is_made() {
    idle("crashed", POOL, PodCard.State.OVER, 1);
    target(POOL, 0, 1);
    assertThat(plan().dismissals()).extracting(PodCard::uid).containsExactly("crashed");
    assertThat(plan().refills()).containsExactly(POOL);
    wants("a", POOL);
    assertThat(plan().claims()).isEmpty();
  }

  @Test
  void a_cordoned_node_gets_no_claims_and_its_idle_pods_go() {
    idle("there", POOL, PodCard.State.READY, 1);
    target(POOL, 0, 1);
    cordoned = Set.of("node");
    wants("a", POOL);
    assertThat(plan().claims()).isEmpty();
    assertThat(plan().dismissals()).extracting(PodCard::uid).containsExactly("there");
  }

  @Test
  void no_more_pods_are_started_than_the_class_allows_and_the_rest_stands_in_line() {
    starting = 1;
    wants("a", POOL);
    wants("b", POOL);
    wants("c", POOL);
    var plan = plan();
    assertThat(plan.starts()).extracting(PodRequest::uid).containsExactly("a");
    assertThat(plan.inLine().values()).extracting(Placement.InLine::place).containsExactly(1, 2);
    assertThat(plan.inLine().values())
        .extracting(Placement.InLine::message)
        .containsOnly(
            "StreamClass cpu is starting as many pods as its spec.maxPendingPods allows (2)");
  }

  @Test
  void an_app_that_is_full_keeps_its_own_waiting_and_nobody_else() {
    heldByApp = Map.of(APP, 1);
    waiting.add(request("a", POOL, "", true, OptionalInt.of(1), OptionalInt.empty()));
    wants("b", OTHER);
    var plan = plan();
    assertThat(plan.starts()).extracting(PodRequest::uid).containsExactly("b");
    assertThat(plan.inLine().values())
        .extracting(Placement.InLine::message)
        .containsExactly(
            "StreamingApp demo has as many sessions as its spec.limits.sessions allows (1)");
  }

  @Test
  void a_limit_counts_what_this_very_round_gives() {
    waiting.add(request("a", POOL, "", true, OptionalInt.of(1), OptionalInt.empty()));
    waiting.add(request("b", POOL, "", true, OptionalInt.of(1), OptionalInt.empty()));
    assertThat(plan().starts()).extracting(PodRequest::uid).containsExactly("a");
  }

  @Test
  void a_users_limit_is_the_users_own() {
    heldByAppUser = Map.of(new AppUser(APP, "eve"), 1);
    waiting.add(request("a", POOL, "eve", true, OptionalInt.empty(), OptionalInt.of(1)));
    waiting.add(request("b", POOL, "bob", true, OptionalInt.empty(), OptionalInt.of(1)));
    var plan = plan();
    assertThat(plan.starts()).extracting(PodRequest::uid).containsExactly("b");
    assertThat(plan.inLine()).hasSize(1);
  }

  @Test
  void a_namespace_with_a_full_quota_waits_but_may_take_idle_pods() {
    full = Set.of("ns");
    idle("warm", POOL, PodCard.State.READY, 1);
    target(POOL, 0, 1);
    wants("a", POOL);
    wants("b", POOL);
    var plan = plan();
    assertThat(plan.claims())
        .extracting(Claim::pod)
        .extracting(PodCard::uid)
        .containsExactly("warm");
    assertThat(plan.inLine().values())
        .extracting(Placement.InLine::message)
        .containsExactly("The quota of its namespace has no room for another pod");
    assertThat(plan.refills()).isEmpty();
  }

  @Test
  void where_a_quota_was_full_a_moment_ago_the_first_in_line_tries_alone() {
    tight = Set.of("ns");
    target(POOL, 0, 1);
    wants("a", POOL);
    waiting.add(request("high", POOL, 5, OptionalInt.empty()));
    var plan = plan();
    assertThat(plan.starts()).extracting(PodRequest::uid).containsExactly("high");
    assertThat(plan.inLine()).hasSize(1);
    assertThat(plan.refills()).isEmpty();
    trying = Set.of("ns");
    assertThat(plan().starts()).isEmpty();
  }

  @Test
  void a_pool_is_filled_but_what_is_claimed_is_not_replaced_in_the_same_round() {
    idle("warm", POOL, PodCard.State.READY, 1);
    target(POOL, 0, 2);
    wants("a", POOL);
    assertThat(plan().refills()).containsExactly(POOL);
    refills.put(POOL, 1);
    assertThat(plan().refills()).isEmpty();
  }

  @Test
  void idle_pods_are_started_within_the_bound_of_the_class_too() {
    target(POOL, 0, 5);
    assertThat(plan().refills()).hasSize(2);
  }

  @Test
  void a_pool_that_has_too_many_loses_those_that_can_serve_last() {
    idle("ready", POOL, PodCard.State.READY, 1);
    idle("newer", POOL, PodCard.State.READY, 2);
    idle("starting", POOL, PodCard.State.STARTING, 3);
    target(POOL, 0, 1);
    assertThat(plan().dismissals())
        .extracting(PodCard::uid)
        .containsExactlyInAnyOrder("newer", "starting");
  }

  @Test
  void a_pool_that_nobody_wants_is_emptied_but_not_before_its_app_was_heard() {
    idle("left", POOL, PodCard.State.READY, 1);
    heard.clear();
    assertThat(plan().dismissals()).isEmpty();
    heard.add(APP);
    assertThat(plan().dismissals()).hasSize(1);
  }

  @Test
  void idle_pods_yield_to_sessions_of_others_that_find_no_node() {
    idle("one", OTHER, PodCard.State.READY, 1);
    idle("two", OTHER, PodCard.State.READY, 2);
    target(OTHER, 0, 3);
    stuck("s", 0);
    var plan = plan();
    assertThat(plan.dismissals()).extracting(PodCard::uid).containsExactly("two");
    assertThat(plan.refills()).as("sessions come first").isEmpty();
    assertThat(aided(plan)).containsExactly("two for s");
    aids.put("s", new Aid("two", true, false, START.plusSeconds(60)));
    assertThat(plan().dismissals()).as("it is being helped").isEmpty();
    now = START.plusSeconds(60);
    assertThat(plan().dismissals()).as("it has been helped once").isEmpty();
    going.add(served("leaving", OTHER, "l", 0, 1, NODE));
    assertThat(aided(plan())).as("that one goes anyway").containsExactly("leaving for s");
  }

  @Test
  void a_pod_that_no_node_will_ever_take_empties_no_pool_and_stops_no_class() {
    for (var i = 0; i < 2; i++) {
      stuck("typo-" + i, 0);
      aids.put("typo-" + i, new Aid("gone", true, false, START.plusSeconds(30)));
    }
    starting = 2;
    idle("left", OTHER, PodCard.State.READY, 1);
    target(OTHER, 0, 3);
    wants("another", POOL);
    waiting.add(request("others", OTHER, "", false, OptionalInt.empty(), OptionalInt.empty()));
    now = START.plusSeconds(59);
    assertThat(plan().starts()).isEmpty();
    assertThat(plan().refills()).isEmpty();
    assertThat(plan().lookAgainAt()).contains(START.plusSeconds(60));
    now = START.plusSeconds(60);
    var plan = plan();
    assertThat(plan.dismissals()).isEmpty();
    assertThat(plan.starts()).extracting(PodRequest::uid).containsExactly("others");
    assertThat(plan.refills()).as("as many as the class may start").containsExactly(OTHER);
    assertThat(plan.inLine().values())
        .as("its like are held up")
        .extracting(Placement.InLine::message)
        .containsExactly(
            "No node takes 2 pods like its own, and StreamClass cpu lets no more of them wait"
                + " (spec.maxPendingPods is 2)");
    assertThat(plan.lookAgainAt()).isEmpty();
  }

  @Test
  void for_a_pod_that_no_room_would_help_nobody_goes_and_nothing_waits() {
    lacksRoom = false;
    stuck("typo", 5);
    starting = 2;
    idle("idle", OTHER, PodCard.State.READY, 1);
    outranked.add(served("low", OTHER, "l", 0, 1, NODE));
    target(OTHER, 0, 2);
    var plan = plan();
    assertThat(plan.dismissals()).isEmpty();
    assertThat(plan.preemptions()).isEmpty();
    assertThat(plan.refills()).containsExactly(OTHER);
  }

  @Test
  void room_that_is_being_made_is_not_refilled_however_long_the_session_has_been_stuck() {
    stuck("s", 0);
    target(OTHER, 0, 1);
    now = START.plusSeconds(600);
    aids.put("s", new Aid("gone", true, false, now.plusSeconds(1)));
    assertThat(plan().refills()).isEmpty();
    now = now.plusSeconds(1);
    assertThat(plan().refills()).containsExactly(OTHER);
  }

  @Test
  void a_pool_whose_pods_find_no_node_gets_no_more_of_them_and_holds_up_no_other_pool() {
    idle("one", POOL, PodCard.State.STUCK, 1, Optional.empty());
    idle("two", POOL, PodCard.State.STUCK, 1, Optional.empty());
    starting = 2;
    target(POOL, 0, 9);
    target(OTHER, 0, 1);
    assertThat(plan().refills()).isEmpty();
    now = START.plusSeconds(61);
    assertThat(plan().refills()).containsExactly(OTHER);
  }

  @Test
  void what_was_claimed_a_moment_ago_is_not_replaced_yet_and_all_else_is() {
    target(POOL, 0, 3);
    replacedLater.put(POOL, new Replacements.Later(2, START.plusSeconds(1)));
    assertThat(plan().refills()).containsExactly(POOL);
    assertThat(plan().lookAgainAt()).contains(START.plusSeconds(1));
  }

  @Test
  void a_pool_whose_idle_pods_end_by_themselves_is_left_alone_for_a_while() {
    target(POOL, 0, 1);
    pauses.put(POOL, START.plusSeconds(10));
    assertThat(plan().refills()).isEmpty();
    assertThat(plan().lookAgainAt()).contains(START.plusSeconds(10));
    now = START.plusSeconds(10);
    assertThat(plan().refills()).containsExactly(POOL);
    assertThat(plan().lookAgainAt()).isEmpty();
  }

  @Test
  void a_session_whose_pod_was_not_taken_waits_for_its_turn_in_the_api_servers_words() {
    idle("warm", POOL, PodCard.State.READY, 1);
    target(POOL, 0, 1);
    wants("a", POOL);
    postponed.put(
        "a", new Postponement(Duration.ofSeconds(2), START.plusSeconds(2), "webhook failed"));
    assertThat(plan().claims()).isEmpty();
    assertThat(plan().starts()).isEmpty();
    assertThat(plan().inLine().values())
        .extracting(Placement.InLine::message)
        .containsExactly("The API server did not take its pod so far: webhook failed");
    now = START.plusSeconds(2);
    assertThat(plan().claims()).hasSize(1);
  }

  @Test
  void whom_an_idle_pod_has_not_helped_a_session_may_end_for() {
    idle("idle", OTHER, PodCard.State.READY, 1);
    target(OTHER, 0, 1);
    outranked.add(served("low", OTHER, "l", 0, 1, NODE));
    stuck("high", 5);
    assertThat(preempted()).isEmpty();
    aids.put("high", new Aid("gone", true, false, START));
    assertThat(preempted()).containsExactly("low for high");
  }

  @Test
  void idle_pods_without_a_node_or_on_a_cordoned_one_make_no_room_for_those_that_find_none() {
    idle("nowhere", OTHER, PodCard.State.STUCK, 1, Optional.empty());
    going.add(served("elsewhere", OTHER, "l", 0, 1, Optional.of("cordoned")));
    cordoned = Set.of("cordoned");
    target(OTHER, 0, 1);
    stuck("s", 0);
    assertThat(plan().dismissals()).isEmpty();
    assertThat(plan().aids()).isEmpty();
  }

  @Test
  void idle_pods_of_a_namespace_yield_to_its_sessions_when_its_quota_is_full() {
    var sibling = new Pool(new Key("ns", "sibling"), "sibling-1", "cpu");
    heard.add(sibling.app());
    idle("near", sibling, PodCard.State.READY, 1);
    idle("far", OTHER, PodCard.State.READY, 2);
    target(sibling, 0, 1);
    target(OTHER, 0, 1);
    full = Set.of("ns");
    wants("a", POOL);
    assertThat(plan().dismissals()).extracting(PodCard::uid).containsExactly("near");
    going.add(served("leaving", POOL, "l", 0, 1, NODE));
    assertThat(plan().dismissals()).as("room is on its way").isEmpty();
    assertThat(aided(plan())).containsExactly("leaving for a");
  }

  @Test
  void an_idle_pod_that_does_not_get_ready_in_time_is_given_up_and_holds_up_nobody() {
    idle("late", POOL, PodCard.State.STARTING, 0);
    idle("young", POOL, PodCard.State.STARTING, 5);
    idle("ready", OTHER, PodCard.State.READY, 0);
    starting = 2;
    target(POOL, 0, 2);
    target(OTHER, 0, 2);
    assertThat(plan().dismissals()).isEmpty();
    assertThat(plan().lookAgainAt()).contains(START.plusSeconds(310));
    now = START.plus(PATIENCE);
    assertThat(plan().dismissals()).extracting(PodCard::uid).containsExactly("late");
    assertThat(plan().givenUp()).isEqualTo(plan().dismissals());
    assertThat(plan().refills())
        .as("its own pool's pause is to be known first")
        .containsExactly(OTHER);
    wants("a", POOL);
    assertThat(plan().claims()).extracting(it -> it.pod().uid()).containsExactly("young");
  }

  @Test
  void an_idle_pod_without_a_node_is_not_given_up() {
    idle("waits", POOL, PodCard.State.STARTING, 0, Optional.empty());
    target(POOL, 0, 1);
    assertThat(plan().lookAgainAt()).isEmpty();
    now = START.plus(PATIENCE);
    assertThat(plan().givenUp()).isEmpty();
  }

  @Test
  void an_idle_pod_that_the_kubelet_has_no_hope_for_is_given_up_sooner() {
    hopelessFrom = Optional.of(START.plusSeconds(60));
    idle("late", POOL, PodCard.State.STARTING, 0);
    target(POOL, 0, 1);
    now = START.plusSeconds(59);
    assertThat(plan().givenUp()).isEmpty();
    now = START.plusSeconds(60);
    assertThat(plan().givenUp()).extracting(PodCard::uid).containsExactly("late");
  }

  @Test
  void idle_pods_that_would_be_made_of_something_else_are_replaced_one_after_the_other() {
    template = "before";
    idle("one", POOL, PodCard.State.READY, 1);
    idle("two", POOL, PodCard.State.READY, 2);
    target(POOL, 0, 2);
    assertThat(plan().dismissals()).extracting(PodCard::uid).containsExactly("two");
    assertThat(plan().refills()).containsExactly(POOL);

    idle.removeLast();
    template = "now";
    idle("new", POOL, PodCard.State.STARTING, 3);
    assertThat(plan().dismissals()).as("one of them cannot serve yet").isEmpty();
    idle.removeLast();
    idle("new", POOL, PodCard.State.READY, 3);
    assertThat(plan().dismissals()).extracting(PodCard::uid).containsExactly("one");
    assertThat(plan().refills()).containsExactly(POOL);

    pauses.put(POOL, START.plusSeconds(10));
    assertThat(plan().dismissals()).as("no other one would come").isEmpty();
  }

  @Test
  void no_more_idle_pods_are_replaced_at_a_time_than_may_start() {
    template = "before";
    idle("one", POOL, PodCard.State.READY, 1);
    idle("two", OTHER, PodCard.State.READY, 2);
    target(POOL, 0, 1);
    target(OTHER, 0, 1);
    maxPending = 1;
    assertThat(plan().dismissals()).hasSize(1);
    assertThat(plan().refills()).hasSize(1);
  }

  @Test
  void an_idle_pod_that_cannot_serve_yet_is_replaced_at_once() {
    template = "before";
    idle("starting", POOL, PodCard.State.STARTING, 1);
    idle("ready", POOL, PodCard.State.READY, 2);
    target(POOL, 0, 2);
    assertThat(plan().dismissals()).extracting(PodCard::uid).containsExactly("starting");
    targets.put(POOL, targets.get(POOL).of(""));
    assertThat(plan().dismissals()).as("nobody knows").isEmpty();
  }

  @Test
  void idle_pods_of_other_classes_yield_where_the_quota_of_their_namespace_is_full() {
    var elsewhere = new Pool(APP, "demo-1", "gpu");
    idleElsewhere.add(
        card(
            "far",
            elsewhere,
            Optional.empty(),
            Holder.NOBODY,
            false,
            PodCard.State.READY,
            NODE,
            1));
    full = Set.of("ns");
    wants("a", POOL);
    wants("b", POOL);
    assertThat(plan().dismissals()).extracting(PodCard::uid).containsExactly("far");
    assertThat(aided(plan())).containsExactly("far for a");
    idle("near", POOL, PodCard.State.READY, 1);
    waiting.clear();
    waiting.add(request("a", POOL, "", false, OptionalInt.empty(), OptionalInt.empty()));
    assertThat(plan().dismissals())
        .as("those of the class first")
        .extracting(PodCard::uid)
        .containsExactly("near");
  }

  @Test
  void a_pool_does_not_refill_where_sessions_of_other_classes_wait_for_the_quota() {
    target(POOL, 0, 1);
    awaited = Set.of("ns");
    assertThat(plan().refills()).isEmpty();
    wants("a", POOL);
    assertThat(plan().starts()).as("a session is as good as theirs").hasSize(1);
    awaited = Set.of();
    waiting.clear();
    assertThat(plan().refills()).containsExactly(POOL);
  }

  @Test
  void idle_pods_that_are_not_ready_let_sessions_start_first() {
    idle("ready", OTHER, PodCard.State.READY, 1);
    idle("stuck", OTHER, PodCard.State.STUCK, 2);
    target(OTHER, 0, 2);
    starting = 2;
    wants("a", POOL);
    assertThat(plan().dismissals()).extracting(PodCard::uid).containsExactly("stuck");
  }

  @Test
  void idle_pods_that_have_ended_are_cleared_away_and_never_claimed() {
    idle("crashed", POOL, PodCard.State.OVER, 1);
    target(POOL, 0, 1);
    wants("a", POOL);
    var plan = plan();
    assertThat(plan.claims()).isEmpty();
    assertThat(plan.dismissals()).extracting(PodCard::uid).containsExactly("crashed");
  }

  @Test
  void a_full_quota_ends_the_lowest_priority_of_the_namespace_that_began_last() {
    full = Set.of("ns");
    waiting.add(request("high", POOL, 5, OptionalInt.empty()));
    outranked.add(served("far", OTHER, "f", -9, 9, NODE));
    outranked.add(served("better", POOL, "b", 4, 9, NODE));
    outranked.add(served("old", POOL, "o", 0, 1, NODE));
    outranked.add(served("young", POOL, "y", 0, 2, NODE));
    assertThat(preempted()).containsExactly("young for high");
    aids.put("high", new Aid("young", false, true, START));
    assertThat(preempted()).as("one for each").isEmpty();
  }

  @Test
  void a_pod_without_a_node_ends_one_that_has_a_node_of_whatever_namespace() {
    stuck("high", 5);
    outranked.add(served("nowhere", POOL, "n", -5, 1, Optional.empty()));
    outranked.add(served("cordoned", POOL, "c", -4, 1, Optional.of("cordoned")));
    outranked.add(served("far", OTHER, "f", 0, 1, NODE));
    cordoned = Set.of("cordoned");
    assertThat(preempted()).containsExactly("far for high");
  }

  @Test
  void a_full_app_ends_one_of_its_own_that_its_limit_counts() {
    heldByApp = Map.of(APP, 1);
    waiting.add(request("high", POOL, 5, OptionalInt.of(1)));
    outranked.add(served("others", OTHER, "o", -5, 1, NODE));
    outranked.add(trial("trial", POOL, "t"));
    idle("warm", POOL, PodCard.State.READY, 1);
    target(POOL, 0, 1);
    assertThat(preempted()).isEmpty();
    outranked.add(served("own", POOL, "l", 0, 1, NODE));
    assertThat(preempted()).as("an idle pod is no session").containsExactly("own for high");
  }

  @Test
  void nobody_ends_for_room_that_comes_by_itself() {
    starting = 2;
    waiting.add(request("high", POOL, 5, OptionalInt.empty()));
    outranked.add(served("low", POOL, "l", 0, 1, NODE));
    assertThat(preempted()).isEmpty();
  }

  @Test
  void a_users_own_limit_ends_nobody() {
    heldByAppUser = Map.of(new AppUser(APP, ""), 1);
    waiting.add(request("high", POOL, 5, OptionalInt.empty(), OptionalInt.of(1)));
    outranked.add(served("low", POOL, "l", 0, 1, NODE));
    assertThat(preempted()).isEmpty();
  }

  @Test
  void nobody_ends_for_one_that_will_have_given_up_by_then() {
    full = Set.of("ns");
    outranked.add(served("low", POOL, "l", 0, 1, NODE));
    waiting.add(request("high", POOL, 5, OptionalInt.empty()));
    now = UNTIL.minus(PlacementPlanner.LONGEST_GOODBYE);
    assertThat(preempted()).isEmpty();
    now = now.minusSeconds(1);
    assertThat(preempted()).containsExactly("low for high");
  }

  /** Whatever the house is like. */
  @ParameterizedTest
  @MethodSource("seeds")
  void nobody_ends_who_need_not(int seed) {
    var random = new Random(seed);
    target(POOL, 0, 9); // so that idle pods go for sessions only
    target(OTHER, 0, 9);
    full = random.nextBoolean() ? Set.of("ns") : Set.of("ns", "other");
    cordoned = random.nextBoolean() ? Set.of() : Set.of("node-1");
    for (var i = 0; i < random.nextInt(6); i++) {
      waiting.add(
          request("w" + i, pool(random), random.nextInt(-2, 3), OptionalInt.of(random.nextInt(3))));
    }
    for (var i = 0; i < random.nextInt(4); i++) {
      stuck("s" + i, random.nextInt(-2, 3));
    }
    for (var i = 0; i < random.nextInt(4); i++) {
      idle("i" + i, pool(random), PodCard.State.READY, i, node(random));
    }
    for (var i = 0; i < random.nextInt(3); i++) {
      going.add(served("g" + i, pool(random), "gs" + i, 0, i, node(random)));
    }
    for (var i = 0; i < random.nextInt(12); i++) {
      var priority = random.nextInt(-3, 3);
      outranked.add(served("v" + i, pool(random), "vs" + i, priority, i, node(random)));
    }
    heldByApp = Map.of(APP, random.nextInt(3), OTHER.app(), random.nextInt(3));
    Stream.concat(waiting.stream().map(PodRequest::uid), stuck.stream().map(PodCard::uid))
        .filter(_ -> random.nextInt(4) == 0)
        .forEach(it -> aids.put(it, new Aid("gone", false, true, START)));

    var plan = plan();

    assertThat(plan.preemptions()).extracting(it -> it.pod().uid()).doesNotHaveDuplicates();
    assertThat(plan.preemptions()).extracting(Preemption::session).doesNotHaveDuplicates();
    assertThat(plan.aids().values()).doesNotHaveDuplicates();
    for (var preemption : plan.preemptions()) {
      var session = preemption.session();
      var pod = preemption.pod();
      assertThat(aids).doesNotContainKey(session);
      assertThat(plan.aids()).doesNotContainKey(session);
      assertThat(pod.holder().priority()).isLessThan(priorityOf(session));
      assertThat(outranked)
          .as("a lower one that would help as well goes first")
          .filteredOn(it -> plan.preemptions().stream().noneMatch(p -> p.pod().equals(it)))
          .filteredOn(
              it -> it.pool().app().equals(pod.pool().app()) && it.node().equals(pod.node()))
          .allMatch(it -> it.holder().priority() >= pod.holder().priority());
      if (session.startsWith("s")) {
        assertThat(pod.node()).isPresent().get().isNotIn(cordoned);
        assertThat(idleAfter(plan)).as("idle pods first").noneMatch(this::leavesRoom);
        assertThat(goingAfter(plan)).as("room to come").noneMatch(this::leavesRoom);
      } else {
        var namespace = namespaceOf(session);
        assertThat(pod.key().namespace()).isEqualTo(namespace);
        if (!plan.inLine().get(requestOf(session)).message().contains("spec.limits.sessions")) {
          assertThat(idleAfter(plan)).noneMatch(it -> it.key().namespace().equals(namespace));
          assertThat(goingAfter(plan)).noneMatch(it -> it.key().namespace().equals(namespace));
        }
      }
    }
  }

  private static IntStream seeds() {
    return IntStream.range(0, 100);
  }

  @Test
  void a_target_counts_pods_in_use() {
    assertThat(target(3, 1, OptionalInt.empty()).idle(0)).isEqualTo(3);
    assertThat(target(3, 1, OptionalInt.empty()).idle(3)).isEqualTo(1);
    assertThat(target(0, 2, OptionalInt.of(4)).idle(3)).isEqualTo(1);
    assertThat(target(0, 2, OptionalInt.of(4)).idle(9)).isZero();
  }

  @Test
  void a_target_does_not_count_pods_of_revisions_that_get_no_new_sessions() {
    targets.put(POOL, target(0, 2, OptionalInt.of(4)));
    inUse.put(new Pool(APP, "demo-before", "cpu"), 9);
    inUse.put(POOL, 3);
    assertThat(plan().refills()).containsExactly(POOL);
  }

  private PlacementPlan plan() {
    return PlacementPlanner.plan(
        new PlacementView(
            now,
            waiting,
            idle,
            idleElsewhere,
            starting,
            stuck,
            aids,
            postponed,
            going,
            outranked,
            maxPending,
            new Held(Map.of(), Map.of()),
            heldByApp,
            heldByAppUser,
            inUse,
            refills,
            targets,
            replacedLater,
            pauses,
            heard,
            full,
            tight,
            trying,
            awaited,
            cordoned));
  }

  private static WarmTarget target(int min, int targetIdle, OptionalInt max) {
    return new WarmTarget(min, targetIdle, max, PATIENCE, "now");
  }

  private void target(Pool pool, int min, int targetIdle) {
    targets.put(pool, target(min, targetIdle, OptionalInt.empty()));
  }

  private void idle(String uid, Pool pool, PodCard.State state, int age) {
    idle(uid, pool, state, age, NODE);
  }

  private void idle(String uid, Pool pool, PodCard.State state, int age, Optional<String> node) {
    idle.add(card(uid, pool, Optional.empty(), Holder.NOBODY, false, state, node, age));
  }

  private void stuck(String session, int priority) {
    stuck.add(
        card(
            session,
            POOL,
            Optional.of(session),
            new Holder("", priority),
            false,
            PodCard.State.STUCK,
            Optional.empty(),
            1));
  }

  /** A session's pod. */
  private PodCard served(
      String uid, Pool pool, String session, int priority, int age, Optional<String> node) {
    var holder = new Holder("", priority);
    return card(uid, pool, Optional.of(session), holder, false, PodCard.State.READY, node, age);
  }

  private PodCard trial(String uid, Pool pool, String session) {
    var holder = new Holder("", 0);
    return card(uid, pool, Optional.of(session), holder, true, PodCard.State.READY, NODE, 1);
  }

  private PodCard card(
      String uid,
      Pool pool,
      Optional<String> session,
      Holder holder,
      boolean trial,
      PodCard.State state,
      Optional<String> node,
      int age) {
    return new PodCard(
        new Key(pool.app().namespace(), uid),
        uid,
        "1",
        pool,
        session,
        holder,
        trial,
        state,
        node,
        START.plusSeconds(age),
        new PodCard.Start(START.plusSeconds(age), hopelessFrom, ""),
        template,
        state == PodCard.State.STUCK
            ? Optional.of(new PodCard.Stuck(START, lacksRoom))
            : Optional.empty(),
        Optional.empty());
  }

  private static List<String> aided(PlacementPlan plan) {
    return plan.aids().entrySet().stream()
        .map(aid -> aid.getValue().uid() + " for " + aid.getKey())
        .toList();
  }

  private List<String> preempted() {
    return plan().preemptions().stream()
        .map(it -> it.pod().uid() + " for " + it.session())
        .toList();
  }

  private static Pool pool(Random random) {
    return random.nextBoolean() ? POOL : OTHER;
  }

  private static Optional<String> node(Random random) {
    var number = random.nextInt(3);
    return number == 0 ? Optional.empty() : Optional.of("node-" + number);
  }

  private boolean leavesRoom(PodCard pod) {
    return pod.node().filter(node -> !cordoned.contains(node)).isPresent();
  }

  private List<PodCard> idleAfter(PlacementPlan plan) {
    var claimed = plan.claims().stream().map(Claim::pod).toList();
    return idle.stream()
        .filter(pod -> !claimed.contains(pod) && !plan.dismissals().contains(pod))
        .toList();
  }

  private List<PodCard> goingAfter(PlacementPlan plan) {
    return going.stream().filter(pod -> !plan.aids().containsValue(pod)).toList();
  }

  private PodRequest requestOf(String session) {
    return waiting.stream().filter(it -> it.uid().equals(session)).findFirst().orElseThrow();
  }

  private String namespaceOf(String session) {
    return requestOf(session).session().namespace();
  }

  private int priorityOf(String session) {
    return Stream.concat(
            waiting.stream().filter(it -> it.uid().equals(session)).map(PodRequest::priority),
            stuck.stream().filter(it -> it.uid().equals(session)).map(it -> it.holder().priority()))
        .findFirst()
        .orElseThrow();
  }

  private void wants(String uid, Pool pool) {
    waiting.add(request(uid, pool, "", true, OptionalInt.empty(), OptionalInt.empty()));
  }

  private PodRequest request(String uid, Pool pool, int priority, OptionalInt app) {
    return request(uid, pool, priority, app, OptionalInt.empty());
  }

  private PodRequest request(
      String uid, Pool pool, int priority, OptionalInt app, OptionalInt ofUser) {
    return request(uid, pool, "", priority, false, app, ofUser);
  }

  private PodRequest request(
      String uid, Pool pool, String user, boolean idlePod, OptionalInt app, OptionalInt ofUser) {
    return request(uid, pool, user, 0, idlePod, app, ofUser);
  }

  private PodRequest request(
      String uid,
      Pool pool,
      String user,
      int priority,
      boolean idlePod,
      OptionalInt app,
      OptionalInt ofUser) {
    return new PodRequest(
        new Key(pool.app().namespace(), uid),
        uid,
        pool,
        user,
        priority,
        START.plusSeconds(waiting.size()),
        UNTIL,
        idlePod,
        false,
        app,
        ofUser);
  }
}
