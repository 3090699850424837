package dev.vitrine.operator.gateway;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.operator.metrics.Metric;
import dev.vitrine.operator.testing.Scrape;
import dev.vitrine.protocol.ConnectTokenIssuer;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the packaged gateway exports, and what it never makes a label of. */
class MetricsIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String SETUPS = Metric.SIGNAL_SETUP.word() + "_count";
  private static final String OFFER = "{\"type\":\"offer\",\"sdp\":\"v=0\\r\\n\"}";

  @Order(1)
  @RegisterExtension
  static final KubeApiServer cluster = new KubeApiServer();

  @Order(2)
  @RegisterExtension
  static final GatewayProcess gateway = new GatewayProcess(cluster, "none");

  private final Stand stand = new Stand(cluster);

  private static Browser dial(StreamSession session, String token) throws Exception {
    var meta = session.getMetadata();
    var path = "/signal/%s/%s".formatted(meta.getNamespace(), meta.getName());
    return Browser.dial("ws://127.0.0.1:" + gateway.port() + path, token);
  }

  private static String token(StreamSession session, Pod pod) {
    return new ConnectTokenIssuer(gateway.connectKey(), InstantSource.system())
        .issue("", session.getMetadata().getUid(), pod.getMetadata().getUid())
        .compact();
  }

  private static double setUps(String outcome) throws Exception {
    return gateway.scrape().sum(SETUPS, Map.of("outcome", outcome));
  }

  private static int send(String method, String path, String... headers) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(gateway.address(path)).method(method, BodyPublishers.noBody());
      if (headers.length > 0) {
        request.headers(headers);
      }
      return http.send(request.build(), BodyHandlers.discarding()).statusCode();
    }
  }

  @Test
  void it_exports_what_the_list_says_and_nothing_else_of_ours() throws Exception {
    assertThat(gateway.scrape().ours())
        .isEqualTo(
            Scrape.expected(
                Arrays.stream(Metric.values())
                    .filter(metric -> metric.part() == Metric.Part.GATEWAY)
                    .toArray(Metric[]::new)));
  }

  @Test
  void signalling_counts_once_by_its_outcome_and_open_sockets_while_they_are() throws Exception {
    var namespace = cluster.newNamespace();
    var served = stand.session(namespace, "served");
    var servedBy = stand.pod(served, "127.0.0.1");
    stand.ready(served);
    var cutOff = stand.session(namespace, "cut-off");
    var away = stand.pod(cutOff, "127.0.0.2");
    stand.ready(cutOff);
    try (var runtime = new EchoingPod(gateway.podPort());
        var browser = dial(served, token(served, servedBy))) {
      browser.send(OFFER);
      assertThat(browser.message()).isEqualTo(OFFER);
      assertThat(setUps("Joined")).isEqualTo(1);
      assertThat(gateway.scrape().sum(Metric.SIGNAL_SOCKETS.word(), Map.of())).isEqualTo(1);
    }
    assertThat(dial(served, null).closeCode()).isEqualTo(4401);
    assertThat(dial(cutOff, token(cutOff, away)).closeCode()).isEqualTo(4503);
    await("the sockets to be closed")
        .atMost(LIMIT)
        .until(() -> gateway.scrape().sum(Metric.SIGNAL_SOCKETS.word(), Map.of()) == 0);
    assertThat(setUps("Joined")).isEqualTo(1);
    assertThat(setUps("BadToken")).isEqualTo(1);
    assertThat(setUps("Unreachable")).isEqualTo(1);
    assertThat(setUps("NotReady")).isZero();
    assertThat(setUps("Abandoned")).isZero();
  }

  @Test
  void a_report_without_a_token_is_refused_and_counted() throws Exception {
    assertThat(send("POST", "/reports")).isEqualTo(401);
    assertThat(gateway.scrape().sum(Metric.REPORTS.word(), Map.of("outcome", "refused")))
        .isEqualTo(1);
  }

  @Test
  void a_page_that_asks_for_its_place_waits() throws Exception {
    var namespace = cluster.newNamespace();
    stand.app(namespace, "viewer");
    stand.queued(namespace, "waits", null, "cpu", "2026-01-01T00:00:00Z");
    var path = "/namespaces/%s/streaming/stream/%s.waits".formatted(namespace, namespace);
    await("the gateway to know that it waits")
        .atMost(LIMIT)
        .until(
            () -> {
              send("GET", path);
              return gateway.scrape().sum(Metric.WAITING_PAGES.word(), Map.of()) == 1;
            });
    assertThat(gateway.scrape().values("uri"))
        .contains("/streaming/stream/{id}")
        .noneMatch(uri -> uri.contains("waits"));
  }

  @Test
  void strangers_make_no_labels() throws Exception {
    assertThat(send("GET", "/evil/stranger", "Origin", "http://evil.example")).isEqualTo(403);
    assertThat(send("PUT", "/namespaces/stranger/streaming/stream/stranger.one")).isEqualTo(405);
    send("STRANGER", "/cfg/apps");
    send("GET", "/stranger");
    var scrape = gateway.scrape();
    var all =
        scrape.series().stream().flatMap(it -> it.labels().values().stream()).collect(toSet());
    assertThat(all).noneMatch(value -> value.toLowerCase().contains("stranger"));
    assertThat(scrape.values("uri")).contains("OTHER", "/streaming/stream/{id}");
    assertThat(scrape.values("method")).contains("OTHER", "PUT");
  }
}
