package dev.vitrine.operator.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The alert rules and the dashboard that are installed, as they lie there. */
final class Monitoring {

  static final Path RULES = Path.of("../deploy/components/monitoring/alerts.yaml");
  static final Path DASHBOARD = Path.of("../deploy/components/monitoring/dashboard.json");
  static final Path RESOURCE =
      Path.of("../deploy/components/prometheus-operator/prometheus-rule.yaml");

  private static final ObjectMapper STRICT =
      Serialization.yamlMapper().copy().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /**
   * What Prometheus reads:
   * <https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules>.
   */
  record Rules(List<Group> groups) {}

  record Group(String name, List<Alert> rules) {}

  /**
   * A rule.
   *
   * @param pending its field {@code for}
   */
  record Alert(
      String alert,
      String expr,
      @JsonProperty("for") String pending,
      Map<String, String> labels,
      Map<String, String> annotations) {}

  private Monitoring() {}

  static List<Alert> alerts() throws IOException {
    return STRICT.readValue(RULES.toFile(), Rules.class).groups().stream()
        .flatMap(group -> group.rules().stream())
        .toList();
  }

  /** The expressions of all panels, and those that fill the choices. */
  static List<String> dashboard() throws IOException {
    var dashboard = new ObjectMapper().readTree(DASHBOARD.toFile());
    var expressions = dashboard.findValuesAsText("expr");
    dashboard.at("/templating/list").findValues("query").stream()
        .filter(JsonNode::isTextual)
        .map(JsonNode::asText)
        .filter(query -> query.startsWith("label_values"))
        .forEach(expressions::add);
    return expressions;
  }

  /** The rules once more, as a resource of the Prometheus operator. */
  static String resource() throws IOException {
    var head =
        """
        # Written from components/monitoring/alerts.yaml by MonitoringTest.
        apiVersion: monitoring.coreos.com/v1
        kind: PrometheusRule
        metadata:
          name: vitrine
          namespace: vitrine-system
        spec:
        """;
    var rules =
        Files.readAllLines(RULES).stream()
            .filter(line -> !line.startsWith("#"))
            .map(line -> "  " + line)
            .toList();
    return head + String.join("\n", rules) + "\n";
  }
}
