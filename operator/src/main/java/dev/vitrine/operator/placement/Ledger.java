package dev.vitrine.operator.placement;

import dev.vitrine.api.v1alpha1.StreamClassSpec.Preemption;
import dev.vitrine.operator.placement.PlacementView.AppUser;
import dev.vitrine.operator.pod.SlimPod;
import dev.vitrine.operator.support.Key;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who has which pod and who wants one, in memory: worked out of what is watched, and of what this
 * process has under way. Safe for threads; does nothing but remember.
 */
final class Ledger {

  private final Function<Key, Holder> holderOf;
  private final InstantSource clock;
  private final KnownPods pods = new KnownPods();
  private final Map<String, PodCard> cards = new HashMap<>();
  private final Books books;
  private final Turns turns = new Turns();
  private final Map<Key, Tally<String>> podsByApp = new HashMap<>();
  private final Tally<Key> heldByApp = new Tally<>();
  private final Tally<AppUser> heldByAppUser = new Tally<>();
  private final Requests requests;

  /** What is held for pods on their way, by their sessions' UIDs, until they are there. */
  private final Map<String, Hold> holds = new HashMap<>();

  private final Set<Key> heard = new HashSet<>();

  /**
   * @param holderOf whose a session is
   */
  Ledger(Function<Key, Holder> holderOf, InstantSource clock) {
    this.holderOf = holderOf;
    this.clock = clock;
    books = new Books(clock);
    requests = new Requests(clock);
  }

  /** A pod as the watch or an answer of the API server has it; what is not news is passed over. */
  synchronized void seen(Pod pod) {
    if (pods.isNews(pod)) {
      SlimPod.trim(pod);
      reenter(pod);
    }
  }

  /** A pod is no more. */
  synchronized void gone(String uid) {
    pods.markGone(uid);
    remove(uid);
  }

  /** Whether a pod that was there a while ago (its UID) is no more, as the watch has it. */
  synchronized boolean isGone(String uid) {
    return pods.isGone(uid);
  }

  /** Looks at all pods anew: whose their sessions are is known by now. */
  synchronized void rebook() {
    pods.all().forEach(this::reenter);
  }

  /** The pods of a session: one, but for a moment when two controllers were at work. */
  synchronized List<Pod> podsOf(String session) {
    return pods.of(session);
  }

  /** A session wants a pod; or wants it otherwise than before. */
  synchronized void ask(PodRequest request) {
    if (requests.isInHand(request.uid())
        || pods.anyLiving(request.uid())
        || request.equals(books(request.pool().streamClass()).waiting.get(request.uid()))) {
      return;
    }
    books.withdraw(request.uid());
    books(request.pool().streamClass()).waiting.put(request.uid(), request);
    requests.asked(request.uid());
    touch(request.pool().streamClass());
  }

  /** A session does not want a pod any more. */
  synchronized void withdraw(String session) {
    books.withdraw(session);
    requests.withdraw(session);
  }

  synchronized Placement placement(String session) {
    return requests.told(session);
  }

  /** What an app wants of its pools from now on; those that are not named want nothing. */
  synchronized void want(Key app, Map<Pool, WarmTarget> targets) {
    heard.add(app);
    turns.touchAll(books.withdrawTargets(app));
    targets.forEach(
        (pool, target) -> {
          books(pool.streamClass()).targets.put(pool, target);
          touch(pool.streamClass());
        });
  }

  /** The app is no more. */
  synchronized void forget(Key app) {
    want(app, Map.of());
    heard.remove(app);
  }

  /** The class is to be looked at again. */
  void touch(String streamClass) {
    turns.touch(streamClass);
  }

  /** All classes that anybody uses are to be looked at again. */
  synchronized void touchAll() {
    turns.touchAll(books.classes());
  }

  /** Waits until a class is to be looked at: for as long as nobody interrupts. */
  String awaitDirty() throws InterruptedException {
    return turns.await();
  }

  synchronized PlacementView view(
      String streamClass,
      int maxPending,
      Preemption preemption,
      Set<String> fullNamespaces,
      Set<String> tight,
      Set<String> cordoned) {
    var own = books(streamClass);
    var waiting = requests.asAllowed(own.waiting.values());
    return new PlacementView(
        clock.instant(),
        waiting,
        List.copyOf(own.idle.values()),
        books.idleElsewhere(own, fullNamespaces),
        own.starting,
        List.copyOf(own.stuck.values()),
        own.aids(this::waitsOrHasPod),
        requests.postponed(waiting),
        books.goingAnyway(own, fullNamespaces),
        preemption == Preemption.LowerPriority ? own.outranked() : List.of(),
        maxPending,
        own.heldFor(waiting),
        heldByApp.of(waiting.stream().map(it -> it.pool().app()).collect(Collectors.toSet())),
        heldByAppUser.of(
            waiting.stream()
                .map(it -> new AppUser(it.pool().app(), it.user()))
                .collect(Collectors.toSet())),
        Map.copyOf(own.inUse.all()),
        Map.copyOf(own.refills.all()),
        Map.copyOf(own.targets),
        own.replacedLater(),
        own.pauses(),
        Set.copyOf(heard),
        fullNamespaces,
        tight,
        requests.underWayIn(tight),
        tight.isEmpty() ? Set.of() : books.awaitedElsewhere(own, tight),
        cordoned);
  }

