package dev.vitrine.operator.metrics;

import io.prometheus.client.Collector;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Metrics that are worked out when somebody asks for them, and kept nowhere. */
public final class Readings extends Collector implements Collector.Describable {

  private final Set<Metric> metrics;
  private final Supplier<List<Reading>> read;

  /**
   * @param metrics those that {@code read} may give: gauges and counters
   */
  public Readings(Set<Metric> metrics, Supplier<List<Reading>> read) {
    this.metrics = Set.copyOf(metrics);
    this.read = read;
  }

  @Override
  public List<MetricFamilySamples> collect() {
    var samples = new EnumMap<Metric, List<MetricFamilySamples.Sample>>(Metric.class);
    for (var reading : read.get()) {
      var metric = reading.metric();
      samples
          .computeIfAbsent(metric, _ -> new ArrayList<>())
          .add(
              new MetricFamilySamples.Sample(
                  metric.word(), words(metric), reading.labels(), reading.value()));
    }
    var families = new ArrayList<MetricFamilySamples>();
    samples.forEach((metric, series) -> families.add(family(metric, series)));
    return families;
  }

  @Override
  public List<MetricFamilySamples> describe() {
    return metrics.stream().map(metric -> family(metric, List.of())).toList();
  }

  private static MetricFamilySamples family(
      Metric metric, List<MetricFamilySamples.Sample> samples) {
    return new MetricFamilySamples(metric.word(), metric.type(), metric.meaning(), samples);
  }

  private static List<String> words(Metric metric) {
    return metric.labels().stream().map(Label::word).toList();
  }
}
