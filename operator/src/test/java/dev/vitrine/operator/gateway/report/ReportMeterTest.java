package dev.vitrine.operator.gateway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.operator.gateway.http.Refusal;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.prometheus.client.CollectorRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReportMeterTest {

  private final CollectorRegistry exported = new CollectorRegistry();
  private final ReportMeter meter = new ReportMeter();

  @BeforeEach
  void export() {
    meter.collectors().forEach(exported::register);
  }

  private double reports(String outcome) {
    return exported.getSampleValue(
        "vitrine_reports_total", new String[] {"outcome"}, new String[] {outcome});
  }

  private void failing(RuntimeException failure) {
    assertThatThrownBy(
            () ->
                meter.count(
                    () -> {
                      throw failure;
                    }))
        .isSameAs(failure);
  }

  @Test
  void what_is_accepted_is_given_on_and_counted() {
    assertThat(meter.count(() -> "answer")).isEqualTo("answer");
    assertThat(reports("accepted")).isEqualTo(1);
    assertThat(reports("refused") + reports("failed")).isZero();
  }

  @Test
  void a_pod_at_fault_is_refused_and_a_cluster_at_fault_fails() {
    failing(new Refusal(403, "not yours"));
    failing(new Refusal(503, "too many"));
    failing(new KubernetesClientException("no answer"));
    assertThat(reports("refused")).isEqualTo(1);
    assertThat(reports("failed")).isEqualTo(2);
    assertThat(reports("accepted")).isZero();
  }
}
