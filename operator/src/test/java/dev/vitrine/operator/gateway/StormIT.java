package dev.vitrine.operator.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.operator.testing.storm.Fault;
import dev.vitrine.operator.testing.storm.StormyApiServer;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * An API server that refuses, loses and delays: every kind of write that the gateway makes meets
 * every fault, past what the client mends of itself. Whoever asks is answered in order.
 */
class StormIT {

  /** All that the gateway writes. A new kind belongs here, or this fails. */
  private static final Set<String> WRITES =
      Set.of(
          "create streamsessions",
          "delete streamsessions",
          "patch streamsessions/status",
          "create tokenreviews",
          "create subjectaccessreviews");

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final int FRONT_ENDS = Fault.values().length + 1;

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();

  @Test
  void every_write_meets_every_fault_and_whoever_asks_is_answered_in_order() throws Exception {
    grantAllAccounts();
    var all = IntStream.range(0, FRONT_ENDS).mapToObj(i -> new FrontEnd("app-" + i)).toList();
    try (var server = new StormyApiServer(cluster.config(), 1);
        var gateway =
            GatewayProcess.through(
                server.config(), cluster, "kubernetes", StormyApiServer.environment());
        var threads = Executors.newFixedThreadPool(FRONT_ENDS)) {
      gateway.process().awaitReady();
      server.begin();
      CompletableFuture.allOf(
              all.stream()
                  .map(it -> CompletableFuture.runAsync(() -> it.live(gateway), threads))
                  .toArray(CompletableFuture[]::new))
          .get(3, TimeUnit.MINUTES);
      server.end();

      assertThat(server.kinds()).as("what is written").isEqualTo(WRITES);
      assertThat(server.unmet(WRITES)).as("what nobody has met").isEmpty();
    }
  }

  private static void grantAllAccounts() {
    var rule =
        new PolicyRuleBuilder()
            .withApiGroups("vitrine.dev")
            .withResources("streamsessions", "streamsessions/connect")
            .withVerbs("create", "get", "list", "delete")
            .build();
    var role =
        new ClusterRoleBuilder()
            .withNewMetadata()
            .withName("front-end")
            .endMetadata()
            .withRules(rule)
            .build();
    var binding =
        new ClusterRoleBindingBuilder()
            .withNewMetadata()
            .withName("front-ends")
            .endMetadata()
            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "front-end")
            .addNewSubject("rbac.authorization.k8s.io", "Group", "system:serviceaccounts", null)
            .build();
    cluster.client().resource(role).create();
    cluster.client().resource(binding).create();
  }

  /** Starts a session in a namespace of its own, whose pod reports; and ends it. */
  private static final class FrontEnd {

    private final Stand stand = new Stand(cluster);
    private final String namespace = cluster.newNamespace();
    private final String app;
    private final String token;
    private GatewayProcess gateway;

    FrontEnd(String app) {
      this.app = app;
      stand.app(namespace, app);
      var account =
          new ServiceAccountBuilder()
              .withNewMetadata()
              .withName(app)
              .withNamespace(namespace)
              .endMetadata()
              .build();
      cluster.client().resource(account).create();
      token = Tokens.of(cluster, namespace, app, "vitrine");
    }

    void live(GatewayProcess through) {
      gateway = through;
      try (var front = new Front()) {
        var id = create(front);
        var session = onlySession();
        assertThat(id).isEqualTo(namespace + "." + session.getMetadata().getName());
        report(front, session, stand.pod(session, "127.0.0.1"));
        delete(front, id);
        assertThat(sessions()).isEmpty();
      } catch (Exception e) {
        throw new IllegalStateException(app + ": " + e, e);
      }
    }

    private String create(Front front) throws Exception {
      var body = "{\"id\": \"%s\"}".formatted(app);
      var answer =
          persist(() -> front.send("POST", streams(""), body, "Authorization", "Bearer " + token));
      assertThat(answer.status()).as(answer.body()).isIn(200, 202);
      return answer.json().path("id").asText();
    }

    private void report(Front front, StreamSession session, Pod pod) throws Exception {
      stand.ready(session);
      var podToken = Tokens.ofPod(cluster, pod, "vitrine-report");
      for (var seq = 1; seq <= 3; seq++) {
        var body =
            """
            {"namespace":"%s","session":"%s","sessionUid":"%s","podUid":"%s","seq":%d,
             "connection":{"state":"Connected"}}
            """
                .formatted(
                    namespace,
                    session.getMetadata().getName(),
                    session.getMetadata().getUid(),
                    pod.getMetadata().getUid(),
                    seq);
        var answer =
            persist(
                () ->
                    front.send(
                        "POST",
                        gateway.address("/reports"),
                        body,
                        "Authorization",
                        "Bearer " + podToken));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(stand.read(session).getStatus().connection().seq()).isEqualTo(seq);
      }
    }

    private void delete(Front front, String id) throws Exception {
      var answer =
          persist(
              () ->
                  front.send(
                      "DELETE", streams("/" + id), null, "Authorization", "Bearer " + token));
      assertThat(answer.status()).as(answer.body()).isIn(200, 404);
    }

    /** As clients do that are told to try again; that is the only bad answer that they get. */
    private Front.Answer persist(Attempt attempt) throws Exception {
      var answers = new ArrayList<Integer>();
      return await(app + " to be answered, not " + answers)
          .atMost(LIMIT)
          .until(
              attempt::carryOut,
              answer -> {
                answers.add(answer.status());
                if (answer.status() != 503) {
                  return true;
                }
                assertThat(answer.detail()).isNotEmpty();
                assertThat(answer.header("Retry-After")).isNotNull();
                return false;
              });
    }

    private interface Attempt {
      Front.Answer carryOut() throws Exception;
    }

    private URI streams(String rest) {
      return gateway.address("/namespaces/%s/streaming/stream%s".formatted(namespace, rest));
    }

    private StreamSession onlySession() {
      assertThat(sessions()).hasSize(1);
      return sessions().getFirst();
    }

    private List<StreamSession> sessions() {
      return cluster
          .client()
          .resources(StreamSession.class)
          .inNamespace(namespace)
          .list()
          .getItems();
    }
  }
}
