package dev.vitrine.operator.placement;

import dev.vitrine.operator.placement.PlacementPlan.Claim;
import dev.vitrine.operator.placement.PlacementPlan.Preemption;
import dev.vitrine.operator.pod.PodLabels;
import dev.vitrine.operator.support.DerivedClient;
import dev.vitrine.operator.support.Failures;
import dev.vitrine.operator.support.Key;
import dev.vitrine.operator.support.ListPage;
import dev.vitrine.operator.support.WriteRefusal;
import dev.vitrine.operator.trace.SessionTraces;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what was decided about pods, many at a time, and tells the ledger how it went. */
final class PlacementReconciler implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PlacementReconciler.class);

  /** Writes under way at a time: more would only wait in the API server. */
  private static final int MAX_WRITES = 64;

  /** Idle pods made at a time: nobody waits for them, and claims come between. */
  private static final int MAX_REFILLS = 4;

  /** Until what may be otherwise in a moment is tried again: a full quota, a silent API server. */
  private static final Duration REST = Duration.ofSeconds(2);

  /** How long after a quota was full it is tried with one pod at a time. */
  private static final Duration TIGHT = Duration.ofMinutes(1);

  /** Until what nobody waits for, such as an idle pod, is tried again. */
  private static final Duration LONG_REST = Duration.ofSeconds(10);

  /** Tries again within one write: what goes on failing is postponed, and holds no place. */
  private static final int QUICK_RETRIES = 2;

  /** How long the last writes of each kind are waited for at the end. */
  private static final Duration LAST_WRITES = Duration.ofSeconds(2);

  private final KubernetesClient client;
  private final Ledger ledger;
  private final PodBlueprints blueprints;
  private final SessionTraces traces;
  private final InstantSource clock;
  private final Consumer<Key> sessionDecided;
  private final Set<Look> looks = ConcurrentHashMap.newKeySet();
  private final Set<String> full = ConcurrentHashMap.newKeySet();
  private final Map<String, Instant> lastFull = new ConcurrentHashMap<>();
  private final Semaphore writes = new Semaphore(MAX_WRITES);
  private final Semaphore refills = new Semaphore(MAX_REFILLS);
  private volatile boolean closed;

  /** What is put off until after the end is the next controller's. */
  private final ScheduledExecutorService timer =
      new ScheduledThreadPoolExecutor(
          1,
          Thread.ofPlatform().daemon().name("placement-timer").factory(),
          new ThreadPoolExecutor.DiscardPolicy());

  PlacementReconciler(
      KubernetesClient client,
      Ledger ledger,
      PodBlueprints blueprints,
      SessionTraces traces,
      InstantSource clock,
      Consumer<Key> sessionDecided) {
    this.client =
        DerivedClient.of(client, config -> config.withRequestRetryBackoffLimit(QUICK_RETRIES));
    this.ledger = ledger;
    this.blueprints = blueprints;
    this.traces = traces;
    this.clock = clock;
    this.sessionDecided = sessionDecided;
  }

  void carryOut(String streamClass, PlacementPlan plan) {
    plan.givenUp().forEach(ledger::giveUp);
    plan.dismissals().forEach(ledger::beginDismissal);
    ledger.aid(streamClass, plan.aids());
    plan.preemptions().forEach(it -> ledger.beginPreemption(it.pod(), it.session()));
    plan.refills().forEach(ledger::beginRefill);
    plan.claims().stream()
        .filter(claim -> ledger.begin(claim.request(), claim.pod()))
        .forEach(claim -> write(() -> claim(claim)));
    plan.starts().stream()
        .filter(request -> ledger.begin(request, null))
        .forEach(request -> write(() -> start(request)));
    plan.refills().forEach(pool -> inTurn(refills, () -> refill(pool)));
    plan.dismissals().forEach(pod -> write(() -> dismiss(pod)));
    plan.preemptions().forEach(it -> write(() -> preempt(it)));
    if (!plan.aids().isEmpty() || !plan.preemptions().isEmpty()) {
      later(Aid.HELPS_WITHIN, () -> ledger.touch(streamClass)); // it may not have helped
    }
    plan.lookAgainAt().map(at -> new Look(streamClass, at)).ifPresent(this::lookAgain);
  }

  /** A class is to be looked at again at that time. */
  private record Look(String streamClass, Instant at) {}

  /** Once, however many rounds ask for it. */
  private void lookAgain(Look look) {
    if (looks.add(look)) {
      later(
          Duration.between(clock.instant(), look.at()),
          () -> {
            looks.remove(look);
            ledger.touch(look.streamClass());
          });
    }
  }

  /** Namespaces whose quota had no room a moment ago. */
  Set<String> fullNamespaces() {
    return Set.copyOf(full);
  }

  /** Namespaces whose quota had no room a while ago: it may have for one pod, and not for two. */
  Set<String> tightNamespaces() {
    var since = clock.instant().minus(TIGHT);
    lastFull.values().removeIf(since::isAfter);
    return Set.copyOf(lastFull.keySet());
  }

  /** Something went in a namespace: its quota may have room again. */
  void roomIn(String namespace) {
    if (full.remove(namespace)) {
      ledger.touchAll();
    }
  }

  /** Whoever leads next must not be surprised by a late write: what is under way is waited for. */
  @Override
  public void close() {
    closed = true;
    timer.shutdownNow();
    try {
      awaitAll(writes, MAX_WRITES);
      awaitAll(refills, MAX_REFILLS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitAll(Semaphore places, int all) throws InterruptedException {
    if (places.tryAcquire(all, LAST_WRITES.toMillis(), TimeUnit.MILLISECONDS)) {
      places.release(all);
    }
  }

  void delete(Pod pod) {
    client.resource(pod).delete();
  }

  Optional<Pod> find(Key pod) {
    return Optional.ofNullable(
        client.pods().inNamespace(pod.namespace()).withName(pod.name()).get());
  }

  /** Gives those of ours, as they all are at one moment of this call. */
  void listPods(Consumer<Pod> each) {
    var page = new ListOptionsBuilder().withLabelSelector(PodLabels.APP).withLimit(ListPage.ITEMS);
    String next;
    do {
      var pods = client.pods().inAnyNamespace().list(page.build());
      pods.getItems().forEach(each);
      next = pods.getMetadata().getContinue();
      page.withContinue(next);
    } while (next != null && !next.isEmpty());
  }

  private void claim(Claim claim) {
    var patch = blueprints.claim(claim.request(), claim.pod(), clock.instant());
    if (patch.isEmpty()) { // the session is gone
      settle(claim, Ledger.Outcome.ARRIVED);
      return;
    }
    var doing = traces.begin("claim");
    try {
      ledger.seen(pod(claim.pod()).patch(PatchContext.of(PatchType.JSON_MERGE), patch.get()));
      doing.done(claim.request().uid(), Map.of("k8s.pod.name", claim.pod().key().name()));
      arrived(claim.request(), false);
    } catch (RuntimeException e) {
      var words = Failures.sentence(e);
      doing.failed(claim.request().uid(), words);
      log.info("Pod {} was not to be had: {}", claim.pod().key(), words);
      switch (WriteRefusal.of(e)) {
        case CONFLICT -> settle(claim, Ledger.Outcome.AGAIN);
        case VERDICT -> settle(claim, () -> ledger.refuseClaim(claim.request(), words));
        case QUOTA, UNCERTAIN -> settle(claim, () -> postpone(claim.request(), false, words));
      }
    }
  }

  /** Finds out whose the pod is after all; then the session is in line again, unless it is its. */
  private void settle(Claim claim, Ledger.Outcome outcome) {
    settle(claim, () -> ledger.finish(claim.request(), false, outcome));
  }

  private void settle(Claim claim, Runnable finish) {
    try {
      reread(claim.pod());
    } catch (RuntimeException e) {
      later(REST, () -> settle(claim, finish));
      return;
    }
    finish.run();
    sessionDecided.accept(claim.request().session());
  }

  /** It is tried again later, and the later the more often it failed. */
  private void postpone(PodRequest request, boolean cold, String words) {
    ledger
        .postpone(request, cold, words)
        .ifPresent(pause -> later(pause, () -> ledger.touch(request.pool().streamClass())));
  }

  private void start(PodRequest request) {
    var doing = traces.begin("create pod");
    try {
      blueprints.ofSession(request).ifPresent(pod -> ledger.seen(client.resource(pod).create()));
      doing.done(request.uid(), Map.of());
      arrived(request, true);
    } catch (RuntimeException e) {
      doing.failed(request.uid(), Failures.sentence(e));
      switch (WriteRefusal.of(e)) {
        case VERDICT -> {
          ledger.refuse(request, Failures.sentence(e));
          arrived(request, true);
        }
        case QUOTA -> {
          full(request.pool());
          ledger.finish(request, true, Ledger.Outcome.AGAIN);
        }
        case CONFLICT -> later(REST, () -> ledger.finish(request, true, Ledger.Outcome.AGAIN));
        case UNCERTAIN -> // it may have been made, and be told of in a moment
            later(REST, () -> postpone(request, true, Failures.sentence(e)));
      }
    }
  }

  private void arrived(PodRequest request, boolean cold) {
    ledger.finish(request, cold, Ledger.Outcome.ARRIVED);
    sessionDecided.accept(request.session());
  }

  private void refill(Pool pool) {
    try {
      var pod = blueprints.idle(pool);
      if (pod.isEmpty()) { // its revision is gone, and its app has not said so yet
        later(LONG_REST, () -> ledger.finishRefill(pool));
        return;
      }
      ledger.seen(client.resource(pod.get()).create());
      ledger.finishRefill(pool);
    } catch (RuntimeException e) {
      if (WriteRefusal.of(e) == WriteRefusal.QUOTA) {
        full(pool);
      }
      log.info("No idle pod of {}: {}", pool.revision(), Failures.sentence(e));
      later(LONG_REST, () -> ledger.finishRefill(pool));
    }
  }

  /** Under the version that was seen: one that was claimed in the meantime stays. */
  private void dismiss(PodCard card) {
    try {
      pod(card).lockResourceVersion(card.resourceVersion()).delete();
    } catch (RuntimeException e) {
      settleAfter(e, () -> settleDismissal(card));
    }
  }

  /**
   * Says on the pod for whom its session makes room, under the version that was seen. That the
   * session ends is its own reconciler's doing.
   */
  private void preempt(Preemption preemption) {
    var patch = PodBlueprints.preemption(preemption);
    try {
      ledger.seen(pod(preemption.pod()).patch(PatchContext.of(PatchType.JSON_MERGE), patch));
    } catch (RuntimeException e) {
      log.info("Pod {} makes no room so far: {}", preemption.pod().key(), Failures.sentence(e));
      settleAfter(e, () -> settlePreemption(preemption));
    }
  }

  /** At once if somebody else was quicker; else it would only fail again. */
  private void settleAfter(RuntimeException failure, Runnable settle) {
    if (WriteRefusal.of(failure) == WriteRefusal.CONFLICT) {
      settle.run();
    } else {
      later(LONG_REST, settle);
    }
  }

  /** Finds out what the pod says by now; if nothing, another one may be asked. */
  private void settlePreemption(Preemption preemption) {
    try {
      reread(preemption.pod());
      ledger.endPreemption(preemption.pod(), preemption.session());
    } catch (RuntimeException e) {
      later(REST, () -> settlePreemption(preemption));
    }
  }

  /** Finds out whether the pod went; if it stays, it is an idle pod like any other. */
  private void settleDismissal(PodCard card) {
    try {
      reread(card);
      ledger.endDismissal(card);
    } catch (RuntimeException e) {
      later(REST, () -> settleDismissal(card));
    }
  }

  private void reread(PodCard card) {
    var now = pod(card).get();
    if (now == null || !now.getMetadata().getUid().equals(card.uid())) {
      ledger.gone(card.uid());
    } else {
      ledger.restore(now);
    }
  }

  private void full(Pool pool) {
    full.add(pool.app().namespace());
    lastFull.put(pool.app().namespace(), clock.instant());
    later(REST, () -> roomIn(pool.app().namespace()));
  }

  private PodResource pod(PodCard card) {
    return client.pods().inNamespace(card.key().namespace()).withName(card.key().name());
  }

  private void later(Duration delay, Runnable then) {
    // Not a moment too soon: who looks early finds nothing, and looks again at once.
    var _ = timer.schedule(() -> write(then), delay.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void write(Runnable write) {
    inTurn(writes, write);
  }

  private void inTurn(Semaphore places, Runnable write) {
    Thread.ofVirtual()
        .name("placement-write")
        .start(
            () -> {
              places.acquireUninterruptibly();
              try {
                if (!closed) {
                  write.run();
                }
              } finally {
                places.release();
              }
            });
  }
}
