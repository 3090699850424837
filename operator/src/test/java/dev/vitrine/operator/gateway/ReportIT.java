package dev.vitrine.operator.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.Connection;
import dev.vitrine.api.v1alpha1.RevisionShare;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.HashSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runtimes report with their pods' tokens, and only of their own session. */
class ReportIT {

  @Order(1)
  @RegisterExtension
  static final KubeApiServer cluster = new KubeApiServer();

  @Order(2)
  @RegisterExtension
  static final GatewayProcess gateway = new GatewayProcess(cluster, "kubernetes");

  private static final Front front = new Front();

  private final Stand stand = new Stand(cluster);
  private StreamSession session;
  private Pod pod;

  @BeforeEach
  void fill() {
    session = stand.session(cluster.newNamespace(), "viewer-1");
    pod = stand.pod(session, "127.0.0.1");
    stand.ready(session);
    Awaitility.await().until(() -> report(pod, 0, "Waiting").status() == 200);
  }

  @AfterAll
  static void close() {
    front.close();
  }

  private String body(String podUid, String sessionUid, long seq, String state) {
    return """
        {"namespace":"%s","session":"viewer-1","sessionUid":"%s","podUid":"%s","seq":%d,
         "connection":{"state":"%s","codec":"H264","endsAt":"2026-11-22T21:00:00Z"}}
        """
        .formatted(session.getMetadata().getNamespace(), sessionUid, podUid, seq, state);
  }

  private Front.Answer send(String token, String body) throws Exception {
    return front.send(
        "POST", gateway.address("/reports"), body, "Authorization", "Bearer " + token);
  }

  private Front.Answer report(Pod from, long seq, String state) throws Exception {
    return send(
        Tokens.ofPod(cluster, from, "vitrine-report"),
        body(from.getMetadata().getUid(), session.getMetadata().getUid(), seq, state));
  }

  private Connection connection() {
    return stand.read(session).getStatus().connection();
  }

  @Test
  void a_report_is_in_the_status_whole_and_leaves_the_conditions_alone() throws Exception {
    assertThat(report(pod, 1, "Connected").status()).isEqualTo(200);

    assertThat(connection().state()).isEqualTo(Connection.State.Connected);
    assertThat(connection().codec()).isEqualTo("H264");
    assertThat(connection().endsAt()).isEqualTo("2026-11-22T21:00:00.000000Z");
    assertThat(stand.read(session).getStatus().conditions()).hasSize(2);
    assertThat(
            stand.read(session).getMetadata().getManagedFields().stream()
                .map(fields -> fields.getManager()))
        .contains("vitrine-gateway");
  }

  @Test
  void a_repeated_or_overtaken_report_is_accepted_and_changes_nothing() throws Exception {
    report(pod, 5, "Connected");

    assertThat(report(pod, 5, "Waiting").status()).isEqualTo(200);
    assertThat(report(pod, 4, "Waiting").status()).isEqualTo(200);
    assertThat(connection().state()).isEqualTo(Connection.State.Connected);
  }

  @Test
  void the_answer_tells_of_a_newer_version_and_a_repeated_report_is_enough_to_hear_it()
      throws Exception {
    var namespace = session.getMetadata().getNamespace();
    stand.app(namespace, "viewer");
    stand.revision(session, "viewer-a");
    stand.revisions(namespace, "viewer", new RevisionShare("viewer-a", "1.4.0", 100));
    Awaitility.await().until(() -> report(pod, 1, "Connected").body().equals("{}"));
    stand.revisions(namespace, "viewer", new RevisionShare("viewer-b", "1.5.0", 100));
    var before = stand.read(session).getMetadata().getResourceVersion();

    Awaitility.await()
        .until(() -> report(pod, 1, "Connected").body().equals("{\"newerVersion\":\"1.5.0\"}"));

    assertThat(stand.read(session).getMetadata().getResourceVersion()).isEqualTo(before);
  }

  @Test
  void a_pod_that_is_told_to_stop_is_heard_and_told_why() throws Exception {
    stand.app(session.getMetadata().getNamespace(), "viewer");
    stand.preempt(pod);

    Awaitility.await()
        .until(() -> report(pod, 1, "Connected").body().equals("{\"stopping\":\"Preempted\"}"));
    assertThat(report(pod, 2, "Ended").status()).isEqualTo(200);
    assertThat(connection().state()).isEqualTo(Connection.State.Ended);
  }

