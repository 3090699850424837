package dev.vitrine.runtime.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.vitrine.protocol.ConnectionReport;
import dev.vitrine.protocol.ConnectionState;
import dev.vitrine.protocol.EndReason;
import dev.vitrine.protocol.RuntimeReport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReporterIT {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final List<Long> accepted = new CopyOnWriteArrayList<>();
  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private final CountDownLatch over = new CountDownLatch(1);
  private final BlockingQueue<String> versions = new LinkedBlockingQueue<>();
  private final List<EndReason> stopping = new CopyOnWriteArrayList<>();
  private volatile EndReason overFor;
  private volatile int refusal = 503;
  private volatile String refusalBody = "";
  private volatile String answer = "{}";
  private HttpServer gateway;
  private Path tokenFile;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    tokenFile = Files.writeString(folder.resolve("token"), "secret-1\n");
    gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    gateway.createContext(
        "/reports",
        exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
          boolean refuse = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
          if (!refuse) {
            accepted.add(seqOf(body));
          }
          var bytes = (refuse ? refusalBody : answer).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(
              refuse ? refusal : 200, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    gateway.start();
  }

  @AfterEach
  void stop() {
    gateway.stop(0);
  }

  @Test
  void a_report_is_sent_with_the_pods_token() {
    try (var reporter = reporter()) {
      reporter.report(report(1));
      assertThat(reporter.flush(LIMIT)).isTrue();
    }
    assertThat(accepted).containsExactly(1L);
    assertThat(tokens).containsExactly("Bearer secret-1");
  }

  @Test
  void a_refused_report_is_repeated_until_it_is_accepted_with_the_token_of_the_day()
      throws IOException {
    refusals.set(2);
    try (var reporter = reporter()) {
      reporter.report(report(1));
      Files.writeString(tokenFile, "secret-2");
      assertThat(reporter.flush(LIMIT)).isTrue();
    }
    assertThat(accepted).containsExactly(1L);
    assertThat(tokens).hasSize(3).last().isEqualTo("Bearer secret-2");
  }

  @Test
  void of_unsent_reports_only_the_newest_counts() {
    refusals.set(1);
    try (var reporter = reporter()) {
      for (int seq = 1; seq <= 50; seq++) {
        reporter.report(report(seq));
      }
      assertThat(reporter.flush(LIMIT)).isTrue();
    }
    assertThat(accepted).isSorted().last().isEqualTo(50L);
    assertThat(accepted.size()).isLessThan(50);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"detail\":\"It has ended.\",\"reason\":\"AppDeleted\"} | APP_DELETED",
        "{\"detail\":\"It has ended.\"} | CLOSED_BY_API",
        "<html>Gone</html> | CLOSED_BY_API",
        "'' | CLOSED_BY_API",
      })
  void a_session_that_is_over_is_told_with_the_reason_and_reported_no_more(
      String body, EndReason reason) throws InterruptedException {
    refusals.set(1);
    refusal = 410;
    refusalBody = body;
    try (var reporter = reporter()) {
      reporter.report(report(1));
      assertThat(reporter.flush(LIMIT)).isTrue();
      assertThat(over.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
    assertThat(overFor).isEqualTo(reason);
    assertThat(accepted).isEmpty();
    assertThat(tokens).hasSize(1);
  }

  @Test
  void a_gateway_that_is_away_holds_nothing_up() {
    gateway.stop(0);
    try (var reporter = reporter()) {
      reporter.report(report(1));
      assertThat(reporter.flush(Duration.ofMillis(300))).isFalse();
    }
  }

  @Test
  void a_newer_version_is_heard_from_a_repeated_report_while_a_viewer_is_there() throws Exception {
    try (var reporter = reporter(Duration.ofMillis(50))) {
      reporter.report(report(1, ConnectionState.CONNECTED));
      assertThat(reporter.flush(LIMIT)).isTrue();
      answer = "{\"newerVersion\":\"1.5.0\"}";
      assertThat(heard()).isEqualTo("1.5.0");
      answer = "{\"newerVersion\":\"1.6.0\"}";
      assertThat(heard()).isEqualTo("1.6.0");
      answer = "{}";
      assertThat(heard()).isEmpty();
    }
    assertThat(accepted).hasSizeGreaterThan(3).containsOnly(1L);
    assertThat(versions).isEmpty();
  }

  @Test
  void why_the_pod_is_told_to_stop_is_heard_by_whoever_asks() {
    try (var reporter = reporter()) {
      reporter.repeat();
      assertThat(reporter.flush(LIMIT)).as("nothing was reported").isTrue();
      reporter.report(report(1, ConnectionState.CONNECTED));
      assertThat(reporter.flush(LIMIT)).isTrue();
      answer = "{\"stopping\":\"Preempted\"}";
      reporter.repeat();
      assertThat(reporter.flush(LIMIT)).isTrue();
    }
    assertThat(stopping).containsExactly(EndReason.PREEMPTED);
    assertThat(accepted).containsExactly(1L, 1L);
  }

  @Test
  void nothing_is_repeated_for_nobody() throws InterruptedException {
    answer = "{\"newerVersion\":\"1.5.0\"}";
    try (var reporter = reporter(Duration.ofMillis(1))) {
      reporter.report(report(1, ConnectionState.WAITING));
      assertThat(heard()).isEqualTo("1.5.0");
      assertThat(reporter.flush(LIMIT)).isTrue();
      assertThat(versions.poll(300, TimeUnit.MILLISECONDS)).isNull();
    }
    assertThat(accepted).containsExactly(1L);
  }

  @Test
  void a_session_that_is_over_is_not_repeated() throws InterruptedException {
    try (var reporter = reporter(Duration.ofMillis(50))) {
      reporter.report(report(1, ConnectionState.CONNECTED));
      assertThat(reporter.flush(LIMIT)).isTrue();
      refusal = 410;
      refusals.set(Integer.MAX_VALUE);
      assertThat(over.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
      var asked = tokens.size();
      assertThat(versions.poll(300, TimeUnit.MILLISECONDS)).isNull();
      assertThat(tokens).hasSize(asked);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "<html>", "{\"newerVersion\":7}"})
  void an_answer_that_says_nothing_is_as_good_as_any(String nothing) {
    answer = nothing;
    try (var reporter = reporter()) {
      reporter.report(report(1));
      assertThat(reporter.flush(LIMIT)).isTrue();
    }
    assertThat(accepted).containsExactly(1L);
    assertThat(versions).isEmpty();
  }

  @Test
  void an_answer_without_end_is_not_read() {
    answer = "x".repeat(100_000);
    try (var reporter = reporter()) {
      reporter.report(report(1));
      assertThat(reporter.flush(Duration.ofMillis(300))).isFalse();
    }
  }

  private String heard() throws InterruptedException {
    return versions.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private Reporter reporter() {
    return reporter(LIMIT);
  }

  private Reporter reporter(Duration repeat) {
    var address = gateway.getAddress();
    var listener =
        new Reporter.Listener() {
          @Override
          public void onSessionOver(EndReason reason) {
            overFor = reason;
            over.countDown();
          }

          @Override
          public void onStopping(EndReason reason) {
            stopping.add(reason);
          }

          @Override
          public void onNewerVersion(String version) {
            versions.add(version);
          }
        };
    return new Reporter(
        URI.create("http://127.0.0.1:%d/reports".formatted(address.getPort())),
        tokenFile,
        listener,
        repeat);
  }

  private static RuntimeReport report(long seq) {
    return report(seq, ConnectionState.WAITING);
  }

  private static RuntimeReport report(long seq, ConnectionState state) {
    var connection =
        new ConnectionReport(state, null, null, null, null, null, null, null, null, null, null);
    return new RuntimeReport("default", "viewer-1", "session-1", "pod-1", seq, connection);
  }

  private static long seqOf(String body) {
    try {
      return RuntimeReport.parse(body).seq();
    } catch (dev.vitrine.protocol.BadMessageException e) {
      throw new AssertionError(e);
    }
  }
}
