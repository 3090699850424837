package dev.vitrine.operator.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.operator.placement.PlacementPlan.Claim;
import dev.vitrine.operator.placement.PlacementView.AppUser;
import dev.vitrine.operator.queue.Held;
import dev.vitrine.operator.support.Key;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlacementPlannerTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Key APP = new Key("ns", "demo");
  private static final Pool POOL = new Pool(APP, "demo-1", "cpu");
  private static final Pool OTHER = new Pool(new Key("other", "app"), "app-1", "cpu");

  private final List<PodRequest> waiting = new ArrayList<>();
  private final List<PodCard> idle = new ArrayList<>();
  private final Map<Pool, WarmTarget> targets = new HashMap<>();
  private final Map<Pool, Integer> inUse = new HashMap<>();
  private final Map<Pool, Integer> refills = new HashMap<>();
  private final Set<Key> heard = new HashSet<>(Set.of(APP, OTHER.app()));
  private int starting;
  private int stuck;
  private int unaided;
  private Map<String, Integer> leaving = Map.of();
  private int maxPending = 2;
  private Map<Key, Integer> heldByApp = Map.of();
  private Map<AppUser, Integer> heldByAppUser = Map.of();
  private Set<String> full = Set.of();
  private Set<String> cordoned = Set.of();

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
    idle("crashed", POOL, PodCard.State.ENDED, 1);
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
  void a_pool_is_filled_and_refilled_in_the_round_of_a_claim() {
    idle("warm", POOL, PodCard.State.READY, 1);
    target(POOL, 0, 2);
    wants("a", POOL);
    assertThat(plan().refills()).containsExactly(POOL, POOL);
    refills.put(POOL, 1);
    assertThat(plan().refills()).containsExactly(POOL);
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
    stuck = 1;
    unaided = 1;
    var plan = plan();
    assertThat(plan.dismissals()).extracting(PodCard::uid).containsExactly("two");
    assertThat(plan.refills()).as("sessions come first").isEmpty();
    assertThat(plan.yields()).isEqualTo(1);
    unaided = 0;
    assertThat(plan().dismissals()).as("it has been helped").isEmpty();
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
    leaving = Map.of("ns", 1);
    assertThat(plan().dismissals()).as("room is on its way").isEmpty();
  }

  @Test
  void idle_pods_that_are_not_ready_let_sessions_start_first() {
    idle("ready", OTHER, PodCard.State.READY, 1);
    idle("stuck", OTHER, PodCard.State.STUCK, 2);
    target(OTHER, 0, 2);
    starting = 2;
    wants("a", POOL);
    assertThat(plan().dismissals()).extracting(PodCard::uid).containsExactly("stuck");
    leaving = Map.of("other", 1);
    assertThat(plan().dismissals()).isEmpty();
  }

  @Test
  void a_target_counts_pods_in_use() {
    assertThat(new WarmTarget(3, 1, OptionalInt.empty()).idle(0)).isEqualTo(3);
    assertThat(new WarmTarget(3, 1, OptionalInt.empty()).idle(3)).isEqualTo(1);
    assertThat(new WarmTarget(0, 2, OptionalInt.of(4)).idle(3)).isEqualTo(1);
    assertThat(new WarmTarget(0, 2, OptionalInt.of(4)).idle(9)).isZero();
  }

  private PlacementPlan plan() {
    return PlacementPlanner.plan(
        new PlacementView(
            waiting,
            idle,
            starting,
            stuck,
            unaided,
            leaving,
            maxPending,
            new Held(Map.of(), Map.of()),
            heldByApp,
            heldByAppUser,
            inUse,
            refills,
            targets,
            heard,
            full,
            cordoned));
  }

  private void target(Pool pool, int min, int targetIdle) {
    targets.put(pool, new WarmTarget(min, targetIdle, OptionalInt.empty()));
  }

  private void idle(String uid, Pool pool, PodCard.State state, int age) {
    idle.add(
        new PodCard(
            new Key(pool.app().namespace(), uid),
            uid,
            "1",
            pool,
            Optional.empty(),
            "",
            false,
            state,
            Optional.of("node"),
            START.plusSeconds(age).toString()));
  }

  private void wants(String uid, Pool pool) {
    waiting.add(request(uid, pool, "", true, OptionalInt.empty(), OptionalInt.empty()));
  }

  private PodRequest request(
      String uid, Pool pool, String user, boolean idlePod, OptionalInt app, OptionalInt ofUser) {
    return new PodRequest(
        new Key(pool.app().namespace(), uid),
        uid,
        pool,
        user,
        0,
        START.plusSeconds(waiting.size()),
        idlePod,
        false,
        app,
        ofUser);
  }
}
