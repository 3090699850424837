package dev.vitrine.operator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.testing.RunningController;
import dev.vitrine.protocol.SigningKey;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Apps, accepted or refused, on a real API server. */
class AppRulesIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();

  private record Bad(String what, String spec, String reason, String message) {
    @Override
    public String toString() {
      return what;
    }
  }

  static final List<Bad> BAD =
      List.of(
          new Bad(
              "an unknown class",
              "{classes: [nowhere]}",
              "ClassNotFound",
              "spec.classes: there is no StreamClass nowhere"),
          new Bad(
              "a class of others",
              "{classes: [CLASS-closed]}",
              "ClassNotAllowed",
              "is not open to namespace"),
          new Bad(
              "a patch that asks for privileges",
              "{classes: [CLASS], podPatch: {spec: {containers:"
                  + " [{name: runtime, securityContext: {privileged: true}}]}}}",
              "PodPatchForbidden",
              "spec.podPatch.spec.containers[].securityContext.privileged is not allowed"),
          new Bad(
              "a pattern that is none",
              "{classes: [CLASS], parameters: [{name: a, pattern: '('}]}",
              "ParameterInvalid",
              "spec.parameters: the pattern of a is no RE2 expression"),
          new Bad(
              "a pod that the API server refuses",
              "{classes: [CLASS], podPatch: {spec: {containers:"
                  + " [{name: runtime, volumeMounts: [{name: nowhere, mountPath: /x}]}]}}}",
              "PodRejected",
              "volumeMounts[4].name: Not found: \"nowhere\""));

  private KubernetesClient operatorClient;
  private RunningController controller;
  private String namespace;

  @BeforeEach
  void startController() {
    namespace = cluster.newNamespace();
    operatorClient = cluster.newClient();
    controller =
        new RunningController(operatorClient, SigningKey.generate(), SigningKey.generate(), 8080);
    createClass(namespace, "{}");
    createClass(namespace + "-closed", "{namespaces: {from: Listed, names: [others]}}");
  }

  @AfterEach
  void stopController() {
    controller.close();
    operatorClient.close();
  }

  @ParameterizedTest
  @FieldSource("BAD")
  void is_refused_with_its_reason_and_an_event(Bad bad) {
    createApp(bad.spec());
    var ready = awaitReady("False", bad.reason());
    assertThat(ready.getMessage()).contains(bad.message());
    var events = cluster.client().events().v1().events().inNamespace(namespace).list().getItems();
    assertThat(events).singleElement().extracting("reason").isEqualTo(bad.reason());
  }

  @Test
  void a_good_app_gets_its_link_and_what_its_pods_mount() {
    createApp("{classes: [CLASS], rollout: {verification: {mode: None}}}");
    awaitReady("True", "Accepted");
    assertThat(app().getStatus().url())
        .isEqualTo("https://stream.example/view/%s/demo".formatted(namespace));
    var file = cluster.client().configMaps().inNamespace(namespace).withName("vitrine-demo").get();
    assertThat(file.getData().get("runtime.json"))
        .contains("\"reportUrl\"")
        .doesNotContain("\"d\"");
    assertThat(file.getMetadata().getOwnerReferences()).hasSize(1);
  }

  @Test
  void an_app_becomes_ready_when_its_class_appears() {
    createApp("{classes: [CLASS-late], rollout: {verification: {mode: None}}}");
    awaitReady("False", "ClassNotFound");
    createClass(namespace + "-late", "{}");
    awaitReady("True", "Accepted");
  }

  private static void createClass(String name, String spec) {
    var yaml =
        """
        apiVersion: vitrine.dev/v1alpha1
        kind: StreamClass
        metadata: {name: %s}
        spec: %s
        """;
    cluster.client().resource(yaml.formatted(name, spec)).create();
  }

  private void createApp(String spec) {
    var yaml =
        """
        apiVersion: vitrine.dev/v1alpha1
        kind: StreamingApp
        metadata: {name: demo}
        spec: %s
        """;
    cluster
        .client()
        .resource(yaml.formatted(spec.replace("CLASS", namespace)))
        .inNamespace(namespace)
        .create();
  }

  private StreamingApp app() {
    return cluster
        .client()
        .resources(StreamingApp.class)
        .inNamespace(namespace)
        .withName("demo")
        .get();
  }

  private Condition awaitReady(String status, String reason) {
    return await("Ready=%s/%s".formatted(status, reason))
        .atMost(LIMIT)
        .until(
            () ->
                Optional.ofNullable(app().getStatus())
                    .flatMap(it -> Conditions.find(it.conditions(), ConditionType.READY)),
            found ->
                found
                    .filter(it -> it.getStatus().equals(status) && it.getReason().equals(reason))
                    .isPresent())
        .orElseThrow();
  }
}
