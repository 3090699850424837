package dev.vitrine.operator.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.operator.testing.OtlpReceiver;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionTracesTest {

  private static final String SESSION = "0b4e6c9a-5d7f-4a3e-8c21-9f00aa55ee11";
  private static final String TRACE = "0b4e6c9a5d7f4a3e8c219f00aa55ee11";
  private static final String FIRST = "8c219f00aa55ee11";
  private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00.000001Z");
  private static final Instant ENDED = Instant.parse("2026-01-01T00:00:02.5Z");

  private OtlpReceiver receiver;
  private Instant now = BEGAN;

  @BeforeEach
  void listen() throws IOException {
    receiver = new OtlpReceiver();
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  private SessionTraces traces(Map<String, String> more) {
    var environment = new HashMap<>(receiver.environment());
    environment.putAll(more);
    return SessionTraces.of("vitrine-test", environment, () -> now);
  }

  @Test
  void a_life_is_the_first_span_of_a_trace_that_has_the_sessions_uid() {
    try (var traces = traces(Map.of())) {
      traces.writeLife(
          SESSION,
          new Happening(
              "session", BEGAN, ENDED, Map.of("vitrine.app", "demo"), Optional.of("It broke")));
    }
    assertThat(receiver.spans())
        .containsExactly(
            new OtlpReceiver.Received(
                "vitrine-test",
                TRACE,
                FIRST,
                "",
                "session",
                BEGAN,
                ENDED,
                Map.of("vitrine.app", "demo"),
                "It broke"));
  }

  @Test
  void whatever_happens_is_a_part_of_the_life_whoever_writes_it() {
    try (var one = traces(Map.of());
        var other = traces(Map.of("OTEL_SERVICE_NAME", "another"))) {
      one.write(SESSION, Happening.of("line", BEGAN, ENDED));
      var doing = other.begin("assign");
      now = ENDED;
      doing.failed(SESSION, "Nobody answers");
    }
    assertThat(receiver.spans())
        .allSatisfy(
            span -> {
              assertThat(span.trace()).isEqualTo(TRACE);
              assertThat(span.parent()).isEqualTo(FIRST);
              assertThat(span.span()).isNotEqualTo(FIRST);
              assertThat(span.began()).isEqualTo(BEGAN);
              assertThat(span.ended()).isEqualTo(ENDED);
            })
        .extracting(span -> span.service() + ": " + span.name() + ": " + span.failure())
        .containsExactlyInAnyOrder("vitrine-test: line: ", "another: assign: Nobody answers");
  }

  @Test
  void a_share_of_the_sessions_is_kept_whole_or_not_at_all() {
    var sampling = Map.of("OTEL_TRACES_SAMPLER", "traceidratio", "OTEL_TRACES_SAMPLER_ARG", "0.5");
    var sessions = 400;
    try (var traces = traces(sampling)) {
      var random = new Random(7);
      for (var i = 0; i < sessions; i++) {
        var session = new UUID(random.nextLong(), random.nextLong() >>> 2 | Long.MIN_VALUE);
        traces.write(session.toString(), Happening.of("line", BEGAN, ENDED));
        traces.writeLife(session.toString(), Happening.of("session", BEGAN, ENDED));
      }
    }
    var spansOf =
        receiver.spans().stream()
            .collect(Collectors.groupingBy(OtlpReceiver.Received::trace, Collectors.counting()));
    assertThat(spansOf.values()).containsOnly(2L);
    assertThat(spansOf.size()).isBetween(sessions / 2 - 50, sessions / 2 + 50);
  }

  @Test
  void without_an_endpoint_nothing_is_written_nor_the_clock_read() {
    var read = new int[1];
    try (var traces =
        SessionTraces.of(
            "vitrine-test",
            Map.of("OTEL_SERVICE_NAME", "x", "OTEL_EXPORTER_OTLP_ENDPOINT", " "),
            () -> {
              read[0]++;
              return now;
            })) {
      traces.begin("assign").done(SESSION, Map.of());
      traces.writeLife(SESSION, Happening.of("session", BEGAN, ENDED));
    }
    assertThat(receiver.spans()).isEmpty();
    assertThat(read[0]).isZero();
  }

  @Test
  void what_is_no_uid_has_no_trace() {
    try (var traces = traces(Map.of())) {
      traces.write("session-1", Happening.of("line", BEGAN, ENDED));
    }
    assertThat(receiver.spans()).isEmpty();
  }
}
