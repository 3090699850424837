package dev.vitrine.runtime.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.vitrine.protocol.ConnectionReport;
import dev.vitrine.protocol.ConnectionState;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReporterIT {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final List<Long> accepted = new CopyOnWriteArrayList<>();
  private final List<String> tokens = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile int refusal = 503;
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
          exchange.sendResponseHeaders(refuse ? refusal : 204, -1);
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

  @Test
  void a_session_that_is_over_is_told_and_reported_no_more() throws InterruptedException {
    refusals.set(1);
    refusal = 410;
    try (var reporter = reporter()) {
      reporter.report(report(1));
      assertThat(reporter.flush(LIMIT)).isTrue();
      assertThat(over.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }
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

  private Reporter reporter() {
    var address = gateway.getAddress();
    return new Reporter(
        URI.create("http://127.0.0.1:%d/reports".formatted(address.getPort())),
        tokenFile,
        over::countDown);
  }

  private static RuntimeReport report(long seq) {
    var connection =
        new ConnectionReport(
            ConnectionState.WAITING, null, null, null, null, null, null, null, null, null, null);
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
