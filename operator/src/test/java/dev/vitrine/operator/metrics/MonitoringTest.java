package dev.vitrine.operator.metrics;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.EndReason;
import dev.vitrine.api.v1alpha1.RolloutReason;
import dev.vitrine.operator.metrics.Monitoring.Alert;
import io.prometheus.client.Collector;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rules and dashboard ask for what there is. {@code -Dvitrine.update=true} writes the resource. */
class MonitoringTest {

  private static final Pattern SELECTOR = Pattern.compile("(vitrine_\\w+)(?:\\{([^}]*)})?");
  private static final Pattern MATCHER =
      Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)\\s*\"([^\"]*)\"");
  private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on|without)\\s*\\(([^)]*)\\)");
  private static final Pattern TEMPLATE = Pattern.compile("\\$labels\\.(\\w+)");

  static List<Alert> alerts() throws IOException {
    return Monitoring.alerts();
  }

  static List<String> expressions() throws IOException {
    return Stream.concat(
            Monitoring.dashboard().stream(), Monitoring.alerts().stream().map(Alert::expr))
        .toList();
  }

  @Test
  void there_is_something_to_look_at() throws IOException {
    assertThat(Monitoring.alerts()).hasSizeGreaterThan(5);
    assertThat(Monitoring.dashboard()).hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @MethodSource("expressions")
  void an_expression_asks_for_metrics_and_labels_that_there_are(String expression) {
    var labels = new HashSet<>(Set.of("le"));
    for (var selector : SELECTOR.matcher(expression).results().toList()) {
      var metric = metric(selector.group(1));
      assertThat(metric).as(selector.group(1)).isPresent();
      labels.addAll(words(metric.get()));
      matchers(selector).forEach(matcher -> check(metric.get(), matcher));
    }
    assertThat(labels).as("metrics of ours in " + expression).hasSizeGreaterThan(0);
    GROUPING
        .matcher(expression)
        .results()
        .flatMap(grouping -> Arrays.stream(grouping.group(1).split("\\s*,\\s*", -1)))
        .forEach(label -> assertThat(labels).as(expression).contains(label));
    assertThat(expression.chars().filter(c -> c == '(').count())
        .as("brackets of " + expression)
        .isEqualTo(expression.chars().filter(c -> c == ')').count());
  }

  @Test
  void every_metric_is_on_the_dashboard() throws IOException {
    var shown =
        Monitoring.dashboard().stream()
            .flatMap(expression -> SELECTOR.matcher(expression).results())
            .flatMap(selector -> metric(selector.group(1)).stream())
            .collect(toSet());
    assertThat(shown).containsExactlyInAnyOrder(Metric.values());
  }

  @ParameterizedTest
  @MethodSource("alerts")
  void an_alert_says_how_bad_it_is_and_what_to_do(Alert alert) throws IOException {
    assertThat(alert.alert()).matches("Vitrine[A-Za-z]+");
    assertThat(alert.pending()).matches("[1-9][0-9]*m");
    assertThat(alert.labels()).containsOnlyKeys("severity");
    assertThat(alert.labels().get("severity")).isIn("critical", "warning");
    assertThat(alert.annotations()).containsOnlyKeys("summary", "description", "runbook");
    assertThat(alert.annotations().get("runbook"))
        .isEqualTo("docs/metrics.md#" + alert.alert().toLowerCase(Locale.ROOT));
    assertThat(Files.readAllLines(MetricsPage.FILE)).contains("### " + alert.alert());
    var grouped =
        SELECTOR
            .matcher(alert.expr())
            .results()
            .flatMap(selector -> words(metric(selector.group(1)).orElseThrow()).stream())
            .collect(toSet());
    for (var text : alert.annotations().values()) {
      TEMPLATE
          .matcher(text)
          .results()
          .forEach(template -> assertThat(grouped).contains(template.group(1)));
    }
  }

  @Test
  void the_page_tells_of_no_alert_that_there_is_not() throws IOException {
    assertThat(
            Files.readAllLines(MetricsPage.FILE).stream()
                .filter(line -> line.startsWith("### Vitrine"))
                .map(line -> line.substring("### ".length())))
        .containsExactlyElementsOf(alerts().stream().map(Alert::alert).toList());
  }

  @Test
  void the_prometheus_operator_gets_the_same_rules() throws IOException {
    if (Boolean.getBoolean("vitrine.update")) {
      Files.writeString(Monitoring.RESOURCE, Monitoring.resource());
    }
    assertThat(Monitoring.RESOURCE)
        .as("written anew by: mvn -pl operator test -Dtest=MonitoringTest -Dvitrine.update=true")
        .hasContent(Monitoring.resource());
  }

  private static Optional<Metric> metric(String series) {
    return Arrays.stream(Metric.values())
        .filter(metric -> seriesOf(metric).anyMatch(series::equals))
        .findFirst();
  }

  private static Stream<String> seriesOf(Metric metric) {
    return metric.type() == Collector.Type.HISTOGRAM
        ? Stream.of("_bucket", "_count", "_sum").map(end -> metric.word() + end)
        : Stream.of(metric.word());
  }

  private static Set<String> words(Metric metric) {
    return metric.labels().stream().map(Label::word).collect(toSet());
  }

  private static List<MatchResult> matchers(MatchResult selector) {
    return selector.group(2) == null
        ? List.of()
        : MATCHER.matcher(selector.group(2)).results().toList();
  }

  private static void check(Metric metric, MatchResult matcher) {
    assertThat(words(metric)).as(metric.word()).contains(matcher.group(1));
    if (metric.labels().contains(Label.REASON)) {
      reasons(matcher).forEach(EndReason::valueOf);
    } else if (metric.labels().contains(Label.ROLLOUT)) {
      reasons(matcher).forEach(RolloutReason::valueOf);
    }
  }

  private static Stream<String> reasons(MatchResult matcher) {
    return matcher.group(1).equals("reason")
        ? Arrays.stream(matcher.group(2).split("\\|", -1))
        : Stream.empty();
  }
}
