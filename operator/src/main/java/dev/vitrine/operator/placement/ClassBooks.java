package dev.vitrine.operator.placement;

import dev.vitrine.operator.queue.Held;
import dev.vitrine.operator.support.Key;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What is known of one class: its pods, and who wants one. What is under way counts already. */
final class ClassBooks {

  /** Those without a pod that have not been decided on, or stand in line. */
  final Map<String, PodRequest> waiting = new LinkedHashMap<>();

  final Map<String, PodCard> idle = new HashMap<>();
  final Map<Pool, WarmTarget> targets = new HashMap<>();
  final Map<Key, WarmState> warm = new HashMap<>();
  final Tally<String> heldByNamespace = new Tally<>();
  final Tally<Held.User> heldByUser = new Tally<>();
  final Tally<Pool> inUse = new Tally<>();
  final Tally<Pool> refills = new Tally<>();
  private final Tally<Pool> idleReady = new Tally<>();
  private final Tally<Pool> idleStuck = new Tally<>();
  final Tally<String> leaving = new Tally<>();

  /** Sessions' pods that find no node, and those of them that an idle pod made room for. */
  final Set<String> stuck = new HashSet<>();

  final Set<String> yieldedFor = new HashSet<>();
  int starting;

  /** Enters a pod, or takes it out again with {@code sign} -1. */
  void book(PodCard card, int sign) {
    if (card.state() == PodCard.State.GOING) {
      if (card.session().isEmpty()) {
        leaving.add(card.pool().app().namespace(), sign);
      }
      return;
    }
    if (card.session().isPresent() && !card.isAlive()) {
      return;
    }
    starting += card.isAlive() && card.state() != PodCard.State.READY ? sign : 0;
    if (card.session().isPresent()) {
      if (sign > 0 && card.state() == PodCard.State.STUCK) {
        stuck.add(card.uid());
      } else {
        stuck.remove(card.uid());
      }
      hold(card.pool(), card.user(), sign);
      return;
    }
    switch (card.state()) {
      case READY -> idleReady.add(card.pool(), sign);
      case STUCK -> idleStuck.add(card.pool(), sign);
      case STARTING, ENDED, GOING -> {}
    }
    if (sign > 0) {
      idle.put(card.uid(), card);
    } else {
      idle.remove(card.uid());
    }
  }

  /** Enters a pod that is on its way to a session. */
  void hold(Pool pool, String user, int sign) {
    var namespace = pool.app().namespace();
    heldByNamespace.add(namespace, sign);
    heldByUser.add(new Held.User(namespace, user), sign);
    inUse.add(pool, sign);
  }

  /** Idle pods make room for so many of the stuck ones: for each of them once. */
  void yieldFor(int pods) {
    stuck.stream()
        .filter(uid -> !yieldedFor.contains(uid))
        .limit(pods)
        .toList()
        .forEach(yieldedFor::add);
  }

  /** Works out how the pools of each app fare; gives the apps of which it changed. */
  Set<Key> lookAtPools(Instant now) {
    var states = new HashMap<Key, WarmState>();
    targets.forEach(
        (pool, target) -> {
          var wanted = target.idle(inUse.of(pool));
          var ready = Math.min(wanted, idleReady.of(pool));
          var state = new WarmState(wanted, ready, !waiting.isEmpty(), idleStuck.of(pool) > 0, now);
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

  /** Enters an idle pod that is being made. */
  void refill(Pool pool, int sign) {
    refills.add(pool, sign);
    starting += sign;
  }
}
