package dev.vitrine.operator.placement;

import static java.util.Objects.requireNonNull;

import dev.vitrine.operator.placement.PlacementPlan.Claim;
import dev.vitrine.operator.placement.PlacementPlan.Preemption;
import dev.vitrine.operator.placement.PlacementView.AppUser;
import dev.vitrine.operator.queue.Line;
import dev.vitrine.operator.support.Key;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decides who gets which pod of a class; touches nothing. The same view gives the same plan. */
final class PlacementPlanner {

  private static final String NOT_TAKEN = "The API server did not take its pod so far: %s";

  private static final String QUOTA_FULL = "The quota of its namespace has no room for another pod";

  /** Of the lowest priority; of those alike the one that began last, which loses least. */
  private static final Comparator<PodCard> LEAST_LOST =
      Comparator.comparingInt((PodCard pod) -> pod.holder().priority())
          .thenComparing(PodCard::since, Comparator.reverseOrder())
          .thenComparing(PodCard::uid);

  private static final Comparator<PodCard> FIRST_IN_LINE =
      Comparator.comparingInt((PodCard pod) -> pod.holder().priority())
          .reversed()
          .thenComparing(PodCard::since)
          .thenComparing(PodCard::uid);

  /** Until a pod that was told to go has gone: its time of grace, which is 40 s at most. */
  static final Duration LONGEST_GOODBYE = Duration.ofSeconds(40);

  /** Idle pods that do not get ready are given up in groups. */
  private static final Duration GIVE_UP_EVERY = Duration.ofSeconds(10);

  private PlacementPlanner() {}

  static PlacementPlan plan(PlacementView view) {
    return new Round(view).plan();
  }

  private static boolean canServe(PodCard pod) {
    return pod.state() == PodCard.State.READY;
  }

  /** What is left while one round gives it away. */
  private static final class Round {
    private final PlacementView view;
    private final IdlePods idle = new IdlePods();
    private final IdlePods idleElsewhere = new IdlePods();
    private final Map<Key, Integer> heldByApp;
    private final Map<AppUser, Integer> heldByAppUser;
    private final Map<Pool, Integer> inUse;
    private int mayStart;

    private final List<Claim> claims = new ArrayList<>();
    private final Tally<Pool> claimed = new Tally<>();
    private final List<PodRequest> starts = new ArrayList<>();
    private final List<Pool> refills = new ArrayList<>();
    private final List<PodCard> dismissals = new ArrayList<>();
    private final List<PodCard> givenUp = new ArrayList<>();
    private final Map<PodRequest, Placement.InLine> inLine = new LinkedHashMap<>();
    private int waitForClass;
    private final Set<String> trying;
    private final List<Need> needs = new ArrayList<>();
    private final List<PodCard> going;
    private final List<PodCard> outranked;
    private final Map<String, PodCard> aids = new HashMap<>();

    /** Sessions' pods that wait for a node in vain: they hold up only others like them. */
    private final Tally<Pool> stuckInVain = new Tally<>();

    /** Pools with such pods, or idle ones: another of theirs would find no node either. */
    private final Set<Pool> inVain = new HashSet<>();

    private final List<Preemption> preemptions = new ArrayList<>();

    Round(PlacementView view) {
      this.view = view;
      going = new ArrayList<>(view.going());
      for (var pod : view.idle()) {
        if (isOverdue(pod)) {
          givenUp.add(pod);
        }
        if (!pod.isLiving() || isCordoned(pod) || isOverdue(pod)) {
          dismissals.add(pod);
          if (pod.isLiving()) {
            going.add(pod);
          }
        } else {
          idle.add(pod);
        }
      }
      view.idleElsewhere().forEach(idleElsewhere::add);
      heldByApp = new HashMap<>(view.heldByApp());
      heldByAppUser = new HashMap<>(view.heldByAppUser());
      inUse = new HashMap<>(view.inUse());
      mayStart = view.maxPending() - view.starting() + givenUp.size();
      Stream.concat(view.stuck().stream(), view.idle().stream())
          .filter(pod -> pod.isStuckInVain(view.now()))
          .forEach(this::discount);
      trying = new HashSet<>(view.trying());
      outranked = new ArrayList<>(view.outranked());
      outranked.sort(LEAST_LOST);
    }

