package dev.vitrine.operator.metrics;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The part of {@code docs/metrics.md} that is written from the list of metrics. */
final class MetricsPage {

  static final Path FILE = Path.of("../docs/metrics.md");

  private static final String BEGIN =
      "<!-- What follows up to the next such line is written from Metric.java by MetricsPageTest."
          + " -->\n";
  private static final String END = "<!-- End of what is written. -->\n";

  private MetricsPage() {}

  /** {@code page} with that part as it should be. */
  static String with(String page) {
    var begin = page.indexOf(BEGIN) + BEGIN.length();
    var end = page.indexOf(END);
    return page.substring(0, begin) + written() + page.substring(end);
  }

  private static String written() {
    var text = new StringBuilder();
    for (var part : Metric.Part.values()) {
      text.append("\n### ").append(title(part)).append("\n");
      text.append("| name | kind | labels | what it says |\n|---|---|---|---|\n");
      Arrays.stream(Metric.values())
          .filter(metric -> metric.part() == part)
          .forEach(metric -> text.append(row(metric)));
    }
    text.append("\n### The labels\n| label | of | values |\n|---|---|---|\n");
    used().forEach(label -> text.append(row(label)));
    return text.append("\n").toString();
  }

  private static String title(Metric.Part part) {
    return switch (part) {
      case CONTROLLER -> "Each controller";
      case LEADER -> "The controller that leads";
      case GATEWAY -> "Each gateway, of what it did itself";
    };
  }

  private static String row(Metric metric) {
    var labels =
        metric.labels().stream()
            .map(label -> "`%s`".formatted(label.word()))
            .collect(Collectors.joining(", "));
    var kind = metric.type().name().toLowerCase(Locale.ROOT);
    return "| `%s` | %s | %s | %s |\n".formatted(metric.word(), kind, labels, metric.meaning());
  }

  private static String row(Label label) {
    var of =
        Arrays.stream(Metric.values())
            .filter(metric -> metric.labels().contains(label))
            .map(metric -> "`%s`".formatted(metric.word()))
            .collect(Collectors.joining(", "));
    var several = label == Label.APP || label == Label.APP_NAMESPACE || label == Label.CLASS;
    return "| `%s` | %s | %s |\n".formatted(label.word(), several ? "many" : of, label.meaning());
  }

  private static Set<Label> used() {
    return Arrays.stream(Metric.values())
        .flatMap(metric -> metric.labels().stream())
        .sorted()
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
