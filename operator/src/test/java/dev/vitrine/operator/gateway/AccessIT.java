package dev.vitrine.operator.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.net.URI;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tokens of the cluster and RBAC decide, before anything is looked up. */
class AccessIT {

  @Order(1)
  @RegisterExtension
  static final KubeApiServer cluster = new KubeApiServer();

  @Order(2)
  @RegisterExtension
  static final GatewayProcess gateway = new GatewayProcess(cluster, "kubernetes");

  private static final Front front = new Front();
  private static Stand stand;

  /** Whose account has the rights, but not that to connect. */
  private static String team;

  private static String teamToken;

  /** Whose account has none. */
  private static String strangerToken;

  @BeforeAll
  static void fill() {
    stand = new Stand(cluster);
    team = cluster.newNamespace();
    stand.app(team, "viewer");
    grant("front-end", "streamsessions", "create", "get", "list", "delete");
    teamToken = Tokens.of(cluster, team, "vitrine");
    strangerToken = Tokens.of(cluster, cluster.newNamespace(), "vitrine");
  }

  @AfterAll
  static void close() {
    front.close();
  }

  private static void grant(String name, String resource, String... verbs) {
    var rule =
        new PolicyRuleBuilder()
            .withApiGroups("vitrine.dev")
            .withResources(resource)
            .withVerbs(verbs)
            .build();
    var role =
        new RoleBuilder()
            .withNewMetadata()
            .withNamespace(team)
            .withName(name)
            .endMetadata()
            .withRules(rule)
            .build();
    var binding =
        new RoleBindingBuilder()
            .withNewMetadata()
            .withNamespace(team)
            .withName(name)
            .endMetadata()
            .withNewRoleRef("rbac.authorization.k8s.io", "Role", name)
            .addNewSubject("", "ServiceAccount", "default", team)
            .build();
    cluster.client().resource(role).create();
    cluster.client().resource(binding).create();
  }

  private static URI streams(String rest) {
    return gateway.address("/namespaces/" + team + "/streaming/stream" + rest);
  }

  private static Front.Answer asTeam(String method, String rest, String body) throws Exception {
    return front.send(method, streams(rest), body, "Authorization", "Bearer " + teamToken);
  }

  @Test
  void without_a_good_token_nobody_learns_what_there_is() throws Exception {
    var none = front.get(streams(""));
    var forged = front.get(streams("/" + team + ".x"), "Authorization", "Bearer a.b.c");
    var foreign =
        front.get(
            streams(""), "Authorization", "Bearer " + Tokens.of(cluster, team, "vitrine-report"));

    assertThat(none.status()).isEqualTo(401);
    assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(none.detail()).startsWith("Send Authorization: Bearer with a Kubernetes token");
    for (var answer : new Front.Answer[] {forged, foreign}) {
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.detail())
          .isEqualTo("The token is not valid for audience vitrine, or has expired; get a new one.");
    }
  }

  @Test
  void without_the_right_what_is_and_what_is_not_look_the_same() throws Exception {
    stand.session(team, "hidden");
    for (var path : new String[] {"/" + team + ".hidden", "/" + team + ".nosuch"}) {
      var answer = front.get(streams(path), "Authorization", "Bearer " + strangerToken);
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.detail()).endsWith("may not get streamsessions in namespace " + team + ".");
    }
    var bad = front.send("POST", streams(""), "{", "Authorization", "Bearer " + strangerToken);
    assertThat(bad.status()).isEqualTo(403);
  }

  @Test
  void a_session_is_its_makers_and_its_token_is_for_those_who_may_connect() throws Exception {
    var made = asTeam("POST", "", "{\"id\":\"viewer\"}");
    assertThat(made.status()).as(made.body()).isEqualTo(202);
    var id = made.json().path("id").asText();
    var session =
        cluster
            .client()
            .resources(StreamSession.class)
            .inNamespace(team)
            .withName(id.substring(team.length() + 1))
            .get();
    assertThat(session.getSpec().user()).isEqualTo("system:serviceaccount:" + team + ":default");
    stand.pod(session, "127.0.0.1");
    stand.ready(session);
    Awaitility.await().until(() -> asTeam("GET", "/" + id, null).status() == 200);
    assertThat(asTeam("GET", "/" + id, null).json().has("connect")).isFalse();

    grant("viewer", "streamsessions/connect", "create");

    // A right is remembered for up to ten seconds.
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> asTeam("GET", "/" + id, null).json().at("/connect/token").isTextual());
    assertThat(asTeam("DELETE", "/" + id, null).status()).isEqualTo(200);
  }

  @Test
  void the_page_needs_no_token() throws Exception {
    assertThat(front.get(gateway.address("/view/default/viewer")).status()).isEqualTo(200);
  }
}
