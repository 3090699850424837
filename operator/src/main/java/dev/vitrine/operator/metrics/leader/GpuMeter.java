package dev.vitrine.operator.metrics.leader;

import dev.vitrine.api.v1alpha1.StreamClassSpec;
import dev.vitrine.operator.metrics.Metric;
import dev.vitrine.operator.metrics.Reading;
import dev.vitrine.operator.placement.Stores;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.operator.pod.PodLabels;
import dev.vitrine.operator.support.Key;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the time for which pods hold GPUs, while this controller leads: from the moment that a pod
 * is bound to a node until its containers have ended.
 */
final class GpuMeter {

  private record Account(Key app, String streamClass, String resource, String use) {}

  private record Holding(Account account, int devices) {}

  private final Stores stores;
  private final InstantSource clock;
  private final Map<String, Holding> holdings = new HashMap<>();
  private final HeldTime<Account> time = new HeldTime<>();
  private boolean leads;

  GpuMeter(Stores stores, InstantSource clock) {
    this.stores = stores;
    this.clock = clock;
    stores.pods().listen(this::podChanged);
  }

  /** From now on time counts. */
  synchronized void lead() {
    leads = true;
    stores.pods().values().forEach(this::enter);
  }

  synchronized List<Reading> readings() {
    time.forget(account -> stores.apps().find(account.app()).isEmpty());
    return time.seconds(clock.instant()).entrySet().stream()
        .map(it -> reading(it.getKey(), it.getValue()))
        .toList();
  }

  private synchronized void podChanged(Optional<Pod> before, Optional<Pod> after) {
    if (!leads) {
      return;
    }
    before
        .filter(was -> after.filter(is -> uid(is).equals(uid(was))).isEmpty())
        .ifPresent(gone -> hold(uid(gone), Optional.empty()));
    after.ifPresent(this::enter);
  }

  private void enter(Pod pod) {
    hold(uid(pod), isHolding(pod) ? holding(pod) : Optional.empty());
  }

  private void hold(String pod, Optional<Holding> next) {
    var now = clock.instant();
    Optional.ofNullable(holdings.remove(pod))
        .ifPresent(was -> time.hold(was.account(), -was.devices(), now));
    next.ifPresent(
        is -> {
          holdings.put(pod, is);
          time.hold(is.account(), is.devices(), now);
        });
  }

  private static boolean isHolding(Pod pod) {
    var facts = new PodFacts(pod);
    return facts.nodeName().isPresent() && !facts.isOver();
  }

  /** Of a pod that is known as many as before, whatever its class says by now. */
  private Optional<Holding> holding(Pod pod) {
    var labels = pod.getMetadata().getLabels();
    var app = labels.get(PodLabels.APP);
    var streamClass = labels.get(PodLabels.CLASS);
    if (app == null || streamClass == null) {
      return Optional.empty();
    }
    var key = new Key(pod.getMetadata().getNamespace(), app);
    var use = labels.containsKey(PodLabels.SESSION) ? "session" : "idle";
    var known = holdings.get(uid(pod));
    if (known != null) {
      var resource = known.account().resource();
      return Optional.of(
          new Holding(new Account(key, streamClass, resource, use), known.devices()));
    }
    return gpu(streamClass)
        .map(
            gpu ->
                new Holding(new Account(key, streamClass, gpu.resourceName(), use), gpu.count()));
  }

  private Optional<StreamClassSpec.Gpu> gpu(String streamClass) {
    return stores
        .classes()
        .find(streamClass)
        .flatMap(known -> Optional.ofNullable(known.getSpec().resources().gpu()));
  }

  private static Reading reading(Account account, double seconds) {
    return Reading.of(
        Metric.GPU_SECONDS,
        seconds,
        account.app().namespace(),
        account.app().name(),
        account.streamClass(),
        account.resource(),
        account.use());
  }

  private static String uid(Pod pod) {
    return pod.getMetadata().getUid();
  }
}
