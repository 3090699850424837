package dev.vitrine.operator.placement;

import static java.util.Objects.requireNonNull;

import dev.vitrine.operator.placement.PlacementPlan.Claim;
import dev.vitrine.operator.placement.PlacementView.AppUser;
import dev.vitrine.operator.queue.Line;
import dev.vitrine.operator.support.Key;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Decides who gets which pod of a class; touches nothing. The same view gives the same plan. */
final class PlacementPlanner {

  /** The sooner it can serve, the better; of those alike the oldest. */
  private static final Comparator<PodCard> BEST_FIRST =
      Comparator.comparing(PodCard::state)
          .thenComparing(PodCard::createdAt)
          .thenComparing(PodCard::uid);

  private PlacementPlanner() {}

  static PlacementPlan plan(PlacementView view) {
    return new Round(view).plan();
  }

  /** What is left while one round gives it away. */
  private static final class Round {
    private final PlacementView view;
    private final Map<Pool, NavigableSet<PodCard>> idle;
    private final Map<Key, Integer> heldByApp;
    private final Map<AppUser, Integer> heldByAppUser;
    private final Map<Pool, Integer> inUse;
    private int mayStart;

    private final List<Claim> claims = new ArrayList<>();
    private final List<PodRequest> starts = new ArrayList<>();
    private final List<Pool> refills = new ArrayList<>();
    private final List<PodCard> dismissals = new ArrayList<>();
    private final Map<PodRequest, Placement.InLine> inLine = new LinkedHashMap<>();
    private int waitForClass;
    private int yields;
    private final Map<String, Integer> waitForQuota = new HashMap<>();

    Round(PlacementView view) {
      this.view = view;
      idle = new HashMap<>();
      for (var pod : view.idle()) {
        if (!pod.isAlive() || pod.node().filter(view.cordoned()::contains).isPresent()) {
          dismissals.add(pod);
        } else {
          idle.computeIfAbsent(pod.pool(), _ -> new TreeSet<>(BEST_FIRST)).add(pod);
        }
      }
      heldByApp = new HashMap<>(view.heldByApp());
      heldByAppUser = new HashMap<>(view.heldByAppUser());
      inUse = new HashMap<>(view.inUse());
      mayStart = view.maxPending() - view.starting();
    }

    PlacementPlan plan() {
      serve();
      makeRoom();
      fitPools();
      return new PlacementPlan(claims, starts, refills, dismissals, yields, inLine);
    }

    private void serve() {
      var requests =
          view.waiting().stream().collect(Collectors.toMap(PodRequest::uid, Function.identity()));
      var line = Line.order(view.waiting().stream().map(PodRequest::waiting).toList(), view.held());
      for (var waiting : line) {
        var request = requireNonNull(requests.get(waiting.uid()));
        serve(request).ifPresent(why -> wait(request, why));
      }
    }

    /** Why the session has to wait; empty if it was served. */
    private Optional<String> serve(PodRequest request) {
      var limit = limitReached(request);
      if (limit.isPresent()) {
        return limit;
      }
      var pods = idle.get(request.pool());
      if (request.idlePod() && pods != null && !pods.isEmpty()) {
        claims.add(new Claim(request, pods.pollFirst()));
        count(request);
        return Optional.empty();
      }
      if (view.fullNamespaces().contains(request.session().namespace())) {
        waitForQuota.merge(request.session().namespace(), 1, Integer::sum);
        return Optional.of("The quota of its namespace has no room for another pod");
      }
      if (mayStart <= 0) {
        waitForClass++;
        return Optional.of(
            "StreamClass %s is starting as many pods as its spec.maxPendingPods allows (%d)"
                .formatted(request.pool().streamClass(), view.maxPending()));
      }
      mayStart--;
      starts.add(request);
      count(request);
      return Optional.empty();
    }

    private Optional<String> limitReached(PodRequest request) {
      var app = request.pool().app();
      var ofApp = heldByApp.getOrDefault(app, 0);
      if (request.appLimit().isPresent() && ofApp >= request.appLimit().getAsInt()) {
        return Optional.of(
            "StreamingApp %s has as many sessions as its spec.limits.sessions allows (%d)"
                .formatted(app.name(), request.appLimit().getAsInt()));
      }
      var ofUser = heldByAppUser.getOrDefault(new AppUser(app, request.user()), 0);
      if (request.userLimit().isPresent() && ofUser >= request.userLimit().getAsInt()) {
        return Optional.of(
            "Its user has as many sessions of StreamingApp %s as spec.limits.sessionsPerUser allows (%d)"
                .formatted(app.name(), request.userLimit().getAsInt()));
      }
      return Optional.empty();
    }

    private void count(PodRequest request) {
      var app = request.pool().app();
      heldByApp.merge(app, 1, Integer::sum);
      heldByAppUser.merge(new AppUser(app, request.user()), 1, Integer::sum);
      inUse.merge(request.pool(), 1, Integer::sum);
    }

    private void wait(PodRequest request, String why) {
      inLine.put(request, new Placement.InLine(inLine.size() + 1, why));
    }

    /** Idle pods make room for sessions that find none: one for each, and no more. */
    private void makeRoom() {
      while (yields < view.unaided() && dismissOne(_ -> true)) {
        yields++;
      }
      waitForQuota.forEach(
          (namespace, sessions) -> {
            for (var i = view.leaving().getOrDefault(namespace, 0); i < sessions; i++) {
              dismissOne(pods -> pods.first().pool().app().namespace().equals(namespace));
            }
          });
      var leaving = view.leaving().values().stream().mapToInt(Integer::intValue).sum();
      for (var i = leaving; i < waitForClass; i++) {
        dismissOne(pods -> pods.last().state() != PodCard.State.READY);
      }
    }

    /** The one that could serve last, of the largest pool; false if there is none. */
    private boolean dismissOne(Predicate<NavigableSet<PodCard>> from) {
      var largest =
          idle.values().stream()
              .filter(pods -> !pods.isEmpty() && from.test(pods))
              .max(Comparator.comparing(NavigableSet::size));
      largest.ifPresent(pods -> dismissals.add(pods.pollLast()));
      return largest.isPresent();
    }

    private void fitPools() {
      idle.forEach(
          (pool, pods) -> {
            while (view.heard().contains(pool.app()) && pods.size() > wanted(pool)) {
              dismissals.add(pods.pollLast());
            }
          });
      if (view.stuck() > 0 || waitForClass > 0) {
        return; // sessions come first
      }
      for (var pool : view.targets().keySet()) {
        var missing = wanted(pool) - idleOf(pool) - view.refills().getOrDefault(pool, 0);
        for (; missing > 0 && mayStart > 0 && hasRoom(pool); missing--, mayStart--) {
          refills.add(pool);
        }
      }
    }

    private int idleOf(Pool pool) {
      return idle.containsKey(pool) ? idle.get(pool).size() : 0;
    }

    private boolean hasRoom(Pool pool) {
      return !view.fullNamespaces().contains(pool.app().namespace());
    }

    private int wanted(Pool pool) {
      var target = view.targets().get(pool);
      return target == null ? 0 : target.idle(inUse.getOrDefault(pool, 0));
    }
  }
}
