package dev.vitrine.operator.metrics.leader;

import dev.vitrine.operator.metrics.Metric;
import dev.vitrine.operator.metrics.Reading;
import dev.vitrine.operator.metrics.Readings;
import dev.vitrine.operator.placement.Placements;
import dev.vitrine.operator.placement.Stores;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Gauge;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The controller's metrics. All controllers watch and one leads: until this one does, it exports
 * nothing but that it does not, so that sums over all of them count everything once.
 */
public final class LeaderMetrics implements AutoCloseable {

  private static final Set<Metric> WORKED_OUT =
      Set.of(
          Metric.SESSIONS,
          Metric.QUEUE_LENGTH,
          Metric.QUEUE_LONGEST,
          Metric.WARM_PODS,
          Metric.WARM_PODS_WANTED,
          Metric.GPU_SECONDS,
          Metric.ROLLOUTS);

  private final CollectorRegistry registry;
  private final SessionMeter sessions;
  private final GpuMeter gpus;
  private final Census census;
  private final Gauge leads = Metric.LEADS.gauge();
  private final List<Collector> registered = new ArrayList<>();

  /**
   * Watches from now on, for as long as the stores are filled.
   *
   * @param registry what is exported
   */
  public LeaderMetrics(
      CollectorRegistry registry, Stores stores, Placements placements, InstantSource clock) {
    this.registry = registry;
    sessions = new SessionMeter(stores, placements::podsOf);
    gpus = new GpuMeter(stores, clock);
    census = new Census(stores, placements::pools, clock);
    register(leads);
  }

  /** Every store has been filled, and this controller leads: until its process ends. */
  public void lead() {
    sessions.lead();
    gpus.lead();
    sessions.collectors().forEach(this::register);
    register(new Readings(WORKED_OUT, this::readings));
    leads.set(1);
  }

  @Override
  public void close() {
    registered.forEach(registry::unregister);
    registered.clear();
  }

  private List<Reading> readings() {
    return Stream.concat(census.readings().stream(), gpus.readings().stream()).toList();
  }

  private void register(Collector collector) {
    registry.register(collector);
    registered.add(collector);
  }
}
