package dev.vitrine.operator.gateway.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.operator.testing.OtlpReceiver;
import dev.vitrine.operator.trace.SessionTraces;
import dev.vitrine.protocol.SignalCloseCode;
import io.prometheus.client.CollectorRegistry;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignalMeterTest {

  private static final String SESSION = "0b4e6c9a-5d7f-4a3e-8c21-9f00aa55ee11";

  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final CollectorRegistry exported = new CollectorRegistry();
  private final SignalMeter meter = new SignalMeter(SessionTraces.off(), () -> now);

  @BeforeEach
  void export() {
    meter.collectors().forEach(exported::register);
  }

  private double setUps(String series, String outcome) {
    return exported.getSampleValue(
        "vitrine_signal_setup_seconds" + series, new String[] {"outcome"}, new String[] {outcome});
  }

  private double sockets() {
    return exported.getSampleValue("vitrine_signal_sockets");
  }

  @Test
  void a_socket_is_open_from_its_beginning_to_its_end_and_joined_once() {
    var setUp = meter.begin();
    assertThat(sockets()).isEqualTo(1);
    now = now.plusMillis(40);
    setUp.joined();
    assertThat(sockets()).isEqualTo(1);
    setUp.refused(SignalCloseCode.NOT_READY); // the pod went later
    setUp.closed();
    assertThat(sockets()).isZero();
    assertThat(setUps("_count", "Joined")).isEqualTo(1);
    assertThat(setUps("_sum", "Joined")).isEqualTo(0.04);
    assertThat(setUps("_count", "NotReady")).isZero();
    assertThat(setUps("_count", "Abandoned")).isZero();
  }

  @Test
  void a_pod_that_is_not_reached_is_no_refusal_and_a_browser_that_goes_is_neither() {
    var cutOff = meter.begin();
    cutOff.unreachable();
    cutOff.refused(SignalCloseCode.NOT_READY);
    cutOff.closed();
    meter.begin().closed();
    var forged = meter.begin();
    forged.refused(SignalCloseCode.BAD_TOKEN);
    forged.closed();
    assertThat(setUps("_count", "Unreachable")).isEqualTo(1);
    assertThat(setUps("_count", "Abandoned")).isEqualTo(1);
    assertThat(setUps("_count", "BadToken")).isEqualTo(1);
    assertThat(setUps("_count", "NotReady")).isZero();
  }

  @Test
  void who_has_a_good_token_is_in_the_sessions_trace_and_nobody_else() throws Exception {
    try (var receiver = new OtlpReceiver()) {
      try (var traces = SessionTraces.of("test", receiver.environment(), () -> now)) {
        var traced = new SignalMeter(traces, () -> now);
        traced.begin().refused(SignalCloseCode.BAD_TOKEN);
        var admitted = traced.begin();
        admitted.isFor(SESSION);
        admitted.joined();
        admitted.closed();
      }
      assertThat(receiver.spans())
          .singleElement()
          .satisfies(
              span -> {
                assertThat(span.name()).isEqualTo("signal");
                assertThat(span.trace()).isEqualTo(SESSION.replace("-", ""));
                assertThat(span.attributes()).isEqualTo(Map.of("vitrine.outcome", "Joined"));
              });
    }
  }
}