  /**
   * A session's pod is on its way, claimed or made.
   *
   * @return false if the session does not wait any more: nothing is to be done for it
   */
  synchronized boolean begin(PodRequest request, @Nullable PodCard claimed) {
    if (books(request.pool().streamClass()).waiting.remove(request.uid()) == null) {
      touch(request.pool().streamClass());
      return false;
    }
    requests.begin(request);
    if (claimed != null) {
      unbook(claimed.uid());
      books(claimed.pool().streamClass()).replaceLater(claimed.pool());
    }
    release(request.uid());
    var held = new Hold(request, claimed == null);
    holds.put(request.uid(), held);
    hold(held, 1);
    return true;
  }

  private record Hold(PodRequest request, boolean cold) {}

  /** How it ended that a pod was on its way to a session. */
  enum Outcome {
    /** It is there, or the session is refused, or gone. */
    ARRIVED,
    /** It did not come: the session is in line again. */
    AGAIN
  }

  /** A session's pod is on its way no more. */
  synchronized void finish(PodRequest request, boolean cold, Outcome outcome) {
    release(request.uid());
    var stillWanted = requests.end(request.uid());
    if (pods.anyLiving(request.uid()) || !stillWanted) {
      requests.served(request.uid());
    } else if (outcome == Outcome.AGAIN) {
      books(request.pool().streamClass()).waiting.put(request.uid(), request);
    }
    touch(request.pool().streamClass());
    if (cold) {
      touchWaiting(); // others of its namespace may have waited for how it goes
    }
  }

  /**
   * The API server did not take a session's pod, and may later: the session is in line again, and
   * its turn comes after a pause.
   *
   * @return how long that is, if it waits
   */
  synchronized Optional<Duration> postpone(PodRequest request, boolean cold, String words) {
    finish(request, cold, Outcome.AGAIN);
    if (!books(request.pool().streamClass()).waiting.containsKey(request.uid())) {
      return Optional.empty();
    }
    return Optional.of(requests.postpone(request.uid(), words).pause());
  }

  /** The API server lets the session have no idle pod: it is in line for a pod of its own. */
  synchronized void refuseClaim(PodRequest request, String words) {
    finish(request, false, Outcome.AGAIN);
    if (books(request.pool().streamClass()).waiting.containsKey(request.uid())) {
      requests.refuseClaim(request.uid(), words);
    }
  }

  /** The API server takes no pod of that session. */
  synchronized void refuse(PodRequest request, String words) {
    requests.refuse(request.uid(), words);
  }

  synchronized void beginRefill(Pool pool) {
    books(pool.streamClass()).refill(pool, 1);
  }

  synchronized void finishRefill(Pool pool) {
    books(pool.streamClass()).refill(pool, -1);
    touch(pool.streamClass());
  }

  /** The pod is being taken away: nobody may claim it, and the room that it has is to come. */
  synchronized void beginDismissal(PodCard pod) {
    if (cards.containsKey(pod.uid())) {
      unbook(pod.uid());
      book(pod.going());
    }
  }

  /** An idle pod, which goes, did not get ready in time: the next one comes after a pause. */
  synchronized void giveUp(PodCard pod) {
    books(pod.pool().streamClass()).giveUp(pod);
  }

  /** That pod stays after all, unless it is gone: whom it was to help may be helped by another. */
  synchronized void endDismissal(PodCard pod) {
    var now = cards.get(pod.uid());
    if (now != null && now.isLiving()) {
      turns.touchAll(books.takeBackAidBy(pod.uid()));
      touch(pod.pool().streamClass());
    }
  }

  /** For each of these sessions (their UIDs) that pod of the class goes. */
  synchronized void aid(String streamClass, Map<String, PodCard> aids) {
    aids.forEach(books(streamClass)::aid);
  }

  /** The session of that pod is to make room for another one (its UID). */
  synchronized void beginPreemption(PodCard pod, String otherSession) {
    if (cards.containsKey(pod.uid())) {
      unbook(pod.uid());
      book(pod.goingFor(otherSession));
    }
  }

