package dev.vitrine.operator.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.operator.testing.ControllerStand;
import dev.vitrine.operator.testing.OtlpReceiver;
import dev.vitrine.operator.testing.OtlpReceiver.Received;
import dev.vitrine.operator.trace.SessionTraces;
import dev.vitrine.protocol.SigningKey;
import dev.vitrine.testing.KubeApiServer;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the controller does for a session, over many reconciliations, is one trace. */
class SessionTraceIT {

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();

  private OtlpReceiver receiver;
  private SessionTraces traces;
  private ControllerStand stand;

  @BeforeEach
  void startController() throws IOException {
    receiver = new OtlpReceiver();
    traces = SessionTraces.of("vitrine-controller", receiver.environment(), InstantSource.system());
    stand = new ControllerStand(cluster, SigningKey.generate(), traces);
  }

  @AfterEach
  void stopController() {
    stand.close();
    traces.close();
    receiver.close();
  }

  private List<Received> traceOf(String session) {
    var trace = stand.session(session).getMetadata().getUid().replace("-", "");
    return receiver.spans().stream().filter(span -> span.trace().equals(trace)).toList();
  }

  private List<Received> awaitLife(String session) {
    await("the whole life")
        .atMost(ControllerStand.LIMIT)
        .until(() -> traceOf(session).stream().anyMatch(it -> it.name().equals("session")));
    return traceOf(session);
  }

  @Test
  void a_warm_session_shows_its_claim_and_its_assignment_under_its_life() {
    stand.createApp("{classes: [%s], warm: {min: 1}}".formatted(stand.namespace));
    var pod = stand.awaitIdlePods(1).getFirst();
    stand.kubelet.ready(pod, "127.0.0.1");
    stand.awaitApp(ConditionType.WARM_POOL_FULL, "True", "Full");
    stand.createSession("one");
    stand.awaitReady("one", "True", "Waiting");
    stand.kubelet.ended(pod, 0, "{\"reason\":\"IdleTimeout\",\"message\":\"Nobody moved\"}");

    var spans = awaitLife("one");
    var life = spans.stream().filter(span -> span.name().equals("session")).findFirst().get();
    assertThat(life.attributes())
        .containsEntry("vitrine.end", "IdleTimeout")
        .containsEntry("k8s.pod.name", pod.getMetadata().getName());
    assertThat(spans)
        .extracting(Received::name)
        .contains("claim", "assign", "reconcile", "line", "start")
        .doesNotContain("create pod", "connect");
    assertThat(spans)
        .filteredOn(span -> span != life)
        .extracting(Received::parent)
        .containsOnly(life.span());
    assertThat(spans)
        .filteredOn(span -> span.name().equals("claim"))
        .singleElement()
        .satisfies(
            claim ->
                assertThat(claim.attributes())
                    .containsEntry("k8s.pod.name", pod.getMetadata().getName()));
  }

  @Test
  void a_pod_that_refuses_shows_its_words() {
    stand.createApp("{classes: [%s]}".formatted(stand.namespace));
    stand.createSession("one");
    stand.runtime.refuseWith(409);
    stand.serve("one");
    assertThat(awaitLife("one"))
        .filteredOn(span -> span.name().equals("assign") || span.name().equals("session"))
        .extracting(Received::failure)
        .contains("not now", "The pod refused the session: not now");
    assertThat(traceOf("one")).extracting(Received::name).contains("create pod");
  }
}