    PlacementPlan plan() {
      serve();
      makeRoom();
      letStart();
      fitPools();
      return new PlacementPlan(
          claims, starts, refills, dismissals, givenUp, aids, preemptions, inLine, lookAgainAt());
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
      var postponement = view.postponed().get(request.uid());
      if (postponement != null && view.now().isBefore(postponement.until())) {
        return Optional.of(NOT_TAKEN.formatted(postponement.words()));
      }
      var limit = limitReached(request);
      if (limit.isPresent()) {
        return limit;
      }
      var idlePod = request.idlePod() ? idle.takeBest(request.pool()) : Optional.<PodCard>empty();
      if (idlePod.isPresent()) {
        claims.add(new Claim(request, idlePod.get()));
        claimed.add(request.pool(), 1);
        count(request);
        return Optional.empty();
      }
      var namespace = request.session().namespace();
      if (view.fullNamespaces().contains(namespace)) {
        needs.add(Need.ofQuota(request, view.now()));
        return Optional.of(QUOTA_FULL);
      }
      if (trying.contains(namespace)) {
        return Optional.of(QUOTA_FULL);
      }
      if (mayStart <= 0) {
        waitForClass++;
        return Optional.of(
            "StreamClass %s is starting as many pods as its spec.maxPendingPods allows (%d)"
                .formatted(request.pool().streamClass(), view.maxPending()));
      }
      var stuck = stuckInVain.of(request.pool());
      if (stuck > 0 && mayStart <= stuck) {
        return Optional.of(
            "No node takes %d pods like its own, and StreamClass %s lets no more of them wait (spec.maxPendingPods is %d)"
                .formatted(stuck, request.pool().streamClass(), view.maxPending()));
      }
      if (view.tight().contains(namespace)) {
        trying.add(namespace); // of several at once the API server would choose
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
        needs.add(Need.ofApp(request, view.now()));
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

    /** Sessions that find no room are helped, the first one first: one pod goes for each. */
    private void makeRoom() {
      Stream.concat(
              view.stuck().stream()
                  .filter(PodCard::lacksRoom)
                  .sorted(FIRST_IN_LINE)
                  .map(pod -> Need.ofNode(pod, view.cordoned())),
              needs.stream())
          .filter(need -> aidOf(need).filter(this::isEnough).isEmpty())
          .forEach(this::makeRoom);
    }

    /** By what goes anyway, else an idle pod, but once, else a session that may be asked to. */
    private void makeRoom(Need need) {
      take(going, need.helpedBy())
          .or(
              () ->
                  aidOf(need).filter(Aid::idlePodWent).isPresent()
                      ? Optional.empty()
                      : dismissOne(idle, need.helpedBy())
                          .or(() -> dismissOne(idleElsewhere, need.helpedBy())))
          .ifPresentOrElse(
              pod -> aids.put(need.session(), pod),
              () ->
                  take(outranked, need.mayEnd())
                      .ifPresent(pod -> preemptions.add(new Preemption(pod, need.session()))));
    }

    private Optional<Aid> aidOf(Need need) {
      return Optional.ofNullable(view.aids().get(need.session()));
    }

    private boolean isEnough(Aid aid) {
      return aid.sessionEnds() || aid.mayHelp(view.now());
    }

    private static Optional<PodCard> take(List<PodCard> pods, Predicate<PodCard> wanted) {
      var found = pods.stream().filter(wanted).findFirst();
      found.ifPresent(pods::remove);
      return found;
    }

    /** Idle pods that are not ready, and count, let sessions start first. */
    private void letStart() {
      for (var i = 0; i < waitForClass; i++) {
        dismissOne(
            idle, pod -> pod.state() != PodCard.State.READY && !pod.isStuckInVain(view.now()));
      }
    }

    private Optional<PodCard> dismissOne(IdlePods pods, Predicate<PodCard> wanted) {
      var found = pods.takeOne(wanted);
      found.ifPresent(dismissals::add);
      return found;
    }

    private void fitPools() {
      for (var pool : idle.pools()) {
        while (view.heard().contains(pool.app()) && idle.count(pool) > wanted(pool)) {
          idle.takeLast(pool).ifPresent(dismissals::add);
        }
      }
      if (waitForClass > 0 || view.stuck().stream().anyMatch(this::mayGetRoom)) {
        return; // sessions come first
      }
      for (var pool : view.targets().keySet()) {
        var here = idle.count(pool) + claimed.of(pool); // what is claimed now is replaced later
        var missing =
            wanted(pool) - here - view.refills().getOrDefault(pool, 0) - replacedLater(pool);
        for (; missing > 0 && mayStart > 0 && hasRoom(pool); missing--, mayStart--) {
          refills.add(pool);
        }
      }
      view.targets().forEach(this::renew);
    }

    /**
     * Idle pods that would be made of something else by now are replaced, as far as new ones may
     * start: those that cannot serve at once, and of the others one while all others can, so that a
     * template that is broken takes no more.
     */
    private void renew(Pool pool, WarmTarget target) {
      var pods = idle.lastFirst(pool);
      var outdated = pods.stream().filter(target::outdates).toList();
      if (outdated.isEmpty() || mayStart <= 0 || !hasRoom(pool)) {
        return;
      }
      var full =
          pods.size() >= wanted(pool)
              && view.refills().getOrDefault(pool, 0) == 0
              && pods.stream().allMatch(PlacementPlanner::canServe);
      var go =
          full ? outdated.subList(0, 1) : outdated.stream().filter(pod -> !canServe(pod)).toList();
      for (var pod : go.subList(0, Math.min(go.size(), mayStart))) {
        idle.remove(pod);
        dismissals.add(pod);
        refills.add(pool);
        mayStart--;
      }
    }

    /** Whether a session's pod that finds no node may find one by what goes, or has just gone. */
    private boolean mayGetRoom(PodCard stuck) {
      var aid = stuck.session().map(view.aids()::get);
      return !stuck.isStuckInVain(view.now())
          || aid.filter(it -> it.mayHelp(view.now())).isPresent();
    }

    /** When a pod that is stuck will have been so in vain, or a pool gets a pod again. */
    private Optional<Instant> lookAgainAt() {
      var patienceEnds =
          Stream.concat(view.stuck().stream(), view.idle().stream())
              .flatMap(pod -> pod.stuck().stream())
              .map(stuck -> stuck.since().plus(Aid.HELPS_WITHIN));
      var due =
          view.idle().stream()
              .flatMap(pod -> target(pod).flatMap(it -> pod.dueAt(it.patience())).stream())
              .map(Round::afterMoreThanOne);
      var replaced = view.replacedLater().values().stream().map(Replacements.Later::next);
      return Stream.of(patienceEnds, due, replaced, view.pauses().values().stream())
          .flatMap(Function.identity())
          .filter(view.now()::isBefore)
          .min(Instant::compareTo);
    }

    /** Pods are started all the time: of many looks one is enough. */
    private static Instant afterMoreThanOne(Instant due) {
      var span = GIVE_UP_EVERY.toSeconds();
      return Instant.ofEpochSecond((due.getEpochSecond() / span + 1) * span);
    }

    private boolean isOverdue(PodCard pod) {
      return target(pod).filter(it -> pod.isOverdue(view.now(), it.patience())).isPresent();
    }

    private Optional<WarmTarget> target(PodCard pod) {
      return Optional.ofNullable(view.targets().get(pod.pool()));
    }

    /** A pod that waits in vain starts nothing. */
    private void discount(PodCard pod) {
      mayStart++;
      inVain.add(pod.pool());
      if (pod.session().isPresent()) {
        stuckInVain.add(pod.pool(), 1);
      }
    }

    private boolean isCordoned(PodCard pod) {
      return pod.node().filter(view.cordoned()::contains).isPresent();
    }

    private boolean hasRoom(Pool pool) {
      var namespace = pool.app().namespace();
      return !inVain.contains(pool)
          && !view.now().isBefore(view.pauses().getOrDefault(pool, Instant.MIN))
          && givenUp.stream().noneMatch(pod -> pod.pool().equals(pool)) // its pause is to be known
          && !view.fullNamespaces().contains(namespace)
          && !view.awaited().contains(namespace)
          && !trying.contains(namespace);
    }

    private int replacedLater(Pool pool) {
      return Optional.ofNullable(view.replacedLater().get(pool))
          .map(Replacements.Later::pods)
          .orElse(0);
    }

    private int wanted(Pool pool) {
      var target = view.targets().get(pool);
      return target == null ? 0 : target.idle(inUse.getOrDefault(pool, 0));
    }
  }
}
