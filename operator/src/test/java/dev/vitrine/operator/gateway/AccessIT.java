package dev.vitrine.operator.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.List;
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
    grant("front-end", "default", "streamsessions", "create", "get", "list", "delete");
    teamToken = Tokens.of(cluster, team, "vitrine");
    strangerToken = Tokens.of(cluster, cluster.newNamespace(), "vitrine");
  }

  @AfterAll
  static void close() {
    front.close();
  }

  /** Returns once it is in force: the gateway remembers a no for ten seconds. */
  private static void grant(String name, String account, String resource, String... verbs) {
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
            .addNewSubject("", "ServiceAccount", account, team)
            .build();
    cluster.client().resource(role).create();
    cluster.client().resource(binding).create();
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> may(account, verbs[verbs.length - 1], resource));
  }

  private static boolean may(String account, String verb, String resource) {
    var kind = resource.split("/", -1);
    var question =
        new SubjectAccessReviewBuilder()
            .withNewSpec()
            .withUser("system:serviceaccount:%s:%s".formatted(team, account))
            .withNewResourceAttributes()
            .withVerb(verb)
            .withGroup("vitrine.dev")
            .withResource(kind[0])
            .withSubresource(kind.length > 1 ? kind[1] : null)
            .withNamespace(team)
            .endResourceAttributes()
            .endSpec()
            .build();
    var answer = cluster.client().authorization().v1().subjectAccessReview().create(question);
    return Boolean.TRUE.equals(answer.getStatus().getAllowed());
  }

  private static URI streams(String rest) {
    return gateway.address("/namespaces/" + team + "/streaming/stream" + rest);
  }

  private static Front.Answer asTeam(String method, String rest, String body) throws Exception {
    return send(teamToken, method, rest, body);
  }

  private static Front.Answer send(String token, String method, String rest, String body)
      throws Exception {
    return front.send(method, streams(rest), body, "Authorization", "Bearer " + token);
  }

  /** The token of an account of the team, which may do nothing yet. */
  private static String account(String name) {
    cluster
        .client()
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace(team)
                .withName(name)
                .endMetadata()
                .build())
        .create();
    return Tokens.of(cluster, team, name, "vitrine");
  }

  /** The token of an account with the rights of the role vitrine-viewer to sessions. */
  private static String viewer(String name) {
    grant(name + "-makes", name, "streamsessions", "create");
    grant(name + "-connects", name, "streamsessions/connect", "create");
    return account(name);
  }

  /** The id of a session that can be joined. */
  private static String joinable(String token) throws Exception {
    var made = send(token, "POST", "", "{\"id\":\"viewer\"}");
    assertThat(made.status()).as(made.body()).isEqualTo(202);
    var id = made.json().path("id").asText();
    var session = session(id);
    stand.pod(session, "127.0.0.1");
    stand.ready(session);
    Awaitility.await().until(() -> send(token, "GET", "/" + id, null).status() == 200);
    return id;
  }

  private static StreamSession session(String id) {
    return cluster
        .client()
        .resources(StreamSession.class)
        .inNamespace(team)
        .withName(id.substring(team.length() + 1))
        .get();
  }

  private static List<String> idsFor(String token) throws Exception {
    var list = send(token, "GET", "", null);
    assertThat(list.status()).as(list.body()).isEqualTo(200);
    assertThat(list.json().path("count").asInt()).isEqualTo(list.json().path("items").size());
    return list.json().path("items").findValuesAsText("id");
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
    var id = joinable(teamToken);
    assertThat(session(id).getSpec().user())
        .isEqualTo("system:serviceaccount:" + team + ":default");
    assertThat(asTeam("GET", "/" + id, null).json().has("connect")).isFalse();

    grant("viewer", "default", "streamsessions/connect", "create");

    // A right is remembered for up to ten seconds.
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> asTeam("GET", "/" + id, null).json().at("/connect/token").isTextual());
    assertThat(asTeam("DELETE", "/" + id, null).status()).isEqualTo(200);
  }

  @Test
  void a_viewer_sees_joins_and_ends_their_own_session_and_of_others_there_is_none()
      throws Exception {
    var ann = viewer("ann");
    var bob = viewer("bob");
    var anns = joinable(ann);
    var bobs = joinable(bob);

    assertThat(send(ann, "GET", "/" + anns, null).json().at("/connect/token").isTextual()).isTrue();
    assertThat(idsFor(ann)).containsExactly(anns);
    assertThat(idsFor(bob)).containsExactly(bobs);
    for (var method : new String[] {"GET", "DELETE"}) {
      for (var id : new String[] {anns, team + ".nosuch"}) {
        var answer = send(bob, method, "/" + id, null);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.detail()).isEqualTo("There is no session \"%s\".".formatted(id));
      }
    }
    assertThat(send(bob, "DELETE", "", "{\"id\":\"" + anns + "\"}").status()).isEqualTo(404);
    assertThat(send(ann, "GET", "/" + anns, null).status()).isEqualTo(200);

    assertThat(send(ann, "DELETE", "", "{\"id\":\"" + anns + "\"}").status()).isEqualTo(200);
    assertThat(send(bob, "DELETE", "/" + bobs, null).status()).isEqualTo(200);
    assertThat(send(ann, "GET", "/" + anns, null).status()).isEqualTo(404);
  }

  @Test
  void whoever_may_list_sessions_sees_everybodys_and_joins_those_that_they_may_change()
      throws Exception {
    var cid = joinable(viewer("cid"));
    grant("onlooker", "onlooker", "streamsessions", "get", "list");
    grant("onlooker-connects", "onlooker", "streamsessions/connect", "create");
    grant("editor", "editor", "streamsessions", "get", "update", "delete");
    grant("editor-connects", "editor", "streamsessions/connect", "create");
    var onlooker = account("onlooker");
    var editor = account("editor");

    assertThat(idsFor(onlooker)).contains(cid);
    var seen = send(onlooker, "GET", "/" + cid, null);
    assertThat(seen.status()).isEqualTo(200);
    assertThat(seen.json().has("connect")).isFalse();
    assertThat(send(onlooker, "DELETE", "/" + cid, null).status()).isEqualTo(403);

    var joined = send(editor, "GET", "/" + cid, null);
    assertThat(joined.json().at("/connect/token").isTextual()).isTrue();
    assertThat(send(editor, "DELETE", "/" + cid, null).status()).isEqualTo(200);
  }

  @Test
  void the_page_needs_no_token() throws Exception {
    assertThat(front.get(gateway.address("/view/default/viewer")).status()).isEqualTo(200);
  }
}
