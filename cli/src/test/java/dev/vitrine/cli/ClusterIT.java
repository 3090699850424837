package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.testing.KubeApiServer;
import dev.vitrine.testing.Kubeconfig;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The commands for clusters, at a real API server; the tests say what the controller would. */
class ClusterIT {

  private static final int LIMIT_SECONDS = 30;
  private static final int LONGER_THAN_A_LOOK_SECONDS = 3;

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();
  @TempDir static Path shared;
  private static Path kubeconfig;

  @TempDir private Path work;
  private Path folder;
  private String namespace;

  @BeforeAll
  static void writeKubeconfig() throws IOException {
    kubeconfig = shared.resolve("kubeconfig");
    Files.writeString(kubeconfig, kubeconfig(cluster.config().getMasterUrl()));
  }

  @BeforeEach
  void makeAProject() {
    folder = work.resolve("look");
    namespace = cluster.newNamespace();
    var dir = folder.toString();
    assertThat(Ran.vitrine("new", "--template", "empty", "--name", "look", "--dir", dir).exitCode())
        .isZero();
  }

  @Test
  void an_app_is_applied_with_its_image_and_applied_again_with_another() {
    assertThat(deploy("viewer:1"))
        .satisfies(ran -> assertThat(ran.err()).isEmpty())
        .satisfies(ran -> assertThat(ran.exitCode()).isZero())
        .satisfies(ran -> assertThat(ran.out()).contains(namespace + "/look", "viewer:1"));
    assertThat(deploy("viewer:2").exitCode()).isZero();
    var app = app().get();
    assertThat(app.getSpec().image()).isEqualTo("viewer:2");
    assertThat(app.getSpec().title()).isEqualTo("Look");
    assertThat(app.getMetadata().getManagedFields())
        .anyMatch(fields -> fields.getManager().equals("vitrine-cli"));
  }

