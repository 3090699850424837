package dev.vitrine.operator.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.protocol.ConnectGrant;
import dev.vitrine.protocol.ConnectTokenVerifier;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Pods watch the one session that is theirs to watch, as its viewer without a browser. */
class WatchIT {

  private static final Map<String, String> WATCHES = Map.of("vitrine.dev/watches", "viewer-1");

  @Order(1)
  @RegisterExtension
  static final KubeApiServer cluster = new KubeApiServer();

  @Order(2)
  @RegisterExtension
  static final GatewayProcess gateway = new GatewayProcess(cluster, "kubernetes");

  private static final Front front = new Front();

  private final Stand stand = new Stand(cluster);
  private StreamSession session;
  private Pod watcher;

  @BeforeEach
  void fill() {
    session = stand.trial(cluster.newNamespace(), "viewer-1", "viewer-7f3");
    watcher = stand.pod(session, WATCHES);
  }

  @AfterAll
  static void close() {
    front.close();
  }

  private Pod ready() {
    var runtime = stand.pod(session, "127.0.0.1");
    stand.ready(session);
    return runtime;
  }

  private Front.Answer ask(String token, String namespace, String name) throws Exception {
    return front.send(
        "POST",
        gateway.address("/watches/%s/%s".formatted(namespace, name)),
        null,
        "Authorization",
        "Bearer " + token);
  }

  private Front.Answer ask(Pod pod) throws Exception {
    return ask(
        Tokens.ofPod(cluster, pod, "vitrine-report"),
        session.getMetadata().getNamespace(),
        "viewer-1");
  }

  private Front.Answer granted() {
    return Awaitility.await().until(() -> ask(watcher), answer -> answer.status() == 200);
  }

  @Test
  void the_watching_pod_gets_a_token_that_its_session_s_pod_believes() throws Exception {
    var runtime = ready();

    var answer = granted();

    assertThat(answer.header("Content-Type")).startsWith("application/json");
    var grant = ConnectGrant.parse(answer.body());
    assertThat(grant.url())
        .isEqualTo(
            URI.create(
                "ws://127.0.0.1:%d/signal/%s/viewer-1"
                    .formatted(gateway.port(), session.getMetadata().getNamespace())));
    var token =
        new ConnectTokenVerifier(gateway.connectKey().publicKeys(), InstantSource.system())
            .verify(grant.token());
    token.requireFor(session.getMetadata().getUid(), runtime.getMetadata().getUid());
    assertThat(token.user()).isEmpty();
    assertThat(grant.expiresAt()).isEqualTo(token.expiresAt());
    assertThat(gateway.log()).doesNotContain(grant.token());
  }

  @Test
  void with_the_grant_the_pod_s_signalling_is_reached() throws Exception {
    try (var runtime = new EchoingPod(gateway.podPort())) {
      ready();
      var grant = ConnectGrant.parse(granted().body());

      try (var viewer = Browser.dial(grant.url().toString(), grant.token())) {
        viewer.send("{\"type\":\"offer\",\"sdp\":\"v=0\\r\\n\"}");

        assertThat(viewer.message()).contains("offer");
        assertThat(runtime.lastProtocols()).endsWith(grant.token());
      }
    }
  }

  @Test
  void a_session_that_cannot_be_joined_yet_says_what_it_waits_for() throws Exception {
    assertThat(ask(watcher).status()).isEqualTo(409);
    assertThat(ask(watcher).detail())
        .isEqualTo(
            "Session viewer-1 cannot be joined yet: Pending: The session waits for the controller");

    stand.conditions(
        session, Fixtures.condition("Ready", "False", "Unschedulable", "0/1 nodes are free"));

    assertThat(ask(watcher).detail())
        .isEqualTo("Session viewer-1 cannot be joined yet: Unschedulable: 0/1 nodes are free");

    ready();
    granted();
  }

  @Test
  void a_session_that_has_ended_is_gone_with_its_reason() throws Exception {
    ready();
    stand.conditions(session, Fixtures.condition("Ended", "True", "AppFailed", "It has no driver"));

    assertThat(ask(watcher).status()).isEqualTo(410);
    assertThat(ask(watcher).detail())
        .isEqualTo("Session viewer-1 has ended: AppFailed: It has no driver");
  }

  @Test
  void a_session_that_was_deleted_is_gone_too() throws Exception {
    cluster.client().resource(session).delete();

    assertThat(ask(watcher).status()).isEqualTo(410);
    assertThat(ask(watcher).detail()).startsWith("There is no session viewer-1 in namespace ");
  }

  @Test
  void a_pod_without_the_label_may_not_watch() throws Exception {
    ready();
    var answer = ask(stand.pod(session, Map.of("app", "mine")));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.detail())
        .isEqualTo(
            "This pod is no viewer of session viewer-1: its label vitrine.dev/watches says"
                + " otherwise.");
  }

  @Test
  void a_pod_that_another_session_owns_may_not_watch() throws Exception {
    ready();
    var namespace = session.getMetadata().getNamespace();
    var other = stand.trial(namespace, "viewer-2", "viewer-7f3");

    var answer = ask(stand.pod(other, WATCHES));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.detail())
        .isEqualTo("This pod is no viewer of session viewer-1, which does not own it.");
  }

  @Test
  void a_session_that_verifies_nothing_is_watched_by_no_pod() throws Exception {
    var namespace = session.getMetadata().getNamespace();
    var ordinary = stand.session(namespace, "viewer-2");
    stand.pod(ordinary, "127.0.0.1");
    stand.ready(ordinary);
    var pod = stand.pod(ordinary, Map.of("vitrine.dev/watches", "viewer-2"));

    var answer = ask(Tokens.ofPod(cluster, pod, "vitrine-report"), namespace, "viewer-2");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.detail())
        .isEqualTo("Session viewer-2 is watched by people only: it tries no revision.");
  }

  @Test
  void sessions_of_other_namespaces_are_not_even_looked_for() throws Exception {
    ready();
    var token = Tokens.ofPod(cluster, watcher, "vitrine-report");

    var answer = ask(token, cluster.newNamespace(), "viewer-1");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.detail()).isEqualTo("A pod may watch sessions of its own namespace only.");
  }

  @Test
  void a_token_that_is_no_pod_s_own_watches_nothing() throws Exception {
    ready();
    var namespace = session.getMetadata().getNamespace();

    assertThat(ask("a.b.c", namespace, "viewer-1").status()).isEqualTo(401);
    assertThat(ask(Tokens.ofPod(cluster, watcher, "vitrine"), namespace, "viewer-1").status())
        .isEqualTo(401);
    assertThat(ask(Tokens.of(cluster, namespace, "vitrine-report"), namespace, "viewer-1").detail())
        .isEqualTo("The token is bound to no pod; send a pod's own.");
    assertThat(
            front
                .send("POST", gateway.address("/watches/%s/viewer-1".formatted(namespace)), null)
                .status())
        .isEqualTo(401);
  }

  @Test
  void a_pod_that_asks_too_often_is_told_to_wait() throws Exception {
    var token = Tokens.ofPod(cluster, watcher, "vitrine-report");
    var statuses = new HashSet<Integer>();
    for (var sent = 0; sent < 1_000 && !statuses.contains(429); sent++) {
      statuses.add(ask(token, session.getMetadata().getNamespace(), "viewer-1").status());
    }
    assertThat(statuses).containsExactlyInAnyOrder(409, 429);
  }
}
