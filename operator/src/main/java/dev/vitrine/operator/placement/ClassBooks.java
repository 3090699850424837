package dev.vitrine.operator.placement;

import dev.vitrine.operator.queue.Held;
import dev.vitrine.operator.support.Key;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is known of one class: its pods, and who wants one. What is under way counts already. */
final class ClassBooks {

  /** Those without a pod that have not been decided on, or stand in line. */
  final Map<String, PodRequest> waiting = new LinkedHashMap<>();

  /** Those that have ended included: they are to be cleared away. */
  final Map<String, PodCard> idle = new HashMap<>();

  final Map<Pool, WarmTarget> targets = new HashMap<>();
  final Map<Key, WarmState> warm = new HashMap<>();
  private final Tally<String> heldByNamespace = new Tally<>();
  private final Tally<Held.User> heldByUser = new Tally<>();
  final Tally<Pool> inUse = new Tally<>();
  final Tally<Pool> refills = new Tally<>();
  private final Tally<Pool> idleReady = new Tally<>();
  private final Tally<Pool> idleStuck = new Tally<>();

  /** Sessions' pods that find no node. */
  final Map<String, PodCard> stuck = new HashMap<>();

  /** Pods that go and have not gone. */
  final Map<String, PodCard> going = new HashMap<>();

  /** Living pods of sessions, by these sessions' priority. */
  private final NavigableMap<Integer, Map<String, PodCard>> taken = new TreeMap<>();

  /** What room is made, or was made, for sessions that found none, by their UIDs. */
  private final Map<String, Aid> aids = new HashMap<>();

  private final Map<Pool, FailingPool> failing = new HashMap<>();

  private final Replacements replacements = new Replacements();

  private final InstantSource clock;

  int starting;

  ClassBooks(InstantSource clock) {
    this.clock = clock;
  }

  /** Enters a pod, or takes it out again with {@code sign} -1. */
  void book(PodCard card, int sign) {
    switch (card.state()) {
      case READY, STARTING, STUCK -> bookLiving(card, sign);
      case GOING -> {
        put(going, card, sign);
        if (sign > 0) {
          card.preemptedFor().ifPresent(session -> preempt(session, card.uid()));
        }
      }
      case OVER -> {
        if (card.session().isEmpty()) {
          put(idle, card, sign);
          if (sign > 0) {
            failed(card, PoolTrouble.Kind.CRASHING);
          }
        }
      }
    }
  }

  /** An idle pod did not get ready in time. */
  void giveUp(PodCard card) {
    failed(card, PoolTrouble.Kind.NOT_STARTING);
  }

  private void failed(PodCard card, PoolTrouble.Kind kind) {
    var before = failing.get(card.pool());
    if (before != null && before.pods().contains(card.uid())) {
      return;
    }
    var trouble = new PoolTrouble(kind, card.start().trouble());
    var pods =
        Stream.concat(Stream.of(card), idle.values().stream())
            .filter(it -> it.pool().equals(card.pool()))
            .map(PodCard::uid)
            .collect(Collectors.toSet());
    failing.put(card.pool(), FailingPool.after(before, pods, trouble, clock.instant()));
  }

  /** An idle pod is claimed. */
  void replaceLater(Pool pool) {
    replacements.add(pool, clock.instant());
  }

  private void bookLiving(PodCard card, int sign) {
    starting += card.state() == PodCard.State.READY ? 0 : sign;
    if (card.session().isPresent()) {
      if (card.state() == PodCard.State.STUCK) {
        put(stuck, card, sign);
      }
      bookTaken(card, sign);
      hold(card.pool(), card.holder().user(), sign);
      return;
    }
    if (card.state() == PodCard.State.READY) {
      idleReady.add(card.pool(), sign);
      failing.remove(card.pool());
    } else if (card.state() == PodCard.State.STUCK) {
      idleStuck.add(card.pool(), sign);
    }
    put(idle, card, sign);
  }

  private void bookTaken(PodCard card, int sign) {
    var priority = card.holder().priority();
    var alike = taken.computeIfAbsent(priority, _ -> new HashMap<>());
    put(alike, card, sign);
    if (alike.isEmpty()) {
      taken.remove(priority);
    }
  }

  /** Enters a pod that is on its way to a session. */
  void hold(Pool pool, String user, int sign) {
    var namespace = pool.app().namespace();
    heldByNamespace.add(namespace, sign);
    heldByUser.add(new Held.User(namespace, user), sign);
    inUse.add(pool, sign);
  }

  /** A session finds no room, and that pod goes, for it or anyway. */
  void aid(String session, PodCard pod) {
    var idlePodWent = pod.session().isEmpty() || idlePodWentFor(session);
    aids.put(session, new Aid(pod.uid(), idlePodWent, false, helpsUntil()));
  }

  /** A session finds no room, and that of that pod (its UID) ends for it. */
  private void preempt(String session, String pod) {
    var before = aids.get(session);
    if (before == null || !before.pod().equals(pod)) {
      aids.put(session, new Aid(pod, idlePodWentFor(session), true, helpsUntil()));
    }
  }

