package dev.vitrine.operator.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.operator.testing.ControllerStand;
import dev.vitrine.operator.testing.OtlpReceiver;
import dev.vitrine.operator.testing.OtlpReceiver.Received;
import dev.vitrine.operator.trace.SessionTraces;
import dev.vitrine.protocol.ConnectTokenIssuer;
import dev.vitrine.testing.KubeApiServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One session is one trace, of a gateway and a controller that know nothing of each other. */
class TraceIT {

  private static final String OFFER = "{\"type\":\"offer\",\"sdp\":\"v=0\\r\\n\"}";
  private static final OtlpReceiver RECEIVER = receiver();

  @Order(1)
  @RegisterExtension
  static final KubeApiServer cluster = new KubeApiServer();

  @Order(2)
  @RegisterExtension
  static final GatewayProcess gateway = new GatewayProcess(cluster, "none", RECEIVER.environment());

  private static SessionTraces traces;
  private static ControllerStand stand;

  private static OtlpReceiver receiver() {
    try {
      return new OtlpReceiver();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @BeforeAll
  static void startController() throws IOException {
    traces = SessionTraces.of("vitrine-controller", RECEIVER.environment(), InstantSource.system());
    stand = new ControllerStand(cluster, gateway.connectKey(), traces);
  }

  @AfterAll
  static void close() {
    stand.close();
    traces.close();
    RECEIVER.close();
  }

  /** Its name, by the REST API. */
  private static String create() throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(
                  gateway.address("/namespaces/%s/streaming/stream".formatted(stand.namespace)))
              .POST(BodyPublishers.ofString("{\"id\":\"demo\"}"))
              .build();
      var reply = http.send(request, BodyHandlers.ofString());
      assertThat(reply.statusCode()).as(reply.body()).isIn(200, 202);
      var id = new ObjectMapper().readTree(reply.body()).get("id").asText();
      return id.substring(id.indexOf('.') + 1);
    }
  }

  @Test
  void all_that_happens_to_a_session_is_in_one_trace() throws Exception {
    stand.createApp("{classes: [%s], warm: {min: 1}}".formatted(stand.namespace));
    var pod = stand.awaitIdlePods(1).getFirst();
    stand.kubelet.ready(pod, "127.0.0.1");
    stand.awaitApp(ConditionType.WARM_POOL_FULL, "True", "Full");
    var name =
        await("the gateway to know the app")
            .atMost(ControllerStand.LIMIT)
            .ignoreExceptions()
            .until(TraceIT::create, _ -> true);
    stand.awaitReady(name, "True", "Waiting");
    var session = stand.session(name);
    try (var runtime = new EchoingPod(gateway.podPort());
        var browser =
            Browser.dial(
                "ws://127.0.0.1:%d/signal/%s/%s".formatted(gateway.port(), stand.namespace, name),
                new ConnectTokenIssuer(gateway.connectKey(), InstantSource.system())
                    .issue("", session.getMetadata().getUid(), pod.getMetadata().getUid())
                    .compact())) {
      browser.send(OFFER);
      browser.message();
    }
    var now = Instant.now();
    stand.report(
        name,
        "{\"seq\":1,\"state\":\"Connected\",\"connectedAt\":\"%s\",\"firstFrameAt\":\"%s\"}"
            .formatted(now, now.plusMillis(80)));
    stand.awaitReady(name, "True", "Connected");
    stand.kubelet.ended(pod, 0, "{\"reason\":\"IdleTimeout\",\"message\":\"Nobody moved\"}");

    var trace = session.getMetadata().getUid().replace("-", "");
    await("the whole life")
        .atMost(ControllerStand.LIMIT)
        .until(() -> names(trace).containsAll(List.of("session", "signal", "create session")));
    assertThat(names(trace))
        .contains("line", "start", "connect", "picture", "claim", "assign", "reconcile");
    var life = spans(trace).stream().filter(it -> it.name().equals("session")).toList();
    assertThat(life)
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.parent()).isEmpty();
              assertThat(it.service()).isEqualTo("vitrine-controller");
              assertThat(it.attributes())
                  .containsEntry("vitrine.end", "IdleTimeout")
                  .containsEntry("vitrine.session", name)
                  .containsEntry("k8s.pod.name", pod.getMetadata().getName());
            });
    assertThat(spans(trace))
        .filteredOn(it -> !it.name().equals("session"))
        .extracting(Received::parent)
        .containsOnly(life.getFirst().span());
    assertThat(spans(trace))
        .filteredOn(it -> it.service().equals("vitrine-gateway"))
        .extracting(Received::name)
        .containsExactlyInAnyOrder("create session", "signal");
  }

  private static List<Received> spans(String trace) {
    return RECEIVER.spans().stream().filter(it -> it.trace().equals(trace)).toList();
  }

  private static List<String> names(String trace) {
    return spans(trace).stream().map(Received::name).toList();
  }
}