  @Test
  void a_runtime_whose_app_was_deleted_hears_why_it_is_told_to_stop() throws Exception {
    var namespace = session.getMetadata().getNamespace();
    stand.app(namespace, "viewer");
    Awaitility.await().until(() -> report(pod, 1, "Connected").body().equals("{}"));
    stand.deleteApp(namespace, "viewer");

    Awaitility.await()
        .until(() -> report(pod, 1, "Connected").body().equals("{\"stopping\":\"AppDeleted\"}"));
  }

  @Test
  void a_report_after_the_controller_wrote_is_not_lost() throws Exception {
    for (var seq = 1; seq < 10; seq++) {
      stand.conditions(
          session, Fixtures.condition("Ready", "True", "Waiting", "Written " + seq + " times"));
      assertThat(report(pod, seq, "Connected").status()).isEqualTo(200);
      assertThat(connection().seq()).isEqualTo(seq);
    }
  }

  @Test
  void a_token_that_is_no_pods_own_reports_nothing() throws Exception {
    var namespace = session.getMetadata().getNamespace();
    var good = body(pod.getMetadata().getUid(), session.getMetadata().getUid(), 9, "Ended");

    assertThat(send("a.b.c", good).status()).isEqualTo(401);
    assertThat(send(Tokens.ofPod(cluster, pod, "vitrine"), good).status()).isEqualTo(401);
    assertThat(send(Tokens.of(cluster, namespace, "vitrine-report"), good).detail())
        .isEqualTo("The token is bound to no pod; send a pod's own.");
    assertThat(connection().seq()).isZero();
  }

  @Test
  void a_pod_reports_for_no_other() throws Exception {
    var other = stand.session(cluster.newNamespace(), "viewer-1");
    var foreign = stand.pod(other, "127.0.0.1");

    assertThat(report(foreign, 9, "Ended").status()).isEqualTo(403);
    var lie = body(pod.getMetadata().getUid(), session.getMetadata().getUid(), 9, "Ended");
    var answer = send(Tokens.ofPod(cluster, foreign, "vitrine-report"), lie);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.detail()).isEqualTo("The report is of another pod than the token.");
    assertThat(connection().seq()).isZero();
  }

  @Test
  void a_pod_that_its_session_has_lost_reports_no_more() throws Exception {
    stand.lost(session, pod);
    Awaitility.await().until(() -> report(pod, 0, "Waiting").status() == 403);

    assertThat(report(pod, 9, "Ended").status()).isEqualTo(403);
    assertThat(connection()).isNull();
  }

  @Test
  void a_session_that_is_gone_or_another_one_now_is_said_to_be_so() throws Exception {
    var token = Tokens.ofPod(cluster, pod, "vitrine-report");
    var another = body(pod.getMetadata().getUid(), "another", 9, "Ended");
    assertThat(send(token, another).status()).isEqualTo(409);

    var missing = another.replace("viewer-1", "viewer-2");
    assertThat(send(token, missing).status()).isEqualTo(410);
    assertThat(send(token, missing).body()).contains("\"reason\":\"ClosedByApi\"");
  }

  @Test
  void a_pod_that_has_not_noticed_the_end_is_told_and_its_last_words_are_taken() throws Exception {
    stand.conditions(
        session, Fixtures.condition("Ended", "True", "AppDeleted", "The app was deleted"));
    Awaitility.await().until(() -> report(pod, 1, "Connected").status() == 410);
    assertThat(report(pod, 2, "Connected").body()).contains("\"reason\":\"AppDeleted\"");
    assertThat(report(pod, 3, "Ended").status()).isEqualTo(200);
  }

  @Test
  void a_body_that_is_no_report_says_why() throws Exception {
    var token = Tokens.ofPod(cluster, pod, "vitrine-report");

    assertThat(send(token, "{").status()).isEqualTo(422);
    assertThat(send(token, "{}").detail()).contains("`namespace`");
    assertThat(send(token, "x".repeat(300_000)).status()).isEqualTo(413);
  }

  @Test
  void a_pod_that_reports_too_often_is_told_to_wait() throws Exception {
    var token = Tokens.ofPod(cluster, pod, "vitrine-report");
    var statuses = new HashSet<Integer>();
    for (var sent = 0; sent < 1_000 && !statuses.contains(429); sent++) {
      statuses.add(send(token, "{}").status());
    }
    assertThat(statuses).contains(429);
  }
}
