package dev.vitrine.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.client.Collector;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MetricTest {

  /** What scrapers say of the pod that they scraped: a label of that name would be renamed. */
  private static final Set<String> SCRAPERS_OWN =
      Set.of("namespace", "pod", "container", "service", "endpoint", "job", "instance", "node");

  @ParameterizedTest
  @EnumSource
  void a_name_says_what_is_counted_and_in_which_unit(Metric metric) {
    assertThat(metric.word()).matches("vitrine_[a-z_]+");
    switch (metric.type()) {
      case COUNTER -> assertThat(metric.word()).endsWith("_total");
      case HISTOGRAM -> assertThat(metric.word()).endsWith("_seconds");
      default -> assertThat(metric.word()).doesNotEndWith("_total");
    }
    assertThat(metric.meaning()).matches("[A-Z0-9].*\\.");
  }

  @ParameterizedTest
  @EnumSource
  void labels_are_told_apart_from_each_other_and_from_the_scrapers(Metric metric) {
    assertThat(metric.labels().stream().map(Label::word))
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(SCRAPERS_OWN);
  }

  @Test
  void no_name_is_used_twice() {
    assertThat(Arrays.stream(Metric.values()).map(Metric::word)).doesNotHaveDuplicates();
  }

  @Test
  void the_bars_are_bounds_of_buckets() {
    var histogram = Metric.SIGNAL_SETUP.histogram();
    histogram.labels("Joined").observe(0.02);
    assertThat(histogram.labels("Joined").get().buckets)
        .as("one bucket for each bound, and one for all beyond")
        .hasSize(16);
    assertThat(histogram.collect().getFirst().samples)
        .filteredOn(sample -> sample.name.endsWith("_bucket"))
        .extracting(sample -> sample.labelValues.getLast() + "=" + (int) sample.value)
        .contains("0.015=0", "0.05=1", "0.6=1", "+Inf=1");
  }

  @Test
  void a_reading_without_all_labels_is_a_mistake() {
    assertThatThrownBy(() -> Reading.of(Metric.WARM_PODS_WANTED, 1, "team"))
        .hasMessageContaining("APP_NAMESPACE, APP, CLASS");
  }

  @Test
  void what_is_worked_out_is_worked_out_when_it_is_asked_for() {
    var asked = new int[1];
    var readings =
        new Readings(
            Set.of(Metric.QUEUE_LENGTH),
            () -> List.of(Reading.of(Metric.QUEUE_LENGTH, ++asked[0], "gpu")));
    assertThat(readings.describe())
        .extracting(family -> family.name)
        .containsExactly("vitrine_queue_length");
    assertThat(asked[0]).isZero();
    readings.collect();
    var family = readings.collect().getFirst();
    assertThat(family.type).isEqualTo(Collector.Type.GAUGE);
    assertThat(family.samples)
        .singleElement()
        .satisfies(
            sample -> {
              assertThat(sample.value).isEqualTo(2);
              assertThat(sample.labelNames).containsExactly("class");
              assertThat(sample.labelValues).containsExactly("gpu");
            });
  }
}