  /** That pod makes no room for that session (its UID) after all, unless it says that it does. */
  synchronized void endPreemption(PodCard pod, String otherSession) {
    var now = cards.get(pod.uid());
    if (now == null || !now.preemptedFor().equals(Optional.of(otherSession))) {
      books(pod.pool().streamClass()).takeBackPreemption(otherSession);
      touch(pod.pool().streamClass());
    }
  }

  /** How a pod is, asked for because an answer was uncertain. */
  synchronized void restore(Pod pod) {
    if (pods.isCurrent(pod)) {
      SlimPod.trim(pod);
      reenter(pod);
    }
  }

  /** How the pools of an app fare, on all its classes. */
  synchronized WarmState warmState(Key app) {
    return books.warmState(app);
  }

  /** How many pods, idle or in use, an app has of each revision. */
  synchronized Map<String, Integer> podsByRevision(Key app) {
    var counts = podsByApp.get(app);
    return counts == null ? Map.of() : Map.copyOf(counts.all());
  }

  /** The idle pods of each pool that has or wants any. */
  synchronized Map<Pool, PoolCount> pools() {
    return books.pools();
  }

  /** Looks how the pools of a class fare; gives the apps of which something else is to be said. */
  synchronized Collection<Key> changedPools(String streamClass) {
    return books(streamClass).lookAtPools(clock.instant());
  }

  /** Says which sessions stand in line; gives those whose status has something else to say. */
  synchronized Collection<Key> tell(Map<PodRequest, Placement.InLine> inLine) {
    var news = new ArrayList<Key>();
    inLine.forEach(
        (request, state) -> {
          var waits = books(request.pool().streamClass()).waiting.containsKey(request.uid());
          if (waits && requests.tell(request.uid(), state)) {
            news.add(request.session());
          }
        });
    return news;
  }

  private void reenter(Pod pod) {
    remove(pod.getMetadata().getUid());
    pods.put(pod);
    var session = PodCard.sessionOf(pod);
    session
        .filter(_ -> KnownPods.isLiving(pod)) // one that lost its pod waits for another
        .ifPresent(
            owner -> {
              release(owner); // the pod counts from now on
              books.withdraw(owner);
              requests.served(owner);
            });
    PodCard.of(pod, session.isEmpty() ? Holder.NOBODY : holderOf.apply(sessionKey(pod)))
        .ifPresent(this::book);
  }

  private void remove(String uid) {
    unbook(uid);
    pods.remove(uid);
  }

  private void book(PodCard card) {
    cards.put(card.uid(), card);
    count(card, 1);
    enter(card, 1);
  }

  private void unbook(String uid) {
    var card = cards.remove(uid);
    if (card != null) {
      count(card, -1);
      enter(card, -1);
    }
  }

  private void count(PodCard card, int sign) {
    var app = card.pool().app();
    podsByApp.computeIfAbsent(app, _ -> new Tally<>()).add(card.pool().revision(), sign);
    podsByApp.computeIfPresent(app, (_, counts) -> counts.all().isEmpty() ? null : counts);
  }

  private void enter(PodCard card, int sign) {
    books(card.pool().streamClass()).book(card, sign);
    if (card.session().isPresent() && card.isLiving() && !card.trial()) {
      holdOfApp(card.pool().app(), card.holder().user(), sign);
    }
    touch(card.pool().streamClass());
  }

  private void release(String session) {
    var held = holds.remove(session);
    if (held != null) {
      hold(held, -1);
    }
  }

  private void hold(Hold held, int sign) {
    var request = held.request();
    var own = books(request.pool().streamClass());
    own.hold(request.pool(), request.user(), sign);
    own.starting += held.cold() ? sign : 0;
    if (!request.trial()) {
      holdOfApp(request.pool().app(), request.user(), sign);
    }
  }

  private void holdOfApp(Key app, String user, int sign) {
    heldByApp.add(app, sign);
    heldByAppUser.add(new AppUser(app, user), sign);
    if (sign < 0) {
      touchWaiting(); // an app's limits know no classes
    }
  }

  private boolean waitsOrHasPod(String session) {
    return requests.isInHand(session) || !pods.of(session).isEmpty() || books.isWaiting(session);
  }

  private void touchWaiting() {
    turns.touchAll(books.awaited());
  }

  private ClassBooks books(String streamClass) {
    return books.of(streamClass);
  }

  private static Key sessionKey(Pod pod) {
    return new Key(
        pod.getMetadata().getNamespace(),
        pod.getMetadata().getOwnerReferences().stream()
            .filter(owner -> "StreamSession".equals(owner.getKind()))
            .findFirst()
            .orElseThrow()
            .getName());
  }
}
