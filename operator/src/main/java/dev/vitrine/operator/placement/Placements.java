package dev.vitrine.operator.placement;

import dev.vitrine.api.v1alpha1.StreamClassSpec.Preemption;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.pod.PodLabels;
import dev.vitrine.operator.pod.RuntimePodFactory;
import dev.vitrine.operator.support.Key;
import dev.vitrine.operator.trace.SessionTraces;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives pods to sessions and keeps the pools of idle ones. One thread decides for the whole
 * cluster, out of memory; many carry out. Nothing is decided before {@link #start} or {@link
 * #takeOver}.
 */
public final class Placements implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Placements.class);

  private final Stores stores;
  private final Ledger ledger;
  private final PlacementReconciler reconciler;
  private final Thread decider = Thread.ofPlatform().name("placement").unstarted(this::decide);
  private volatile Consumer<Key> wakeSession = session -> {};
  private volatile Consumer<Key> wakeApp = app -> {};
  private volatile boolean started;

  public Placements(
      KubernetesClient client,
      Stores stores,
      RuntimePodFactory pods,
      SessionTraces traces,
      InstantSource clock) {
    this.stores = stores;
    ledger = new Ledger(this::holderOf, clock);
    reconciler =
        new PlacementReconciler(
            client, ledger, new PodBlueprints(stores, pods), traces, clock, this::decided);
    stores.pods().listen(this::podChanged);
    stores.sessions().listen(this::sessionChanged);
    stores.apps().listen(this::appChanged);
    stores.classes().listen((_, _) -> ledger.touchAll());
    stores.nodes().listen(this::nodeChanged);
  }

  /** Who is told when something was decided about a session. */
  public void wakeSessions(Consumer<Key> wake) {
    wakeSession = wake;
  }

  /** Who is told when the pools of an app got full, or lack a pod. */
  public void wakeApps(Consumer<Key> wake) {
    wakeApp = wake;
  }

  /**
   * As {@link #start}, after another controller. What it did a moment ago may not have come by the
   * watch: pods are listed once more, consistently.
   */
  public void takeOver() {
    reconciler.listPods(ledger::seen);
    start();
  }

  /** Every store has been filled since anybody else gave pods: from now on this one does. */
  public void start() {
    ledger.rebook();
    started = true;
    decider.start();
  }

  /** Whether {@link #start} has been called: before, no absence of anything means anything. */
  public boolean isStarted() {
    return started;
  }

  /** A session wants a pod; asking again changes what it wants. */
  public void ask(PodRequest request) {
    ledger.ask(request);
  }

  /** Where the request of a session (its UID) stands. */
  public Placement placement(String session) {
    return ledger.placement(session);
  }

  /** The pods of a session (its UID): one, but for a moment when two controllers were at work. */
  public List<Pod> podsOf(String session) {
    return ledger.podsOf(session);
  }

  /** A pod as an answer of the API server has it, which the watch may tell of later. */
  public void seen(Pod pod) {
    ledger.seen(pod);
  }

  /** Asks the API server for a pod that the watch has not told of, or not yet. */
  public void lookFor(Key pod) {
    reconciler.find(pod).ifPresent(this::found);
  }

  /** One that is gone for the watch has lost our label: nobody would hear of it again. */
  private void found(Pod pod) {
    if (ledger.isGone(pod.getMetadata().getUid())) {
      reconciler.delete(pod);
    } else {
      ledger.seen(pod);
    }
  }

  /** What an app wants of its pools from now on; a pool that is not named wants no idle pod. */
  public void want(Key app, Map<Pool, WarmTarget> targets) {
    ledger.want(app, targets);
  }

  /** How the pools of an app fare. */
  public WarmState warmState(Key app) {
    return ledger.warmState(app);
  }

  /** How many pods, idle or in use, an app has of each revision. */
  public Map<String, Integer> podsByRevision(Key app) {
    return ledger.podsByRevision(app);
  }

  /** The idle pods of each pool that has or wants any. */
  public Map<Pool, PoolCount> pools() {
    return ledger.pools();
  }

  @Override
  public void close() {
    decider.interrupt();
    reconciler.close();
  }

  private void decide() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        decide(ledger.awaitDirty());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        log.error("A round of placement failed, and the next one goes on", e);
      }
    }
  }

  private void decide(String streamClass) {
    var view =
        ledger.view(
            streamClass,
            maxPending(streamClass),
            preemption(streamClass),
            reconciler.fullNamespaces(),
            reconciler.tightNamespaces(),
            cordoned());
    var plan = PlacementPlanner.plan(view);
    reconciler.carryOut(streamClass, plan);
    ledger.tell(plan.inLine()).forEach(wakeSession);
    ledger.changedPools(streamClass).forEach(wakeApp);
  }

  private void decided(Key session) {
    wakeSession.accept(session);
  }

  private int maxPending(String streamClass) {
    return stores.classes().find(streamClass).map(it -> it.getSpec().maxPendingPods()).orElse(0);
  }

  private Preemption preemption(String streamClass) {
    return stores
        .classes()
        .find(streamClass)
        .map(it -> it.getSpec().preemption())
        .orElse(Preemption.Never);
  }

  private Set<String> cordoned() {
    return stores
        .nodes()
        .values()
        .map(NodeFacts::new)
        .filter(NodeFacts::isCordoned)
        .map(NodeFacts::name)
        .collect(Collectors.toSet());
  }

  private void appChanged(Optional<StreamingApp> before, Optional<StreamingApp> after) {
    if (after.isEmpty()) {
      before.map(Key::of).ifPresent(ledger::forget);
    }
  }

  private void podChanged(Optional<Pod> before, Optional<Pod> after) {
    before
        .map(pod -> pod.getMetadata().getUid())
        .filter(uid -> after.filter(pod -> pod.getMetadata().getUid().equals(uid)).isEmpty())
        .ifPresent(
            uid -> {
              ledger.gone(uid);
              reconciler.roomIn(before.get().getMetadata().getNamespace());
              wakeAfterLast(before.get());
            });
    after.ifPresent(ledger::seen);
  }

  /** A revision that nobody needs any more goes with its last pod. */
  private void wakeAfterLast(Pod gone) {
    var labels = gone.getMetadata().getLabels();
    var revision = labels.get(PodLabels.REVISION);
    var app = labels.get(PodLabels.APP);
    if (revision == null || app == null) {
      return;
    }
    var key = new Key(gone.getMetadata().getNamespace(), app);
    if (!ledger.podsByRevision(key).containsKey(revision)) {
      wakeApp.accept(key);
    }
  }

  private void sessionChanged(Optional<StreamSession> before, Optional<StreamSession> after) {
    before
        .map(session -> session.getMetadata().getUid())
        .filter(uid -> after.filter(it -> it.getMetadata().getUid().equals(uid)).isEmpty())
        .ifPresent(ledger::withdraw);
    after
        .filter(StreamSession::hasEnded)
        .ifPresent(session -> ledger.withdraw(session.getMetadata().getUid()));
  }

  private void nodeChanged(Optional<Node> before, Optional<Node> after) {
    if (isCordoned(before) != isCordoned(after)) {
      ledger.touchAll();
    }
  }

  private static boolean isCordoned(Optional<Node> node) {
    return node.map(NodeFacts::new).filter(NodeFacts::isCordoned).isPresent();
  }

  private Holder holderOf(Key session) {
    return stores
        .sessions()
        .find(session)
        .map(StreamSession::getSpec)
        .map(spec -> new Holder(Objects.requireNonNullElse(spec.user(), ""), spec.priority()))
        .orElse(Holder.NOBODY);
  }
}
