package dev.vitrine.operator.metrics;

import java.util.List;

/**
 * The value of one series at one moment.
 *
 * @param labels the values of the metric's labels, in its order
 */
public record Reading(Metric metric, List<String> labels, double value) {

  public Reading {
    labels = List.copyOf(labels);
    if (labels.size() != metric.labels().size()) {
      throw new IllegalArgumentException("%s has labels %s".formatted(metric, metric.labels()));
    }
  }

  public static Reading of(Metric metric, double value, String... labels) {
    return new Reading(metric, List.of(labels), value);
  }
}