  /** No session ends for that one (its UID) after all. */
  void takeBackPreemption(String session) {
    aids.computeIfPresent(
        session,
        (_, aid) -> aid.idlePodWent() ? new Aid(aid.pod(), true, false, clock.instant()) : null);
  }

  /** That pod (its UID) does not go after all; false if it helped nobody here. */
  boolean takeBackAidBy(String pod) {
    return aids.values().removeIf(aid -> aid.pod().equals(pod));
  }

  /**
   * Room that is made, or was made, for sessions (their UIDs).
   *
   * @param known whether a session waits for a pod or has one; aid for others is forgotten
   */
  Map<String, Aid> aids(Predicate<String> known) {
    aids.entrySet()
        .removeIf(aid -> !going.containsKey(aid.getValue().pod()) && !known.test(aid.getKey()));
    return Map.copyOf(aids);
  }

  /** Claimed pods that are replaced later. */
  Map<Pool, Replacements.Later> replacedLater() {
    return replacements.later(clock.instant(), targets.keySet());
  }

  /** Until when pools get no further idle pod, because theirs fail. */
  Map<Pool, Instant> pauses() {
    failing.keySet().retainAll(targets.keySet());
    return failing.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().until()));
  }

  private boolean idlePodWentFor(String session) {
    var before = aids.get(session);
    return before != null && before.idlePodWent();
  }

  private Instant helpsUntil() {
    return clock.instant().plus(Aid.HELPS_WITHIN);
  }

  /** The pods that those have who wait, by namespace and by user, to be fair to them. */
  Held heldFor(List<PodRequest> those) {
    if (those.size() < 2) {
      return new Held(Map.of(), Map.of()); // nobody to be fair to
    }
    return new Held(
        heldByNamespace.of(
            those.stream().map(it -> it.session().namespace()).collect(Collectors.toSet())),
        heldByUser.of(
            those.stream()
                .map(it -> new Held.User(it.session().namespace(), it.user()))
                .collect(Collectors.toSet())));
  }

  /** The pods (their UIDs) that go for sessions. */
  Stream<String> promised() {
    return aids.values().stream().map(Aid::pod);
  }

  /** Pods of sessions whose priority is lower than that of one that wants a pod or a node. */
  List<PodCard> outranked() {
    var highest =
        Stream.concat(
                waiting.values().stream().map(PodRequest::priority),
                stuck.values().stream().map(card -> card.holder().priority()))
            .max(Integer::compare);
    return highest
        .map(taken::headMap)
        .map(lower -> lower.values().stream().flatMap(alike -> alike.values().stream()).toList())
        .orElseGet(List::of);
  }

  /** Works out how the pools of each app fare; gives the apps of which it changed. */
  Set<Key> lookAtPools(Instant now) {
    var states = new HashMap<Key, WarmState>();
    targets.forEach(
        (pool, target) -> {
          var wanted = target.idle(inUse.of(pool));
          var ready = Math.min(wanted, idleReady.of(pool));
          var trouble = Optional.ofNullable(failing.get(pool)).map(FailingPool::trouble);
          var state =
              new WarmState(
                  wanted, ready, !waiting.isEmpty(), idleStuck.of(pool) > 0, trouble, now);
          states.merge(pool.app(), state, WarmState::and);
        });
    var changed = new HashSet<Key>();
    states.replaceAll(
        (app, state) -> {
          var before = warm.get(app);
          if (before == null || !before.saysTheSame(state)) {
            changed.add(app);
          }
          return before == null ? state : state.goingOnFrom(before);
        });
    warm.keySet().stream().filter(app -> !states.containsKey(app)).forEach(changed::add);
    warm.clear();
    warm.putAll(states);
    return changed;
  }

  /** The idle pods of each pool that has or wants any. */
  Map<Pool, PoolCount> countPools() {
    var counts = new HashMap<Pool, PoolCount>();
    targets.forEach(
        (pool, target) -> counts.put(pool, new PoolCount(target.idle(inUse.of(pool)), 0, 0, 0)));
    idle.values().forEach(pod -> counts.merge(pod.pool(), count(pod), PoolCount::and));
    return counts;
  }

  private static PoolCount count(PodCard pod) {
    return switch (pod.state()) {
      case READY -> new PoolCount(0, 1, 0, 0);
      case STARTING -> new PoolCount(0, 0, 1, 0);
      case STUCK -> new PoolCount(0, 0, 0, 1);
      case GOING, OVER -> new PoolCount(0, 0, 0, 0);
    };
  }

  /** Enters an idle pod that is being made. */
  void refill(Pool pool, int sign) {
    refills.add(pool, sign);
    starting += sign;
  }

  private static void put(Map<String, PodCard> cards, PodCard card, int sign) {
    if (sign > 0) {
      cards.put(card.uid(), card);
    } else {
      cards.remove(card.uid());
    }
  }
}
