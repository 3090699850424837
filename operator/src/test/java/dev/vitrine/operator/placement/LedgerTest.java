package dev.vitrine.operator.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.StreamClassSpec.Preemption;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.operator.support.Key;
import dev.vitrine.operator.testing.FakeKubelet;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Key APP = new Key("ns", "demo");
  private static final Pool POOL = new Pool(APP, "demo-1", "cpu");

  private static final WarmTarget TARGET =
      new WarmTarget(1, 0, OptionalInt.empty(), Duration.ofSeconds(300), "");

  private Ledger ledger = new Ledger(session -> new Holder("", 0), InstantSource.fixed(NOW));
  private long version = 1;

  @Test
  void what_is_older_than_known_is_not_believed() {
    var idle = pod("p", null);
    var claimed = pod("p", "s");
    ledger.seen(claimed);
    ledger.seen(idle);
    assertThat(view().idle()).isEmpty();
    assertThat(ledger.podsOf("s")).hasSize(1);
  }

  @Test
  void a_pod_that_is_gone_does_not_come_back_by_a_late_answer() {
    ledger.seen(pod("p", null));
    ledger.gone("p");
    ledger.seen(pod("p", "s"));
    assertThat(ledger.podsOf("s")).isEmpty();
  }

  @Test
  void a_pod_that_is_being_claimed_is_nobody_elses() {
    ledger.seen(pod("p", null));
    ledger.ask(request("s"));
    ledger.begin(request("s"), view().idle().getFirst());
    assertThat(view().idle()).isEmpty();
    assertThat(view().waiting()).isEmpty();
    assertThat(view().trying()).containsExactly("ns");
    assertThat(view().inUse()).containsEntry(POOL, 1);
    ledger.seen(pod("p", "s"));
    ledger.finish(request("s"), false, Ledger.Outcome.ARRIVED);
    assertThat(view().inUse()).containsEntry(POOL, 1);
    assertThat(ledger.placement("s")).isInstanceOf(Placement.None.class);
  }

  @Test
  void a_claim_that_failed_puts_the_session_back_and_the_pod_where_it_belongs() {
    var idle = pod("p", null);
    ledger.seen(idle);
    ledger.ask(request("s"));
    ledger.begin(request("s"), view().idle().getFirst());
    ledger.restore(idle);
    ledger.finish(request("s"), false, Ledger.Outcome.AGAIN);
    assertThat(view().idle()).hasSize(1);
    assertThat(view().waiting()).extracting(PodRequest::uid).containsExactly("s");
    assertThat(view().inUse()).doesNotContainKey(POOL);
  }

  @Test
  void a_session_that_ended_while_its_pod_was_made_is_not_put_back() {
    ledger.ask(request("s"));
    ledger.begin(request("s"), null);
    ledger.withdraw("s");
    ledger.finish(request("s"), true, Ledger.Outcome.AGAIN);
    assertThat(view().waiting()).isEmpty();
    assertThat(view().starting()).isZero();
  }

  @Test
  void a_session_that_is_gone_before_its_claim_begins_costs_nothing() {
    ledger.seen(pod("p", null));
    ledger.ask(request("s"));
    var idle = view().idle().getFirst();
    ledger.withdraw("s");
    assertThat(ledger.begin(request("s"), idle)).isFalse();
    assertThat(view().idle()).hasSize(1);
    assertThat(view().inUse()).doesNotContainKey(POOL);
  }

  @Test
  void a_pod_that_is_being_dismissed_is_room_to_come() {
    ledger.seen(pod("p", null));
    ledger.beginDismissal(view().idle().getFirst());
    assertThat(view().idle()).isEmpty();
    assertThat(view().going()).hasSize(1);
    ledger.restore(pod("p", null));
    assertThat(view().idle()).hasSize(1);
    assertThat(view().going()).isEmpty();
  }

  @Test
  void a_time_that_somebody_spoilt_stops_nobody() {
    var pod = pod("p", "s");
    pod.getMetadata().setAnnotations(Map.of("vitrine.dev/claimed-at", "x"));
    ledger.seen(pod);
    assertThat(view().inUse()).containsEntry(POOL, 1);
    assertThat(new PodFacts(pod).grantedAt()).isEqualTo(NOW);
  }

  @Test
  void only_a_scheduler_that_speaks_of_room_asks_for_room() {
    stuck("p", "s");
    assertThat(view().stuck()).allMatch(PodCard::lacksRoom);
    var typo = pod("p", "s");
    typo.setStatus(
        FakeKubelet.notScheduled(
            "0/3 nodes are available: 3 node(s) didn't match Pod's node affinity/selector."));
    ledger.seen(typo);
    assertThat(view().stuck()).hasSize(1).noneMatch(PodCard::lacksRoom);
  }

  @Test
  void a_pod_that_goes_for_a_session_goes_for_no_other_one() {
    stuck("p", "s");
    dismissFor("idle", "s");
    assertThat(view().going()).isEmpty();
    assertThat(view().aids()).containsOnlyKeys("s");
  }

  @Test
  void that_an_idle_pod_went_for_a_session_is_known_for_as_long_as_it_waits() {
    var moving = new AtomicReference<>(NOW);
    ledger = new Ledger(session -> new Holder("", 0), moving::get);
    stuck("p", "s");
    dismissFor("idle", "s");
    ledger.gone("idle");
    moving.set(NOW.plusSeconds(59));
    assertThat(aidOf("s").mayHelp(moving.get())).isTrue();
    moving.set(NOW.plusSeconds(60));
    assertThat(aidOf("s").mayHelp(moving.get())).isFalse();
    ledger.seen(pod("victim", "low"));
    ledger.aid("cpu", Map.of("s", card(pod("victim", "low"))));
    assertThat(aidOf("s").idlePodWent()).isTrue();
    ledger.gone("victim");
    ledger.gone("p");
    assertThat(view().aids()).as("nobody is left to be helped").isEmpty();
  }

  @Test
  void whom_a_pod_was_to_help_that_stays_may_be_helped_by_another_one() {
    stuck("p", "s");
    dismissFor("idle", "s");
    var idle = card(pod("idle", null));
    ledger.endDismissal(idle);
    assertThat(view().aids()).as("it is going").containsOnlyKeys("s");
    ledger.restore(pod("idle", null));
    ledger.endDismissal(idle);
    assertThat(view().aids()).isEmpty();
  }

  @Test
  void for_one_session_another_one_ends_once_and_never_again() {
    var moving = new AtomicReference<>(NOW);
    ledger = new Ledger(session -> new Holder("", 0), moving::get);
    stuck("p", "s");
    ledger.seen(pod("victim", "low"));
    ledger.beginPreemption(card(pod("victim", "low")), "s");
    ledger.gone("victim");
    moving.set(NOW.plus(Duration.ofDays(1)));
    assertThat(aidOf("s").sessionEnds()).isTrue();
    ledger.withdraw("s");
    ledger.gone("p");
    assertThat(view().aids()).as("nobody is left to be helped").isEmpty();
  }

  @Test
  void a_new_leader_knows_from_the_pods_who_makes_room_for_whom() {
    var victim = pod("victim", "low");
    victim.getMetadata().setAnnotations(Map.of("vitrine.dev/preempted-for", "s"));
    ledger.seen(victim);
    stuck("p", "s");
    assertThat(aidOf("s").sessionEnds()).isTrue();
    assertThat(view().outranked()).isEmpty();
    assertThat(view().heldByApp()).as("it has left already").isEmpty();
    assertThat(view().inUse()).containsEntry(POOL, 1);
  }

  @Test
  void a_pod_that_could_not_be_told_to_make_room_is_as_it_was() {
    stuck("p", "s");
    var low = pod("low", "l");
    ledger.seen(low);
    ledger.beginPreemption(card(low), "s");
    assertThat(view().inUse()).containsEntry(POOL, 1);
    ledger.restore(low);
    ledger.endPreemption(card(low), "s");
    assertThat(view().aids()).isEmpty();
    assertThat(view().inUse()).containsEntry(POOL, 2);
  }

  @Test
  void a_session_whose_pod_is_not_taken_again_and_again_is_tried_less_and_less_often() {
    ledger.ask(request("s"));
    var pauses = new ArrayList<Long>();
    for (var i = 0; i < 6; i++) {
      ledger.begin(request("s"), null);
      assertThat(view().starting()).isEqualTo(1);
      pauses.add(ledger.postpone(request("s"), true, "500").orElseThrow().toSeconds());
      assertThat(view().starting()).as("it holds up nobody meanwhile").isZero();
    }
    assertThat(pauses).containsExactly(2L, 4L, 8L, 16L, 30L, 30L);
    assertThat(view().postponed().get("s").until()).isEqualTo(NOW.plusSeconds(30));
    ledger.seen(pod("p", "s"));
    ledger.gone("p");
    ledger.ask(request("s"));
    assertThat(view().postponed()).as("it was taken").isEmpty();
  }

  @Test
  void idle_pods_that_end_by_themselves_are_replaced_less_and_less_often_until_one_gets_ready() {
    ledger.want(APP, Map.of(POOL, TARGET));
    var pauses = new ArrayList<Long>();
    for (var i = 0; i < 8; i++) {
      var crashed = pod("p" + i, null);
      crashed.setStatus(FakeKubelet.terminated(1, "Error", ""));
      ledger.seen(crashed);
      ledger.rebook();
      pauses.add(Duration.between(NOW, view().pauses().get(POOL)).toSeconds());
      ledger.gone("p" + i);
    }
    assertThat(pauses).containsExactly(0L, 10L, 20L, 40L, 80L, 160L, 300L, 300L);
    ledger.seen(pod("ready", null));
    assertThat(view().pauses()).isEmpty();
  }

  @Test
  void a_session_whose_claim_is_refused_gets_a_pod_of_its_own_or_hears_both_refusals() {
    ledger.ask(request("s"));
    ledger.begin(request("s"), null);
    ledger.refuseClaim(request("s"), "idle pods stay idle");
    assertThat(view().waiting()).singleElement().extracting(PodRequest::idlePod).isEqualTo(false);
    ledger.ask(request("s"));
    assertThat(view().waiting()).as("however often it asks").hasSize(1);
    var own = view().waiting().getFirst();
    assertThat(own.idlePod()).isFalse();
    ledger.begin(own, null);
    ledger.refuse(own, "no pods at all");
    ledger.finish(own, true, Ledger.Outcome.ARRIVED);
    assertThat(ledger.placement("s"))
        .isEqualTo(
            new Placement.Refused(
                "no pods at all; nor may it have an idle one: idle pods stay idle"));
    ledger.withdraw("s");
    ledger.ask(request("s"));
    assertThat(view().waiting()).singleElement().extracting(PodRequest::idlePod).isEqualTo(true);
  }

  @Test
  void a_session_whose_pod_is_lost_may_ask_for_another_one_while_the_lost_one_is_there() {
    for (var lost : List.of(ended("p1", "s"), going("p2", "s"))) {
      ledger.ask(request("s"));
      ledger.begin(request("s"), null);
      ledger.seen(pod(lost.getMetadata().getUid(), "s"));
      ledger.finish(request("s"), false, Ledger.Outcome.ARRIVED);
      lost.getMetadata().setResourceVersion(Long.toString(++version));
      ledger.seen(lost);
      ledger.ask(request("s"));
      assertThat(view().waiting()).hasSize(1);
      lost.getMetadata().setResourceVersion(Long.toString(++version));
      ledger.seen(lost);
      assertThat(view().waiting()).as("whatever is heard of it").hasSize(1);
    }
    ledger.begin(request("s"), null);
    ledger.finish(request("s"), true, Ledger.Outcome.AGAIN);
    assertThat(view().waiting()).hasSize(1);
  }

  private Pod ended(String uid, String session) {
    var pod = pod(uid, session);
    pod.setStatus(FakeKubelet.terminated(139, "Error", "no memory"));
    return pod;
  }

  private Pod going(String uid, String session) {
    var pod = pod(uid, session);
    pod.getMetadata().setDeletionTimestamp(NOW.toString());
    return pod;
  }

  @Test
  void idle_pods_that_fail_together_cost_one_pause() {
    ledger.want(APP, Map.of(POOL, TARGET));
    ledger.seen(pod("p1", null));
    ledger.seen(pod("p2", null));
    ledger.seen(ended("p1", null));
    ledger.seen(ended("p2", null));
    assertThat(view().pauses()).containsEntry(POOL, NOW);
    ledger.gone("p1");
    ledger.gone("p2");
    ledger.seen(ended("p3", null));
    assertThat(view().pauses()).containsEntry(POOL, NOW.plusSeconds(10));
  }

  @Test
  void a_pod_that_the_watch_knows_before_its_write_is_answered_counts_once() {
    claim("claimed");
    ledger.ask(request("started"));
    ledger.begin(request("started"), null);
    ledger.seen(pod("pod-of-claimed", "claimed"));
    ledger.seen(pod("pod-of-started", "started"));
    ledger.ask(request("third"));
    assertTwoAreServed();
    ledger.finish(request("claimed"), false, Ledger.Outcome.ARRIVED);
    ledger.finish(request("started"), true, Ledger.Outcome.ARRIVED);
    assertTwoAreServed();
  }

  private void assertTwoAreServed() {
    assertThat(view().inUse()).containsEntry(POOL, 2);
    assertThat(view().heldByApp()).containsEntry(APP, 2);
    assertThat(view().starting()).isZero();
  }

  @Test
  void a_session_that_is_gone_before_its_pod_is_there_leaves_nothing_behind() {
    ledger.ask(request("gone"));
    ledger.begin(request("gone"), null);
    ledger.withdraw("gone");
    ledger.seen(pod("pod-of-gone", "gone"));
    ledger.finish(request("gone"), true, Ledger.Outcome.ARRIVED);
    ledger.gone("pod-of-gone");
    ledger.ask(request("next"));
    assertThat(view().inUse()).doesNotContainKey(POOL);
    assertThat(view().heldByApp()).containsEntry(APP, 0);
    assertThat(view().starting()).isZero();
  }

  @Test
  void what_is_claimed_is_replaced_later() {
    ledger.want(APP, Map.of(POOL, TARGET));
    claim("one");
    claim("two");
    assertThat(view().replacedLater().get(POOL).pods()).isEqualTo(2);
    assertThat(view().pauses()).isEmpty();
  }

  private void claim(String session) {
    ledger.seen(pod("pod-of-" + session, null));
    ledger.ask(request(session));
    ledger.begin(request(session), view().idle().getFirst());
  }

  @Test
  void why_a_pool_does_not_fill_is_known_until_a_pod_of_it_gets_ready() {
    ledger.want(APP, Map.of(POOL, TARGET));
    ledger.seen(ended("p1", null));
    ledger.changedPools("cpu");
    assertThat(ledger.warmState(APP).trouble())
        .contains(new PoolTrouble(PoolTrouble.Kind.CRASHING, "exit code 139: no memory"));

    var waits = pod("p2", null);
    waits.setStatus(FakeKubelet.waiting("ImagePullBackOff", "no such image"));
    ledger.seen(waits);
    ledger.giveUp(view().idle().stream().filter(it -> it.uid().equals("p2")).findFirst().get());
    assertThat(ledger.changedPools("cpu")).containsExactly(APP);
    assertThat(ledger.warmState(APP).trouble())
        .contains(
            new PoolTrouble(PoolTrouble.Kind.NOT_STARTING, "ImagePullBackOff: no such image"));
    assertThat(view().pauses().get(POOL)).isEqualTo(NOW.plusSeconds(10));

    ledger.seen(pod("ready", null));
    ledger.changedPools("cpu");
    assertThat(ledger.warmState(APP).trouble()).isEmpty();
  }

  @Test
  void in_a_namespace_whose_quota_is_full_idle_pods_of_other_classes_may_go_once_and_refill_last() {
    ledger.seen(pod("idle", null));
    ledger.ask(otherClass("s"));
    ledger.ask(otherClass("t"));
    assertThat(viewOfOther(Set.of()).idleElsewhere()).as("only of a full one").isEmpty();
    assertThat(viewOfOther(Set.of("ns")).idleElsewhere())
        .extracting(PodCard::uid)
        .containsExactly("idle");
    assertThat(view().awaited()).containsExactly("ns");
    assertThat(viewOfOther(Set.of("ns")).awaited()).as("its own come first anyway").isEmpty();

    var card = viewOfOther(Set.of("ns")).idleElsewhere().getFirst();
    ledger.beginDismissal(card);
    assertThat(viewOfOther(Set.of("ns")).going()).as("room to come").hasSize(1);
    ledger.aid("gpu", Map.of("s", card));
    assertThat(viewOfOther(Set.of("ns")).going()).as("for one").isEmpty();
    assertThat(view().going()).as("whatever its class").isEmpty();

    ledger.restore(pod("idle", null));
    ledger.endDismissal(card);
    assertThat(viewOfOther(Set.of("ns")).aids()).as("it stays after all").isEmpty();
  }

  private PlacementView viewOfOther(Set<String> full) {
    return ledger.view("gpu", 8, Preemption.LowerPriority, full, Set.of("ns"), Set.of());
  }

  private PodRequest otherClass(String session) {
    var pool = new Pool(APP, "demo-1", "gpu");
    return new PodRequest(
        new Key("ns", session),
        session,
        pool,
        "",
        0,
        NOW,
        Instant.MAX,
        true,
        false,
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  @Test
  void a_session_that_is_gone_is_not_tried_again() {
    ledger.ask(request("s"));
    ledger.begin(request("s"), null);
    ledger.withdraw("s");
    assertThat(ledger.postpone(request("s"), true, "500")).isEmpty();
    assertThat(view().waiting()).isEmpty();
  }

  @Test
  void only_those_are_woken_whose_status_has_something_else_to_say() {
    var far = request("far");
    ledger.ask(far);
    assertThat(ledger.tell(Map.of(far, new Placement.InLine(40, "full")))).hasSize(1);
    assertThat(ledger.tell(Map.of(far, new Placement.InLine(21, "full")))).isEmpty();
    assertThat(ledger.placement("far")).isEqualTo(new Placement.InLine(21, "full"));
    assertThat(ledger.tell(Map.of(far, new Placement.InLine(21, "shut")))).hasSize(1);
    assertThat(ledger.tell(Map.of(far, new Placement.InLine(20, "shut")))).hasSize(1);
    assertThat(ledger.tell(Map.of(far, new Placement.InLine(20, "shut")))).isEmpty();
    assertThat(ledger.tell(Map.of(far, new Placement.InLine(21, "shut")))).hasSize(1);
  }

  @Test
  void a_class_that_is_touched_all_the_time_keeps_no_other_one_waiting()
      throws InterruptedException {
    ledger.touch("a-busy-one");
    ledger.touch("quiet");
    assertThat(ledger.awaitDirty()).isEqualTo("a-busy-one");
    ledger.touch("a-busy-one");
    assertThat(ledger.awaitDirty()).isEqualTo("quiet");
    assertThat(ledger.awaitDirty()).isEqualTo("a-busy-one");
  }

  @Test
  void those_of_lower_priority_are_known_where_the_class_ends_sessions_for_others() {
    ledger = new Ledger(this::byName, InstantSource.fixed(NOW));
    ledger.seen(pod("low", "0"));
    ledger.seen(pod("same", "5"));
    stuck("p", "5");
    assertThat(view().outranked()).extracting(PodCard::uid).containsExactly("low");
    var never = ledger.view("cpu", 8, Preemption.Never, Set.of(), Set.of(), Set.of());
    assertThat(never.outranked()).isEmpty();
  }

  private Aid aidOf(String session) {
    return Objects.requireNonNull(view().aids().get(session));
  }

  private static PodCard card(Pod pod) {
    return PodCard.of(pod, new Holder("", 0)).orElseThrow();
  }

  private void dismissFor(String idle, String session) {
    ledger.seen(pod(idle, null));
    var card = view().idle().getFirst();
    ledger.beginDismissal(card);
    ledger.aid("cpu", Map.of(session, card));
  }

  private Holder byName(Key session) {
    return new Holder("", Integer.parseInt(session.name()));
  }

  private void stuck(String uid, String session) {
    var stuck = pod(uid, session);
    stuck.setStatus(FakeKubelet.notScheduled("Insufficient cpu"));
    ledger.seen(stuck);
  }

  @Test
  void a_session_that_ends_on_one_class_makes_room_for_its_app_on_another()
      throws InterruptedException {
    ledger.seen(pod("p", "s"));
    var elsewhere =
        new PodRequest(
            new Key("ns", "t"),
            "t",
            new Pool(APP, "demo-1", "gpu"),
            "",
            0,
            NOW,
            Instant.MAX,
            true,
            false,
            OptionalInt.of(1),
            OptionalInt.empty());
    ledger.ask(elsewhere);
    assertThat(List.of(ledger.awaitDirty(), ledger.awaitDirty()))
        .containsExactlyInAnyOrder("cpu", "gpu");
    ledger.gone("p");
    assertThat(List.of(ledger.awaitDirty(), ledger.awaitDirty()))
        .containsExactlyInAnyOrder("cpu", "gpu");
  }

  @Test
  void a_trial_counts_to_no_limit_of_its_app() {
    var trial = pod("p", "s");
    trial.getMetadata().getLabels().put("vitrine.dev/verifies", "demo-1");
    ledger.seen(trial);
    ledger.ask(request("t"));
    assertThat(view().heldByApp()).containsEntry(APP, 0);
    assertThat(view().inUse()).containsEntry(POOL, 1);
  }

  @Test
  void whoever_has_a_pod_asks_in_vain() {
    ledger.seen(pod("p", "s"));
    ledger.ask(request("s"));
    assertThat(view().waiting()).isEmpty();
  }

  /** Whatever happens in whatever order: the books say what counting the pods anew would say. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void the_books_balance(int seed) {
    var random = new Random(seed);
    var pods = new HashMap<String, Pod>();
    var gone = new HashSet<String>();
    var underWay = new ArrayList<PodRequest>();
    for (var step = 0; step < 300; step++) {
      var name = "p" + random.nextInt(12) + "-" + step / 60;
      switch (random.nextInt(6)) {
        case 0, 1 -> {
          if (gone.contains(name)) {
            break; // the API server gives no UID twice
          }
          var pod = pod(name, random.nextBoolean() ? "s" + random.nextInt(9) : null);
          pod.setStatus(status(random));
          if (random.nextInt(4) == 0) {
            pod.getMetadata().setDeletionTimestamp(NOW.toString());
          }
          pods.put(name, pod);
          ledger.seen(pod);
        }
        case 2 -> {
          if (pods.remove(name) != null) {
            gone.add(name);
            ledger.gone(name);
          }
        }
        case 3 -> {
          var request = request("r" + step);
          ledger.ask(request);
          ledger.begin(request, null);
          underWay.add(request);
        }
        case 4 -> {
          if (!underWay.isEmpty()) {
            var request = underWay.remove(random.nextInt(underWay.size()));
            ledger.withdraw(request.uid());
            ledger.finish(request, true, Ledger.Outcome.AGAIN);
          }
        }
        default -> ledger.rebook();
      }
      assertBalance(pods, underWay.size());
    }
  }

  private void assertBalance(Map<String, Pod> pods, int underWay) {
    var cards =
        pods.values().stream().map(pod -> PodCard.of(pod, Holder.NOBODY).orElseThrow()).toList();
    var living = cards.stream().filter(PodCard::isLiving).toList();
    var view = view();
    assertThat(view.idle())
        .as("those that ended are to be cleared away")
        .hasSameSizeAs(
            cards.stream()
                .filter(it -> it.session().isEmpty() && it.state() != PodCard.State.GOING)
                .toList());
    assertThat(view.starting())
        .isEqualTo(
            underWay
                + (int) living.stream().filter(it -> it.state() != PodCard.State.READY).count());
    var held = (int) living.stream().filter(it -> it.session().isPresent()).count() + underWay;
    assertThat(view.inUse().getOrDefault(POOL, 0)).isEqualTo(held);
    assertThat(view.stuck())
        .hasSameSizeAs(
            living.stream()
                .filter(it -> it.session().isPresent() && it.state() == PodCard.State.STUCK)
                .toList());
    assertThat(view.going())
        .hasSameSizeAs(cards.stream().filter(it -> it.state() == PodCard.State.GOING).toList());
  }

  private static PodStatus status(Random random) {
    return List.of(
            FakeKubelet.running("10.0.0.1"),
            FakeKubelet.notScheduled("Insufficient cpu"),
            FakeKubelet.waiting("ContainerCreating", ""),
            FakeKubelet.terminated(0, "Completed", ""))
        .get(random.nextInt(4));
  }

  private PlacementView view() {
    return ledger.view("cpu", 8, Preemption.LowerPriority, Set.of(), Set.of("ns"), Set.of());
  }

  private PodRequest request(String session) {
    return new PodRequest(
        new Key("ns", session),
        session,
        POOL,
        "",
        0,
        NOW,
        Instant.MAX,
        true,
        false,
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  private Pod pod(String uid, String session) {
    var owner =
        new OwnerReferenceBuilder()
            .withKind(session == null ? "StreamingAppRevision" : "StreamSession")
            .withName(session == null ? "demo-1" : session)
            .withUid(session == null ? "revision" : session)
            .build();
    var labels = new HashMap<String, String>();
    if (session != null) {
      labels.put("vitrine.dev/session", session);
    }
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("ns")
        .withName(uid)
        .withUid(uid)
        .withResourceVersion(Long.toString(++version))
        .withCreationTimestamp(NOW.toString())
        .withLabels(labels)
        .addToLabels("vitrine.dev/app", "demo")
        .addToLabels("vitrine.dev/revision", "demo-1")
        .addToLabels("vitrine.dev/class", "cpu")
        .withOwnerReferences(owner)
        .endMetadata()
        .withNewSpec()
        .endSpec()
        .withStatus(FakeKubelet.running("10.0.0.1"))
        .build();
  }
}
