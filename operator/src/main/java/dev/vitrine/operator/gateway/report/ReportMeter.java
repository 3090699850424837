package dev.vitrine.operator.gateway.report;

import dev.vitrine.operator.gateway.http.Refusal;
import dev.vitrine.operator.metrics.Metric;
import io.prometheus.client.Collector;
import io.prometheus.client.Counter;
import java.util.List;
import java.util.function.Supplier;

/** Counts how runtimes' reports fared. */
public final class ReportMeter {

  private static final String ACCEPTED = "accepted";
  private static final String REFUSED = "refused";
  private static final String FAILED = "failed";
  private static final int SERVER_ERRORS = 500;

  private final Counter reports = Metric.REPORTS.counter();

  public ReportMeter() {
    List.of(ACCEPTED, REFUSED, FAILED).forEach(reports::labels);
  }

  public List<Collector> collectors() {
    return List.of(reports);
  }

  /** Gives what {@code report} gives, and counts it. */
  String count(Supplier<String> report) {
    var outcome = FAILED;
    try {
      var answer = report.get();
      outcome = ACCEPTED;
      return answer;
    } catch (Refusal refusal) {
      outcome = refusal.status() < SERVER_ERRORS ? REFUSED : FAILED;
      throw refusal;
    } finally {
      reports.labels(outcome).inc();
    }
  }
}