  @Test
  void who_waits_is_told_when_new_sessions_get_the_image() throws Exception {
    var waiting = deployAndWait("viewer:1");
    say("Unknown", "Verifying", "a viewer looks at it", 1);
    assertThatThrownBy(() -> waiting.get(LONGER_THAN_A_LOOK_SECONDS, TimeUnit.SECONDS))
        .isInstanceOf(TimeoutException.class);
    say("True", "RolledOut", "done", 1);
    var ran = waiting.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).contains("all new sessions of look get it");
    assertThat(ran.err()).containsOnlyOnce("Verifying: a viewer looks at it");
  }

  @Test
  void who_waits_is_told_why_they_do_not() throws Exception {
    var waiting = deployAndWait("no-such:1");
    say("False", "VerificationFailed", "no-such:1 cannot be pulled", 1);
    var ran = waiting.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("VerificationFailed: no-such:1 cannot be pulled");
  }

  @Test
  void what_was_said_of_the_image_before_says_nothing_of_this_one() throws Exception {
    assertThat(deploy("viewer:1").exitCode()).isZero();
    say("False", "VerificationFailed", "too dark", 1);
    var waiting = deployAndWait("viewer:2");
    say("True", "RolledOut", "done", 2);
    assertThat(waiting.get(LIMIT_SECONDS, TimeUnit.SECONDS).exitCode()).isZero();
  }

  @Test
  void a_revision_that_failed_is_tried_once_more() {
    assertThat(deploy("viewer:1").exitCode()).isZero();
    failedRevision("look-1", "viewer:1");
    failedRevision("look-2", "viewer:2");
    assertThat(deploy("viewer:1").exitCode()).isZero();
    assertThat(revisions()).containsExactly("look-2");
  }

  @Test
  void a_deployment_that_is_refused_takes_nothing_away() {
    assertThat(deploy("viewer:1").exitCode()).isZero();
    failedRevision("look-2", "viewer:2");
    setByPipeline("viewer:7");
    assertThat(deploy("viewer:2").exitCode()).isEqualTo(1);
    assertThat(revisions()).containsExactly("look-2");
    assertThat(app().get().getSpec().image()).isEqualTo("viewer:7");
  }

  private List<String> revisions() {
    return cluster
        .client()
        .resources(StreamingAppRevision.class)
        .inNamespace(namespace)
        .list()
        .getItems()
        .stream()
        .map(revision -> revision.getMetadata().getName())
        .toList();
  }

  @Test
  void who_waits_for_longer_than_they_said_gets_another_exit_code() {
    var ran = deploy("viewer:1", "--wait", "--timeout", "1");
    assertThat(ran.exitCode()).isEqualTo(3);
    assertThat(ran.err()).contains("after 1 s", "--timeout", "vitrine describe look");
  }

  @Test
  void what_the_cluster_refuses_is_told_in_its_words_and_nothing_is_written() throws IOException {
    var manifest = folder.resolve("streamingapp.yaml");
    var good = Files.readString(manifest);
    Files.writeString(manifest, good.replace("title:", "titel:"));
    var misspelled = deploy("viewer:1");
    assertThat(misspelled.exitCode()).as(misspelled.err()).isEqualTo(2);
    assertThat(misspelled.err()).contains(".spec.titel");
    Files.writeString(manifest, good.replace("fps: 30", "fps: 0"));
    var outOfBounds = deploy("viewer:1");
    assertThat(outOfBounds.exitCode()).isEqualTo(2);
    assertThat(outOfBounds.err()).contains("spec.video.fps");
    assertThat(app().get()).isNull();
  }

  @Test
  void a_field_of_somebody_else_is_taken_over_only_when_asked_to() {
    assertThat(deploy("viewer:1").exitCode()).isZero();
    setByPipeline("viewer:7");
    var refused = deploy("viewer:2");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("pipeline", "--force-conflicts");
    assertThat(deploy("viewer:2", "--force-conflicts").exitCode()).isZero();
    assertThat(app().get().getSpec().image()).isEqualTo("viewer:2");
  }

  @Test
  void the_rights_of_a_pipeline_are_enough_and_without_any_it_says_who_gives_them()
      throws Exception {
    assertThat(deploy("viewer:1").exitCode()).isZero();
    var somebody =
        Files.writeString(
            work.resolve("somebody"),
            Files.readString(kubeconfig).replace("user:\n", "user:\n    as: \"somebody\"\n"));
    var deploy =
        new String[] {
          "deploy",
          "--image=viewer:2",
          "--wait",
          "--timeout=" + LIMIT_SECONDS,
          folder.toString(),
          "--kubeconfig=" + somebody,
          "--namespace=" + namespace
        };
    var refused = Ran.vitrine(deploy);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("you may not", "somebody", "can give you the right");

    giveRightsOfPipelineTo("somebody");
    var waiting = CompletableFuture.supplyAsync(() -> Ran.vitrine(deploy));
    awaitImage("viewer:2");
    say("True", "RolledOut", "done", 2);
    var ran = waiting.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    assertThat(ran.exitCode()).as(ran.err()).isZero();
  }

  @Test
  void two_namespaces_are_one_too_many() throws IOException {
    var manifest = folder.resolve("streamingapp.yaml");
    Files.writeString(
        manifest,
        Files.readString(manifest).replace("name: look\n", "name: look\n  namespace: other\n"));
    var ran = deploy("viewer:1");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("--namespace " + namespace, "which is other");
  }

  @Test
  void a_link_is_printed_once_there_is_one() {
    assertThat(deploy("viewer:1").exitCode()).isZero();
    var early = in("open", "look");
    assertThat(early.exitCode()).isEqualTo(1);
    assertThat(early.err()).contains("look has no link yet");
    patch(app(), "{\"status\":{\"url\":\"https://streams.example/look\"}}");
    assertThat(in("open", "look").out()).isEqualTo("https://streams.example/look\n");
    assertThat(in("open", "book").err()).contains("no StreamingApp book in namespace " + namespace);
  }

  @Test
  void sessions_are_listed_for_people_and_for_programs() throws IOException {
    session("first", "look");
    session("other", "book");
    ended("first", "IdleTimeout", "nobody moved");
    var table = in("sessions");
    assertThat(table.exitCode()).as(table.err()).isZero();
    assertThat(table.out().lines().findFirst().orElseThrow()).startsWith("NAMESPACE");
    assertThat(table.out()).containsPattern("first +look +Ended +IdleTimeout");
    assertThat(in("sessions", "book").out()).contains("other").doesNotContain("first");

    var rows = new ObjectMapper().readTree(in("sessions", "look", "--output", "json").out());
    assertThat(rows).hasSize(1);
    assertThat(rows.at("/0/name").asText()).isEqualTo("first");
    assertThat(rows.at("/0/end").asText()).isEqualTo("IdleTimeout");
    assertThat(rows.at("/0").has("user")).isFalse();
    var everywhere = new ObjectMapper().readTree(in("sessions", "-A", "-o", "json").out());
    assertThat(everywhere.findValuesAsText("namespace")).contains(namespace);
  }

  @Test
  void of_an_ended_session_the_last_lines_are_told() {
    session("first", "look");
    var early = in("logs", "first");
    assertThat(early.exitCode()).isEqualTo(1);
    assertThat(early.err()).contains("first has no pod yet");
    ended("first", "AppFailed", "The application ended with exit code 3; its last words: no disk");
    var ran = in("logs", "first");
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).contains("AppFailed: ", "its last words: no disk");
    assertThat(in("logs", "second").err()).contains("no StreamSession second", "vitrine sessions");
  }

  @Test
  void apps_and_sessions_are_described() throws IOException {
    assertThat(deploy("viewer:1").exitCode()).isZero();
    say("False", "VerificationFailed", "too dark", 1);
    session("first", "look");
    ended("first", "IdleTimeout", "nobody moved");
    assertThat(in("describe", "look").out())
        .contains("StreamingApp " + namespace + "/look", "image: viewer:1", "classes: cpu")
        .containsPattern("RolloutComplete +False +VerificationFailed +too dark");
    assertThat(in("describe", "first").out())
        .contains("StreamSession " + namespace + "/first", "app: look")
        .containsPattern("Ended +True +IdleTimeout +nobody moved");
    var json = new ObjectMapper().readTree(in("describe", "look", "-o", "json").out());
    assertThat(json.at("/facts/image").asText()).isEqualTo("viewer:1");
    assertThat(json.at("/conditions/0/reason").asText()).isEqualTo("VerificationFailed");
    assertThat(in("describe", "nothing").err()).contains("neither an app nor a session");
  }

  @Test
  void the_doctor_finds_the_cluster_and_our_types_in_it() throws IOException {
    var findings = new ObjectMapper().readTree(in("doctor", "--output", "json").out());
    assertThat(findings.findValuesAsText("subject"))
        .containsExactly("processor", "memory", "vulkan", "nvenc", "openusd", "cluster", "vitrine");
    assertThat(findings.at("/5/verdict").asText()).isEqualTo("ok");
    assertThat(findings.at("/6/verdict").asText()).isEqualTo("ok");
  }

  @Test
  void a_cluster_that_does_not_answer_is_broken_and_nobody_knows_more() throws IOException {
    var nowhere =
        Files.writeString(work.resolve("nowhere"), kubeconfig("https://127.0.0.1:1")).toString();
    var doctor = Ran.vitrine("doctor", "--kubeconfig", nowhere);
    assertThat(doctor.exitCode()).isEqualTo(1);
    assertThat(doctor.out()).containsPattern("broken +cluster");
    var sessions = Ran.vitrine("sessions", "--kubeconfig", nowhere);
    assertThat(sessions.exitCode()).isEqualTo(3);
    assertThat(sessions.err()).contains("does not answer (connection refused)");
  }

  @Test
  void a_kubeconfig_or_context_that_is_not_there_or_is_none_is_named() throws IOException {
    var broken = Files.writeString(work.resolve("broken"), "{no: kubeconfig").toString();
    var unread = Ran.vitrine("sessions", "--kubeconfig", broken);
    assertThat(unread.exitCode()).as(unread.err()).isEqualTo(2);
    assertThat(unread.err()).contains("--kubeconfig " + broken + " is no kubeconfig");
    var file = Ran.vitrine("sessions", "--kubeconfig", work.resolve("none").toString());
    assertThat(file.exitCode()).isEqualTo(2);
    assertThat(file.err()).contains("--kubeconfig " + work.resolve("none"));
    var context = in("sessions", "--context", "elsewhere");
    assertThat(context.exitCode()).isEqualTo(2);
    assertThat(context.err()).contains("--context elsewhere", "get-contexts");
    assertThat(in("doctor", "--context", "elsewhere").exitCode()).isEqualTo(2);
    assertThat(Ran.vitrine("doctor", "--kubeconfig", broken).exitCode()).isEqualTo(2);
    var device = Ran.vitrine("sessions", "--kubeconfig", "/dev/null");
    assertThat(device.exitCode()).isEqualTo(2);
    assertThat(device.err()).contains("the kubeconfig /dev/null must be a regular file");
    var empty = Files.createFile(work.resolve("empty")).toString();
    assertThat(Ran.vitrine("sessions", "--kubeconfig", empty).err()).contains(empty + " is empty");
  }

  private Ran deploy(String image, String... more) {
    var arguments = new ArrayList<>(List.of("deploy", "--image", image, folder.toString()));
    arguments.addAll(List.of(more));
    return in(arguments.toArray(String[]::new));
  }

  /** Returns once the app has the image. */
  private CompletableFuture<Ran> deployAndWait(String image) {
    var timeout = String.valueOf(LIMIT_SECONDS);
    var waiting =
        CompletableFuture.supplyAsync(() -> deploy(image, "--wait", "--timeout", timeout));
    awaitImage(image);
    return waiting;
  }

  private void awaitImage(String image) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(LIMIT_SECONDS))
        .until(() -> app().get() != null && image.equals(app().get().getSpec().image()));
  }

  /** Those that examples/ci/account.yaml gives in the namespace default. */
  private void giveRightsOfPipelineTo(String user) throws IOException {
    try (var yaml = Files.newInputStream(Path.of("../examples/ci/account.yaml"))) {
      cluster.client().load(yaml).items().stream()
          .filter(Role.class::isInstance)
          .map(Role.class::cast)
          .map(role -> role.edit().editMetadata().withNamespace(namespace).endMetadata().build())
          .forEach(role -> cluster.client().resource(role).create());
    }
    var binding =
        new RoleBindingBuilder()
            .withNewMetadata()
            .withName(user)
            .withNamespace(namespace)
            .endMetadata()
            .withNewRoleRef("rbac.authorization.k8s.io", "Role", "pipeline")
            .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
            .build();
    cluster.client().resource(binding).create();
  }

  private Ran in(String... command) {
    var arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--kubeconfig", kubeconfig.toString(), "--namespace", namespace));
    return Ran.vitrine(arguments.toArray(String[]::new));
  }

  private Resource<StreamingApp> app() {
    return cluster.client().resources(StreamingApp.class).inNamespace(namespace).withName("look");
  }

  private void setByPipeline(String image) {
    app()
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.JSON_MERGE)
                .withFieldManager("pipeline")
                .build(),
            "{\"spec\":{\"image\":\"%s\"}}".formatted(image));
  }

  private void say(String status, String reason, String message, long generation) {
    patch(app(), condition("RolloutComplete", status, reason, message, generation));
  }

  private void session(String name, String app) {
    var session = new StreamSession();
    session.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
    session.setSpec(StreamSessionSpec.of(app));
    cluster.client().resource(session).create();
  }

  private void ended(String name, String reason, String message) {
    var session =
        cluster.client().resources(StreamSession.class).inNamespace(namespace).withName(name);
    patch(
        session,
        """
        {"status":{"conditions":[%s,%s]}}
        """
            .formatted(
                conditionOnly("Ready", "False", "Ended", message, 1),
                conditionOnly("Ended", "True", reason, message, 1)));
  }

  private void failedRevision(String name, String image) {
    var revision =
        """
        apiVersion: vitrine.dev/v1alpha1
        kind: StreamingAppRevision
        metadata: {name: %s, namespace: %s, labels: {vitrine.dev/app: look}}
        spec: {app: look, image: "%s"}
        """
            .formatted(name, namespace, image);
    cluster.client().resource(revision).create();
    patch(
        cluster
            .client()
            .resources(StreamingAppRevision.class)
            .inNamespace(namespace)
            .withName(name),
        condition("Verified", "False", "NoFrame", "too dark", 1));
  }

  private static String condition(
      String type, String status, String reason, String message, long generation) {
    return "{\"status\":{\"conditions\":[%s]}}"
        .formatted(conditionOnly(type, status, reason, message, generation));
  }

  private static String conditionOnly(
      String type, String status, String reason, String message, long generation) {
    return """
           {"type":"%s","status":"%s","reason":"%s","message":"%s",
            "lastTransitionTime":"2026-11-22T10:00:00Z","observedGeneration":%d}\
           """
        .formatted(type, status, reason, message, generation);
  }

  private static void patch(Resource<?> resource, String status) {
    resource.subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), status);
  }

  private static String kubeconfig(String server) {
    return Kubeconfig.of(cluster.config(), server, Optional.empty());
  }
}
