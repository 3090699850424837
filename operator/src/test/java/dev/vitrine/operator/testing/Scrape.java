package dev.vitrine.operator.testing;

import dev.vitrine.operator.metrics.Label;
import dev.vitrine.operator.metrics.Metric;
import io.prometheus.client.Collector;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a process exports, as a scraper reads it (text format 0.0.4). */
public record Scrape(List<Series> series) {

  /** One line. */
  public record Series(String name, Map<String, String> labels, double value) {}

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Pattern LINE = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  /** Asks {@code address}. */
  public static Scrape of(URI address) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(address).timeout(LIMIT).build();
      return parse(http.send(request, BodyHandlers.ofString()).body());
    }
  }

  static Scrape parse(String text) {
    return new Scrape(
        text.lines().filter(line -> !line.startsWith("#")).map(Scrape::series).toList());
  }

  private static Series series(String line) {
    var parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new IllegalArgumentException("No series: " + line);
    }
    var labels = new TreeMap<String, String>();
    var written = LABEL.matcher(parts.group(2) == null ? "" : parts.group(2));
    while (written.find()) {
      labels.put(written.group(1), written.group(2));
    }
    return new Series(parts.group(1), labels, Double.parseDouble(parts.group(3)));
  }

  /** All values of a label, of whatever series have it. */
  public Set<String> values(String label) {
    return series.stream()
        .flatMap(it -> Stream.ofNullable(it.labels().get(label)))
        .collect(Collectors.toSet());
  }

  /** The sum over those series of a metric whose labels have these values. */
  public double sum(String name, Map<String, String> labels) {
    return series.stream()
        .filter(it -> it.name().equals(name))
        .filter(it -> it.labels().entrySet().containsAll(labels.entrySet()))
        .mapToDouble(Series::value)
        .sum();
  }

  /** Each of our own series: its name, and in brackets its labels. */
  public Set<String> ours() {
    return series.stream()
        .filter(it -> it.name().startsWith("vitrine_") && !it.name().endsWith("_created"))
        .map(it -> described(it.name(), it.labels().keySet()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What {@link #ours} is where all of these are exported. */
  public static Set<String> expected(Metric... metrics) {
    return Arrays.stream(metrics)
        .flatMap(Scrape::seriesOf)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> seriesOf(Metric metric) {
    var labels = metric.labels().stream().map(Label::word).toList();
    if (metric.type() != Collector.Type.HISTOGRAM) {
      return Stream.of(described(metric.word(), labels));
    }
    var withBound = Stream.concat(labels.stream(), Stream.of("le")).toList();
    return Stream.of(
        described(metric.word() + "_bucket", withBound),
        described(metric.word() + "_count", labels),
        described(metric.word() + "_sum", labels));
  }

  private static String described(String name, Collection<String> labels) {
    return name + new TreeSet<>(labels);
  }
}
