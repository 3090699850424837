package dev.vitrine.operator.placement;

import dev.vitrine.api.v1alpha1.StreamClassSpec.Preemption;
import dev.vitrine.operator.placement.PlacementView.AppUser;
import dev.vitrine.operator.queue.Held;
import dev.vitrine.operator.support.Key;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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

  /** Pods that are gone and may still be spoken of by a late answer. */
  private static final int MAX_GONE = 1_000;

  private final Function<Key, Holder> holderOf;
  private final InstantSource clock;
  private final Map<String, Pod> pods = new HashMap<>();
  private final Map<String, PodCard> cards = new HashMap<>();
  private final Map<String, Map<String, Pod>> podsBySession = new HashMap<>();
  private final Set<String> gone =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > MAX_GONE;
            }
          });
  private final Map<String, ClassBooks> classes = new HashMap<>();
  private final Tally<Key> podsByRevision = new Tally<>();
  private final Tally<Key> heldByApp = new Tally<>();
  private final Tally<AppUser> heldByAppUser = new Tally<>();
  private final Map<String, PodRequest> inHand = new HashMap<>();
  private final Map<String, Placement> told = new HashMap<>();
  private final Set<Key> heard = new HashSet<>();
  private final Map<String, Postponement> postponed = new HashMap<>();
  private final Set<String> dirty = new LinkedHashSet<>(); // each in its turn

  /**
   * @param holderOf whose a session is
   */
  Ledger(Function<Key, Holder> holderOf, InstantSource clock) {
    this.holderOf = holderOf;
    this.clock = clock;
  }

  /** A pod as the watch or an answer of the API server has it; what is not news is passed over. */
  synchronized void seen(Pod pod) {
    var uid = pod.getMetadata().getUid();
    if (gone.contains(uid) || !isNews(pod, pods.get(uid))) {
      return;
    }
    Stores.trim(pod); // an answer is as large as the pod
    remove(uid);
    enter(pod);
  }

  /** A pod is no more. */
  synchronized void gone(String uid) {
    gone.add(uid);
    remove(uid);
  }

  /** Whether a pod that was there a while ago (its UID) is no more, as the watch has it. */
  synchronized boolean isGone(String uid) {
    return gone.contains(uid);
  }

  /** Looks at all pods anew: whose their sessions are is known by now. */
  synchronized void rebook() {
    for (var pod : List.copyOf(pods.values())) {
      remove(pod.getMetadata().getUid());
      enter(pod);
    }
  }

  /** The pods of a session: one, but for a moment when two controllers were at work. */
  synchronized List<Pod> podsOf(String session) {
    return List.copyOf(podsBySession.getOrDefault(session, Map.of()).values());
  }

  /** A session wants a pod; or wants it otherwise than before. */
  synchronized void ask(PodRequest request) {
    if (inHand.containsKey(request.uid())
        || podsBySession.containsKey(request.uid())
        || request.equals(books(request.pool().streamClass()).waiting.get(request.uid()))) {
      return;
    }
    withdrawWaiting(request.uid());
    books(request.pool().streamClass()).waiting.put(request.uid(), request);
    told.putIfAbsent(request.uid(), new Placement.InHand());
    touch(request.pool().streamClass());
  }

  /** A session does not want a pod any more. */
  synchronized void withdraw(String session) {
    withdrawWaiting(session);
    inHand.remove(session);
    postponed.remove(session);
    told.remove(session);
  }

  synchronized Placement placement(String session) {
    return told.getOrDefault(session, new Placement.None());
  }

  /** What an app wants of its pools from now on; those that are not named want nothing. */
  synchronized void want(Key app, Map<Pool, WarmTarget> targets) {
    heard.add(app);
    for (var entry : classes.entrySet()) {
      if (entry.getValue().targets.keySet().removeIf(pool -> pool.app().equals(app))) {
        dirty.add(entry.getKey());
      }
    }
    targets.forEach(
        (pool, target) -> {
          books(pool.streamClass()).targets.put(pool, target);
          dirty.add(pool.streamClass());
        });
    notifyAll();
  }

  /** The app is no more. */
  synchronized void forget(Key app) {
    want(app, Map.of());
    heard.remove(app);
  }

  /** The class is to be looked at again. */
  synchronized void touch(String streamClass) {
    dirty.add(streamClass);
    notifyAll();
  }

  /** All classes that anybody uses are to be looked at again. */
  synchronized void touchAll() {
    dirty.addAll(classes.keySet());
    notifyAll();
  }

  /** Waits until a class is to be looked at: for as long as nobody interrupts. */
  synchronized String awaitDirty() throws InterruptedException {
    while (dirty.isEmpty()) {
      wait();
    }
    var first = dirty.iterator().next();
    dirty.remove(first);
    return first;
  }

  synchronized PlacementView view(
      String streamClass,
      int maxPending,
      Preemption preemption,
      Set<String> fullNamespaces,
      Set<String> tight,
      Set<String> cordoned) {
    var books = books(streamClass);
    var now = clock.instant();
    var waiting = List.copyOf(books.waiting.values());
    return new PlacementView(
        now,
        waiting,
        List.copyOf(books.idle.values()),
        books.starting,
        List.copyOf(books.stuck.values()),
        books.aids(this::waitsOrHasPod),
        postponedOf(waiting),
        books.goingAnyway(),
        preemption == Preemption.LowerPriority ? books.outranked() : List.of(),
        maxPending,
        heldFor(waiting, books),
        some(heldByApp, waiting.stream().map(it -> it.pool().app()).collect(Collectors.toSet())),
        some(
            heldByAppUser,
            waiting.stream()
                .map(it -> new AppUser(it.pool().app(), it.user()))
                .collect(Collectors.toSet())),
        Map.copyOf(books.inUse.all()),
        Map.copyOf(books.refills.all()),
        Map.copyOf(books.targets),
        books.pauses(),
        Set.copyOf(heard),
        fullNamespaces,
        tight,
        tight.isEmpty() ? Set.of() : tryingIn(tight),
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
    inHand.put(request.uid(), request);
    told.put(request.uid(), new Placement.InHand());
    if (claimed != null) {
      unbook(claimed.uid());
    }
    hold(request, claimed == null, 1);
    return true;
  }

  /** How it ended that a pod was on its way to a session. */
  enum Outcome {
    /** It is there, or the session is refused, or gone. */
    ARRIVED,
    /** It did not come: the session is in line again. */
    AGAIN
  }

  /** A session's pod is on its way no more. */
  synchronized void finish(PodRequest request, boolean cold, Outcome outcome) {
    hold(request, cold, -1);
    var stillWanted = inHand.remove(request.uid()) != null;
    if (podsBySession.containsKey(request.uid()) || !stillWanted) {
      postponed.remove(request.uid());
      told.remove(request.uid());
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
    var next = Postponement.after(postponed.get(request.uid()), clock.instant(), words);
    postponed.put(request.uid(), next);
    return Optional.of(next.pause());
  }

  /** The API server takes no pod of that session. */
  synchronized void refuse(PodRequest request, String words) {
    told.put(request.uid(), new Placement.Refused(words));
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

  /** That pod stays after all, unless it is gone: whom it was to help may be helped by another. */
  synchronized void endDismissal(PodCard pod) {
    var now = cards.get(pod.uid());
    if (now != null && now.isLiving()) {
      books(pod.pool().streamClass()).takeBackAidBy(pod.uid());
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
    var uid = pod.getMetadata().getUid();
    var known = pods.get(uid);
    if (!gone.contains(uid) && (known == null || version(pod) >= version(known))) {
      remove(uid);
      enter(pod);
    }
  }

  /** How the pools of an app fare, on all its classes. */
  synchronized WarmState warmState(Key app) {
    return classes.values().stream()
        .flatMap(books -> Optional.ofNullable(books.warm.get(app)).stream())
        .reduce(WarmState::and)
        .orElse(WarmState.nothingWanted());
  }

  /** How many pods, idle or in use, an app has of each revision. */
  synchronized Map<String, Integer> podsByRevision(Key app) {
    var counts = new Tally<String>();
    cards.values().stream()
        .filter(card -> card.pool().app().equals(app))
        .forEach(card -> counts.add(card.pool().revision(), 1));
    return Map.copyOf(counts.all());
  }

  /** Whether a revision has pods, idle or in use. */
  synchronized boolean hasPods(Key revision) {
    return podsByRevision.of(revision) > 0;
  }

  /** The idle pods of each pool that has or wants any. */
  synchronized Map<Pool, PoolCount> pools() {
    var counts = new HashMap<Pool, PoolCount>();
    classes.values().forEach(books -> counts.putAll(books.countPools()));
    return counts;
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
          if (waits && !state.saysTheSame(told.put(request.uid(), state))) {
            news.add(request.session());
          }
        });
    return news;
  }

  private void enter(Pod pod) {
    var uid = pod.getMetadata().getUid();
    pods.put(uid, pod);
    var session = PodCard.sessionOf(pod);
    session.ifPresent(
        owner -> {
          podsBySession.computeIfAbsent(owner, _ -> new HashMap<>()).put(uid, pod);
          withdrawWaiting(owner);
          postponed.remove(owner);
          if (!inHand.containsKey(owner)) {
            told.remove(owner);
          }
        });
    PodCard.of(pod, session.isEmpty() ? Holder.NOBODY : holderOf.apply(sessionKey(pod)))
        .ifPresent(this::book);
  }

  private void remove(String uid) {
    unbook(uid);
    var before = pods.remove(uid);
    if (before != null) {
      PodCard.sessionOf(before)
          .ifPresent(
              owner ->
                  podsBySession.computeIfPresent(
                      owner,
                      (_, its) -> {
                        its.remove(uid);
                        return its.isEmpty() ? null : its;
                      }));
    }
  }

  private void book(PodCard card) {
    cards.put(card.uid(), card);
    podsByRevision.add(revisionOf(card), 1);
    enter(card, 1);
  }

  private void unbook(String uid) {
    var card = cards.remove(uid);
    if (card != null) {
      podsByRevision.add(revisionOf(card), -1);
      enter(card, -1);
    }
  }

  private void enter(PodCard card, int sign) {
    books(card.pool().streamClass()).book(card, sign);
    if (card.session().isPresent() && card.isLiving() && !card.trial()) {
      holdOfApp(card.pool().app(), card.holder().user(), sign);
    }
    touch(card.pool().streamClass());
  }

  private void hold(PodRequest request, boolean cold, int sign) {
    var books = books(request.pool().streamClass());
    books.hold(request.pool(), request.user(), sign);
    books.starting += cold ? sign : 0;
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

  private Set<String> tryingIn(Set<String> namespaces) {
    return inHand.values().stream()
        .map(request -> request.session().namespace())
        .filter(namespaces::contains)
        .collect(Collectors.toSet());
  }

  private Map<String, Postponement> postponedOf(List<PodRequest> waiting) {
    return waiting.stream()
        .map(PodRequest::uid)
        .filter(postponed::containsKey)
        .collect(Collectors.toMap(Function.identity(), postponed::get));
  }

  private boolean waitsOrHasPod(String session) {
    return inHand.containsKey(session)
        || podsBySession.containsKey(session)
        || classes.values().stream().anyMatch(books -> books.waiting.containsKey(session));
  }

  private void touchWaiting() {
    classes.forEach(
        (name, books) -> {
          if (!books.waiting.isEmpty()) {
            touch(name);
          }
        });
  }

  private void withdrawWaiting(String session) {
    classes.values().forEach(books -> books.waiting.remove(session));
  }

  private ClassBooks books(String streamClass) {
    return classes.computeIfAbsent(streamClass, _ -> new ClassBooks(clock));
  }

  private static Held heldFor(List<PodRequest> waiting, ClassBooks books) {
    if (waiting.size() < 2) {
      return new Held(Map.of(), Map.of()); // nobody to be fair to
    }
    return new Held(
        some(
            books.heldByNamespace,
            waiting.stream().map(it -> it.session().namespace()).collect(Collectors.toSet())),
        some(
            books.heldByUser,
            waiting.stream()
                .map(it -> new Held.User(it.session().namespace(), it.user()))
                .collect(Collectors.toSet())));
  }

  private static <K> Map<K, Integer> some(Tally<K> tally, Set<K> keys) {
    return keys.stream().collect(Collectors.toMap(Function.identity(), tally::of));
  }

  private static Key revisionOf(PodCard card) {
    return new Key(card.key().namespace(), card.pool().revision());
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

  private static boolean isNews(Pod pod, @Nullable Pod known) {
    return known == null || version(pod) > version(known);
  }

  /** Resource versions are numbers that grow (KEP-5504). */
  private static long version(Pod pod) {
    return Long.parseLong(pod.getMetadata().getResourceVersion());
  }
}
