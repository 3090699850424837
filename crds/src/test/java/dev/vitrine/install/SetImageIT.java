package dev.vitrine.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.testing.KubeApiServer;
import dev.vitrine.testing.Kubeconfig;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The pipeline's step, with the rights of the example's account: each end has its exit code. */
class SetImageIT {

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();

  @TempDir private static Path folder;

  private static final int LIMIT_SECONDS = 60;

  @BeforeAll
  static void createAccount() throws IOException {
    try (var yaml = Files.newInputStream(Path.of("../examples/ci/account.yaml"))) {
      cluster
          .client()
          .load(yaml)
          .items()
          .forEach(item -> cluster.client().resource(item).serverSideApply());
    }
  }

  @Test
  void what_is_rolled_out_is_so() throws Exception {
    var app = createApp("rolled-out");
    var step = start("rolled-out", cluster.config().getMasterUrl());
    awaitImage(app);
    say(app, "True", "RolledOut", "done", "2026-01-01T00:00:01Z");
    assertThat(exitCodeOf(step)).isZero();
  }

  @Test
  void what_failed_is_told_with_its_reason() throws Exception {
    var app = createApp("broken");
    var step = start("broken", cluster.config().getMasterUrl());
    awaitImage(app);
    say(app, "False", "VerificationFailed", "no frame came", "2026-01-01T00:00:01Z");
    assertThat(exitCodeOf(step)).isEqualTo(1);
    assertThat(wordsOf(step)).contains("RolloutComplete=False VerificationFailed: no frame came");
  }

  @Test
  void what_failed_before_is_tried_again_and_its_old_verdict_is_not_believed() throws Exception {
    var app = createApp("again");
    app.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"image\":\"viewer:2\"}}");
    say(app, "False", "VerificationFailed", "no frame came", "2026-01-01T00:00:01Z");
    var failed = createFailedRevision("again");
    var step = start("again", cluster.config().getMasterUrl());
    failed.waitUntilCondition(it -> it == null, LIMIT_SECONDS, TimeUnit.SECONDS);
    say(app, "True", "RolledOut", "done", "2026-01-01T00:00:02Z");
    assertThat(exitCodeOf(step)).as(wordsOf(step)).isZero();
  }

  @Test
  void a_cluster_that_is_away_for_a_while_is_asked_again() throws Exception {
    var app = createApp("patient");
    var step = start("patient", cluster.config().getMasterUrl());
    assertThat(step.inputReader().readLine()).endsWith("patched");
    cluster.outage().close();
    say(app, "True", "RolledOut", "done", "2026-01-01T00:00:01Z");
    assertThat(exitCodeOf(step)).isZero();
  }

  @Test
  void a_cluster_that_is_not_there_is_no_verdict_on_the_image() throws Exception {
    var step = start("nowhere", "https://127.0.0.1:1/");
    assertThat(exitCodeOf(step)).isEqualTo(2);
    assertThat(wordsOf(step)).contains("streamingapp/nowhere was left as it is");
  }

  private static Resource<StreamingApp> createApp(String name) {
    var yaml =
        """
        apiVersion: vitrine.dev/v1alpha1
        kind: StreamingApp
        metadata: {name: %s}
        spec: {classes: [cpu], image: 'viewer:1'}
        """
            .formatted(name);
    cluster.client().resource(yaml).inNamespace("default").create();
    var app = cluster.client().resources(StreamingApp.class).inNamespace("default").withName(name);
    say(app, "True", "RolledOut", "viewer:1", "2026-01-01T00:00:00Z");
    return app;
  }

  private static Resource<StreamingAppRevision> createFailedRevision(String app) {
    var yaml =
        """
        apiVersion: vitrine.dev/v1alpha1
        kind: StreamingAppRevision
        metadata: {name: %1$s-2, labels: {vitrine.dev/app: %1$s}}
        spec: {app: %1$s, image: 'viewer:2'}
        """
            .formatted(app);
    cluster.client().resource(yaml).inNamespace("default").create();
    var revision =
        cluster
            .client()
            .resources(StreamingAppRevision.class)
            .inNamespace("default")
            .withName(app + "-2");
    revision
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            """
            {"status":{"conditions":[{"type":"Verified","status":"False","reason":"NoFrame",
             "message":"no frame came","lastTransitionTime":"2026-01-01T00:00:00Z"}]}}
            """);
    return revision;
  }

  private static void awaitImage(Resource<StreamingApp> app) {
    app.waitUntilCondition(
        it -> "viewer:2".equals(it.getSpec().image()), LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** As the controller does it, of the app as it is now. */
  private static void say(
      Resource<StreamingApp> app, String status, String reason, String message, String since) {
    app.subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            """
            {"status":{"conditions":[{"type":"RolloutComplete","status":"%s","reason":"%s",
             "message":"%s","lastTransitionTime":"%s","observedGeneration":%d}]}}
            """
                .formatted(
                    status, reason, message, since, app.get().getMetadata().getGeneration()));
  }

  private static Process start(String app, String server) throws IOException {
    var pipeline = Optional.of("system:serviceaccount:default:pipeline");
    var kubeconfig = Kubeconfig.of(cluster.config(), server, pipeline);
    var file = Files.writeString(folder.resolve(app), kubeconfig);
    var command =
        "PATH=$(dirname \"$(deploy/cluster/cluster kubectl)\"):$PATH"
            + " exec examples/ci/set-image default %s viewer:2 %d".formatted(app, LIMIT_SECONDS);
    var step = new ProcessBuilder("bash", "-c", command).directory(Path.of("..").toFile());
    step.environment().put("KUBECONFIG", file.toString());
    return step.start();
  }

  private static int exitCodeOf(Process step) throws InterruptedException {
    assertThat(step.waitFor(2 * LIMIT_SECONDS, TimeUnit.SECONDS)).as("it ended").isTrue();
    return step.exitValue();
  }

  private static String wordsOf(Process step) throws IOException {
    return new String(step.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
