package dev.vitrine.operator.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.pod.NetworkPolicyFactory;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.testing.RunningController;
import dev.vitrine.protocol.SigningKey;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
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
              "a schedule in a time zone that there is not",
              "{classes: [CLASS], warm: {schedules: [{timeZone: Europe/Atlantis, min: 1}]}}",
              "ScheduleInvalid",
              "spec.warm.schedules: there is no time zone Europe/Atlantis"),
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
    var events =
        await("an event")
            .atMost(LIMIT)
            .until(this::events, told -> !told.isEmpty()); // it is told after the status
    assertThat(events).singleElement().extracting(Event::getReason).isEqualTo(bad.reason());
  }

  private List<Event> events() {
    return cluster.client().events().v1().events().inNamespace(namespace).list().getItems();
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
  void its_pods_are_kept_apart_and_whoever_opens_a_way_between_them_sees_it_closed_again() {
    createApp("{classes: [CLASS], rollout: {verification: {mode: None}}}");
    awaitReady("True", "Accepted");
    var wanted = new NetworkPolicyFactory(RunningController.SYSTEM_NAMESPACE).desired(app());
    assertThat(wanted).hasSize(2);
    for (var policy : wanted) {
      awaitAsWanted(policy);
      var opened = "{\"spec\":{\"egress\":[{}],\"policyTypes\":[\"Ingress\"]}}";
      cluster.client().resource(policy).patch(PatchContext.of(PatchType.JSON_MERGE), opened);
      awaitAsWanted(policy);
      cluster.client().resource(policy).delete();
      awaitAsWanted(policy);
    }
  }

  /** As the API server completes it, so that it is not written again; and the app's own. */
  private static void awaitAsWanted(NetworkPolicy policy) {
    await("the policy " + policy.getMetadata().getName())
        .atMost(LIMIT)
        .until(
            () -> cluster.client().resource(policy).get(),
            there ->
                there != null
                    && there.getSpec().equals(policy.getSpec())
                    && there
                        .getMetadata()
                        .getOwnerReferences()
                        .equals(policy.getMetadata().getOwnerReferences()));
  }

  @Test
  void an_app_becomes_ready_when_its_class_appears() {
    createApp("{classes: [CLASS-late], rollout: {verification: {mode: None}}}");
    awaitReady("False", "ClassNotFound");
    createClass(namespace + "-late", "{}");
    awaitReady("True", "Accepted");
  }

  @Test
  void a_class_that_wants_it_has_the_image_pulled_before_it_is_needed() {
    createClass(namespace + "-prompt", "{images: PrePulled}");
    createApp("{classes: [CLASS-prompt], image: 'viewer:1'}");
    var first = awaitPrePulls(it -> it.size() == 1).getFirst();
    assertThat(imageOf(first)).isEqualTo("viewer:1");
    assertThat(first.getMetadata().getOwnerReferences())
        .singleElement()
        .extracting("kind")
        .isEqualTo("StreamingAppRevision");
    assertRestricted(first.getSpec().getTemplate());
    patchApp("{\"spec\":{\"image\":\"viewer:2\"}}");
    awaitPrePulls(it -> it.size() == 1 && imageOf(it.getFirst()).equals("viewer:2"));
    var streamClass =
        cluster.client().resources(StreamClass.class).withName(namespace + "-prompt").require();
    cluster
        .client()
        .resource(streamClass)
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"images\":\"OnDemand\"}}");
    awaitPrePulls(List::isEmpty);
  }

  private List<DaemonSet> awaitPrePulls(Predicate<List<DaemonSet>> wanted) {
    return await("what pulls images")
        .atMost(LIMIT)
        .until(
            () -> cluster.client().apps().daemonSets().inNamespace(namespace).list().getItems(),
            wanted);
  }

  private static String imageOf(DaemonSet set) {
    return set.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage();
  }

  /** The API server checks pods, not what they are made from. */
  private void assertRestricted(PodTemplateSpec template) {
    cluster
        .client()
        .namespaces()
        .withName(namespace)
        .edit(
            it ->
                it.edit()
                    .editMetadata()
                    .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                    .endMetadata()
                    .build());
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("pull")
            .withNamespace(namespace)
            .endMetadata()
            .withSpec(template.getSpec())
            .build();
    assertThat(cluster.client().resource(pod).dryRun().create()).isNotNull();
  }

  private void patchApp(String patch) {
    cluster.client().resource(app()).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
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
