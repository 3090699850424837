package dev.vitrine.operator.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.support.Owners;
import dev.vitrine.operator.testing.ControllerStand;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuota;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Idle pods, claims and the line, on a real API server with a pretended kubelet and runtime. */
class PlacementIT {

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();

  private ControllerStand stand;

  @BeforeEach
  void startController() throws IOException {
    stand = new ControllerStand(cluster);
  }

  @AfterEach
  void stopController() {
    stand.close();
  }

  @Test
  void a_session_takes_an_idle_pod_and_the_pool_is_refilled() {
    stand.createApp("{classes: [%s], warm: {targetIdle: 1}}".formatted(stand.namespace));
    var warm = stand.awaitIdlePods(1).getFirst();
    assertThat(warm.getMetadata().getOwnerReferences())
        .singleElement()
        .extracting("kind")
        .isEqualTo("StreamingAppRevision");
    stand.awaitApp("WarmPoolFull", "False", "Filling");
    stand.kubelet.ready(warm, "127.0.0.1");
    stand.awaitApp("WarmPoolFull", "True", "Full");

    stand.createSession("one");
    stand.awaitReady("one", "True", "Waiting");
    var session = stand.session("one");
    assertThat(session.getStatus().podName()).isEqualTo(warm.getMetadata().getName());
    assertThat(session.getStatus().revision())
        .isEqualTo(warm.getMetadata().getLabels().get("vitrine.dev/revision"));
    var claimed = stand.client.resource(warm).get();
    assertThat(claimed.getMetadata().getLabels()).containsEntry("vitrine.dev/session", "one");
    assertThat(claimed.getMetadata().getOwnerReferences()).hasSize(1);
    assertThat(Owners.owns(session, claimed)).isTrue();
    assertThat(stand.awaitIdlePods(1))
        .extracting(pod -> pod.getMetadata().getName())
        .doesNotContain(warm.getMetadata().getName());
  }

  @Test
  void an_idle_pod_that_is_gone_at_the_moment_of_its_claim_costs_nothing() {
    stand.createApp("{classes: [%s], warm: {targetIdle: 1}}".formatted(stand.namespace));
    var warm = stand.awaitIdlePods(1).getFirst();
    stand.kubelet.ready(warm, "127.0.0.1");
    stand.awaitApp("WarmPoolFull", "True", "Full");
    stand.client.resource(warm).withGracePeriod(0).delete();
    stand.createSession("one");
    stand.serve("one");
    stand.awaitReady("one", "True", "Waiting");
  }

  @Test
  void who_may_have_no_idle_pod_gets_one_of_its_own_and_hears_why_if_that_fails_too() {
    stand.createApp("{classes: [%s], warm: {targetIdle: 1}}".formatted(stand.namespace));
    var warm = stand.awaitIdlePods(1).getFirst();
    stand.kubelet.ready(warm, "127.0.0.1");
    stand.awaitApp("WarmPoolFull", "True", "Full");
    keepIdle(warm, "UPDATE");

    stand.createSession("one");
    var own = stand.serve("one");
    stand.awaitReady("one", "True", "Waiting");
    assertThat(own.getMetadata().getName()).startsWith("one-");
    assertThat(stand.idlePods())
        .extracting(it -> it.getMetadata().getName())
        .containsExactly(warm.getMetadata().getName());

    keepIdle(warm, "UPDATE, CREATE");
    stand.createSession("two");
    var end = stand.awaitCondition("two", ConditionType.ENDED, it -> it.getStatus().equals("True"));
    assertThat(end.getReason()).isEqualTo("AppFailed");
    assertThat(end.getMessage())
        .startsWith("The API server refuses its pod: ")
        .contains("; nor may it have an idle one: ")
        .contains("pods of this namespace serve nobody");
  }

  /** Waits until the API server refuses what is to be refused from now on. */
  private void keepIdle(Pod idle, String operations) {
    var policy =
        """
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicy
        metadata: {name: %1$s}
        spec:
          failurePolicy: Fail
          matchConstraints:
            namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: %1$s}}
            resourceRules:
            - {apiGroups: [""], apiVersions: [v1], operations: [%2$s], resources: [pods]}
          validations:
          - expression: "!('vitrine.dev/session' in object.metadata.labels) || (oldObject != null && 'vitrine.dev/session' in oldObject.metadata.labels)"
            message: pods of this namespace serve nobody
        """
            .formatted(stand.namespace, operations);
    var binding =
        """
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingAdmissionPolicyBinding
        metadata: {name: %1$s}
        spec: {policyName: %1$s, validationActions: [Deny]}
        """
            .formatted(stand.namespace);
    stand.client.resource(policy).createOr(existing -> existing.update());
    stand.client.resource(binding).createOr(existing -> existing.update());
    var attempt =
        new PodBuilder(idle)
            .editMetadata()
            .withName("attempt")
            .withResourceVersion(null)
            .withUid(null)
            .addToLabels("vitrine.dev/session", "attempt")
            .endMetadata()
            .build();
    await("the policy to hold")
        .atMost(ControllerStand.LIMIT)
        .until(
            () ->
                operations.contains("CREATE")
                    ? isRefused(() -> stand.client.resource(attempt).dryRun(true).create())
                    : isRefused(
                        () ->
                            stand
                                .client
                                .resource(idle)
                                .dryRun(true)
                                .patch(
                                    PatchContext.of(PatchType.JSON_MERGE),
                                    "{\"metadata\":{\"labels\":{\"vitrine.dev/session\":\"no\"}}}")));
  }

  private static boolean isRefused(Runnable attempt) {
    try {
      attempt.run();
      return false;
    } catch (KubernetesClientException e) {
      return e.getCode() == 422;
    }
  }

  @Test
  void a_full_app_lets_its_sessions_wait_until_one_ends() {
    stand.createApp("{classes: [%s], limits: {sessions: 1}}".formatted(stand.namespace));
    stand.createSession("one");
    var first = stand.serve("one");
    stand.awaitReady("one", "True", "Waiting");
    stand.createSession("two");
    stand.awaitReady("two", "False", "Queued");
    assertThat(stand.session("two").getStatus().queuePlace()).isEqualTo(1);
    stand.kubelet.ended(first, 0, "{\"reason\":\"ClosedByViewer\",\"message\":\"bye\"}");
    stand.serve("two");
    stand.awaitReady("two", "True", "Waiting");
    assertThat(stand.session("two").getStatus().queuePlace()).isNull();
  }

  @Test
  void a_user_has_as_many_sessions_as_the_app_allows_and_those_of_nobody_are_not_one_users() {
    stand.createApp("{classes: [%s], limits: {sessionsPerUser: 1}}".formatted(stand.namespace));
    stand.createSessionOf("ann", "anns");
    var first = stand.serve("anns");
    stand.awaitReady("anns", "True", "Waiting");
    stand.createSessionOf("ann", "anns-next");
    stand.awaitReady("anns-next", "False", "Queued");
    for (var other : List.of("nobodys", "nobodys-next")) {
      stand.createSession(other);
      stand.serve(other);
      stand.awaitReady(other, "True", "Waiting");
    }
    stand.createSessionOf("bob", "bobs");
    stand.serve("bobs");
    stand.awaitReady("bobs", "True", "Waiting");
    stand.awaitReady("anns-next", "False", "Queued");
    stand.kubelet.ended(first, 0, "{\"reason\":\"ClosedByViewer\",\"message\":\"bye\"}");
    stand.serve("anns-next");
    stand.awaitReady("anns-next", "True", "Waiting");
  }

  @Test
  void who_will_not_wait_is_told_at_once_that_there_is_no_room() {
    stand.createApp(
        "{classes: [%s], limits: {sessions: 1, queueSeconds: 0}}".formatted(stand.namespace));
    stand.createSession("one");
    stand.serve("one");
    stand.awaitReady("one", "True", "Waiting");
    stand.createSession("two");
    var end = stand.awaitCondition("two", "Ended", it -> it.getStatus().equals("True"));
    assertThat(end.getReason()).isEqualTo("QueueTimeout");
    assertThat(end.getMessage()).contains("spec.limits.sessions allows (1)");
  }

  @Test
  void a_full_quota_of_pods_lets_sessions_wait_until_there_is_room() {
    var quota = createPodQuota(1, 1);
    stand.createApp("{classes: [%s]}".formatted(stand.namespace));
    stand.createSession("one");
    stand.awaitReady("one", "False", "Queued");
    assertThat(stand.session("one").getStatus().conditions())
        .extracting("message")
        .contains("The quota of its namespace has no room for another pod");
    stand.client.resource(quota).delete();
    stand.serve("one");
    stand.awaitReady("one", "True", "Waiting");
  }

  @Test
  void a_class_starts_no_more_pods_at_a_time_than_it_allows() {
    stand.createApp("{classes: [%s]}".formatted(stand.namespace));
    stand.createClass(
        "{maxPendingPods: 1, resources: {cpu: {request: 100m}, memory: {request: 64Mi}}}");
    stand.createSession("one");
    var first = stand.awaitPodOf("one");
    stand.createSession("two");
    stand.awaitReady("two", "False", "Queued");
    stand.kubelet.ready(first, "127.0.0.1");
    stand.serve("two");
    stand.awaitReady("two", "True", "Waiting");
  }

  /** Of which no event tells: the class is looked at again by itself. */
  @Test
  void a_pod_that_finds_no_node_for_long_does_not_hold_up_what_the_mended_app_starts() {
    stand.createApp("{classes: [%s]}".formatted(stand.namespace));
    stand.createClass(
        "{maxPendingPods: 1, resources: {cpu: {request: 100m}, memory: {request: 64Mi}}}");
    stand.createSession("lost");
    var lost = stand.awaitPodOf("lost");
    patchApp("{\"spec\":{\"image\":\"viewer:2\"}}");
    await("the new revision")
        .atMost(ControllerStand.LIMIT)
        .until(() -> revisions() == 2 && isRolledOut());
    stand.kubelet.unschedulable(lost, "1 Insufficient cpu.", Instant.now().minusSeconds(55));
    stand.awaitReady("lost", "False", "Unschedulable");
    stand.createSession("mended");
    stand.serve("mended");
    stand.awaitReady("mended", "True", "Waiting");
    assertThat(stand.client.resource(lost).get().isMarkedForDeletion()).isFalse();
  }

  @Test
  void a_webhook_that_is_broken_lets_sessions_wait_in_its_words_until_it_is_mended() {
    stand.createApp("{classes: [%s]}".formatted(stand.namespace));
    stand.awaitApp("Ready", "True", "Accepted");
    var webhook = breakAdmission();
    stand.createSession("one");
    var told =
        stand.awaitCondition(
            "one", ConditionType.READY, it -> it.getMessage().contains("failed calling webhook"));
    assertThat(told.getReason()).isEqualTo("Queued");
    assertThat(told.getMessage()).startsWith("The API server did not take its pod so far: ");
    stand.client.resource(webhook).delete();
    stand.serve("one");
    stand.awaitReady("one", "True", "Waiting");
  }

  @Test
  void a_refused_edit_costs_an_app_that_serves_neither_its_line_nor_its_idle_pods() {
    stand.createApp(
        "{classes: [%s], limits: {sessions: 1}, warm: {targetIdle: 1}}".formatted(stand.namespace));
    stand.kubelet.ready(stand.awaitIdlePods(1).getFirst(), "127.0.0.1");
    stand.awaitApp("WarmPoolFull", "True", "Full");
    stand.createSession("one");
    stand.awaitReady("one", "True", "Waiting");
    var idle = stand.awaitIdlePods(1).getFirst();
    stand.kubelet.ready(idle, "127.0.0.1");
    stand.createSession("two");
    stand.awaitReady("two", "False", "Queued");

    patchApp(
        "{\"spec\":{\"podPatch\":{\"spec\":{\"containers\":[{\"name\":\"runtime\","
            + "\"volumeMounts\":[{\"name\":\"nowhere\",\"mountPath\":\"/x\"}]}]}}}}");
    assertThat(stand.awaitApp("RolloutComplete", "False", "NotAccepted").getMessage())
        .contains("Not found: \"nowhere\"");

    stand.awaitApp("Ready", "True", "Accepted");
    assertThat(stand.app().getStatus().url()).isNotNull();
    assertThat(stand.app().getStatus().revisions()).hasSize(1);
    assertThat(stand.idlePods())
        .extracting(it -> it.getMetadata().getName())
        .containsExactly(idle.getMetadata().getName());
    stand.kubelet.ended(
        stand.awaitPodOf("one"), 0, "{\"reason\":\"ClosedByViewer\",\"message\":\"bye\"}");
    stand.awaitReady("two", "True", "Waiting");
    assertThat(stand.session("two").getStatus().podName()).isEqualTo(idle.getMetadata().getName());
    stand.createSession("three");
    stand.awaitReady("three", "False", "Queued");
  }

  /** Nobody listens where the API server asks about pods of the namespace. */
  private ValidatingWebhookConfiguration breakAdmission() {
    var yaml =
        """
        apiVersion: admissionregistration.k8s.io/v1
        kind: ValidatingWebhookConfiguration
        metadata: {name: NAMESPACE}
        webhooks:
        - name: broken.example.com
          clientConfig: {url: 'https://127.0.0.1:1/'}
          namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: NAMESPACE}}
          rules:
          - {apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [pods]}
          admissionReviewVersions: [v1]
          sideEffects: None
        """
            .replace("NAMESPACE", stand.namespace);
    var made =
        stand
            .client
            .resource(Serialization.unmarshal(yaml, ValidatingWebhookConfiguration.class))
            .create();
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("any")
            .withNamespace(stand.namespace)
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("any")
            .withImage("any")
            .endContainer()
            .endSpec()
            .build();
    await("the API server to ask the webhook")
        .atMost(ControllerStand.LIMIT)
        .until(() -> isRefused(pod));
    return made;
  }

  private boolean isRefused(Pod pod) {
    var once = new ConfigBuilder(cluster.config()).withRequestRetryBackoffLimit(0).build();
    try (var client = new KubernetesClientBuilder().withConfig(once).build()) {
      client.resource(pod).dryRun().create();
      return false;
    } catch (KubernetesClientException e) {
      return true;
    }
  }

  private boolean isRolledOut() {
    var app = stand.app();
    return app.getStatus() != null
        && Conditions.find(app.getStatus().conditions(), ConditionType.ROLLOUT_COMPLETE)
            .filter(it -> it.getStatus().equals("True"))
            .filter(it -> it.getObservedGeneration().equals(app.getMetadata().getGeneration()))
            .isPresent();
  }

  @Test
  void idle_pods_go_to_zero_when_nothing_is_wanted_any_more() {
    stand.createApp("{classes: [%s], warm: {min: 2}}".formatted(stand.namespace));
    stand.awaitIdlePods(2);
    patchApp("{\"spec\":{\"warm\":{\"min\":0}}}");
    stand.awaitIdlePods(0);
    stand.awaitApp("WarmPoolFull", "True", "NoneWanted");
  }

  @Test
  void a_change_of_the_image_makes_a_revision_and_idle_pods_of_it() {
    stand.createApp("{classes: [%s], warm: {targetIdle: 1}}".formatted(stand.namespace));
    var old = stand.awaitIdlePods(1).getFirst();
    patchApp("{\"spec\":{\"image\":\"viewer:2\",\"title\":\"Another\"}}");
    await("idle pods of the new image")
        .atMost(ControllerStand.LIMIT)
        .until(
            () ->
                stand.idlePods().stream()
                    .map(pod -> pod.getSpec().getContainers().getFirst().getImage())
                    .toList()
                    .equals(List.of("viewer:2")));
    assertThat(stand.client.resource(old).get()).isNull();
    assertThat(revisions()).isEqualTo(2);
    patchApp("{\"spec\":{\"title\":\"A third\",\"limits\":{\"sessions\":5}}}");
    patchApp("{\"spec\":{\"image\":null}}");
    await("idle pods of the old image")
        .atMost(ControllerStand.LIMIT)
        .until(
            () ->
                stand.idlePods().stream()
                    .allMatch(
                        pod ->
                            pod.getMetadata()
                                .getLabels()
                                .get("vitrine.dev/revision")
                                .equals(
                                    old.getMetadata().getLabels().get("vitrine.dev/revision"))));
    assertThat(revisions()).as("what was once is taken up again").isEqualTo(2);
  }

  @Test
  void a_cordoned_node_gets_no_claims() {
    stand.createApp("{classes: [%s], warm: {targetIdle: 1}}".formatted(stand.namespace));
    var warm = stand.awaitIdlePods(1).getFirst();
    var node =
        new NodeBuilder()
            .withNewMetadata()
            .withName("node-" + stand.namespace)
            .endMetadata()
            .withNewSpec()
            .withUnschedulable(true)
            .endSpec()
            .build();
    stand.client.resource(node).create();
    stand.kubelet.bind(warm, "node-" + stand.namespace);
    await("the idle pod to go")
        .atMost(ControllerStand.LIMIT)
        .until(() -> stand.client.resource(warm).get().isMarkedForDeletion());
    stand.awaitIdlePods(1);
  }

  @Test
  void a_new_controller_goes_on_where_the_old_one_was_and_claims_nothing_twice() {
    stand.createApp("{classes: [%s], warm: {targetIdle: 2}}".formatted(stand.namespace));
    stand.awaitIdlePods(2).forEach(pod -> stand.kubelet.ready(pod, "127.0.0.1"));
    stand.awaitApp("WarmPoolFull", "True", "Full");
    stand.createSession("one");
    stand.awaitReady("one", "True", "Waiting");
    var before = stand.session("one");
    stand.restartController();
    stand.createSession("two");
    stand.awaitReady("two", "True", "Waiting");
    assertThat(stand.session("one")).isEqualTo(before);
    assertThat(stand.session("two").getStatus().podName())
        .isNotEqualTo(before.getStatus().podName());
    assertThat(stand.runtime.assignments())
        .extracting(assignment -> assignment.session().name())
        .containsExactly("one", "two");
    stand.awaitIdlePods(2);
  }

  @Test
  void a_full_quota_ends_a_session_for_one_of_higher_priority_where_the_class_says_so() {
    var quota = createPodQuota(1, 0);
    createPreemptingApp();
    stand.createSession("low");
    var low = stand.awaitPodOf("low");
    stand.kubelet.bind(low, "node");
    stand.kubelet.ready(low, "127.0.0.1");
    stand.awaitReady("low", "True", "Waiting");
    stand.createSession("equal");
    stand.awaitReady("equal", "False", "Queued");
    stand.createSession("high", 1);
    stand.awaitReady("low", "True", "MakingRoom");
    stand.awaitPod(low, pod -> pod.isMarkedForDeletion());
    stand.kubelet.ended(low, 0, "{\"reason\":\"NodeDrained\",\"message\":\"told to stop\"}");
    var end = stand.awaitCondition("low", "Ended", it -> it.getStatus().equals("True"));
    assertThat(end.getReason()).isEqualTo("Preempted");
    assertThat(end.getMessage()).isEqualTo("It made room for a session of higher priority");
    stand.client.resource(low).withGracePeriod(0).delete();
    use(quota, 0);
    stand.serve("high");
    stand.awaitReady("high", "True", "Waiting");
    stand.awaitReady("equal", "False", "Queued");
    await("an Event of the end")
        .atMost(ControllerStand.LIMIT)
        .until(() -> eventsOf("low"), List.of("Preempted")::equals);
  }

  @Test
  void a_new_leader_knows_who_makes_room_and_ends_nobody_else() {
    createPodQuota(2, 0);
    createPreemptingApp();
    for (var name : List.of("other", "least")) {
      stand.createSession(name, name.equals("least") ? -1 : 0);
      var pod = stand.awaitPodOf(name);
      stand.kubelet.bind(pod, "node");
      stand.kubelet.ready(pod, "127.0.0.1");
      stand.awaitReady(name, "True", "Waiting");
    }
    stand.createSession("high", 1);
    stand.awaitReady("least", "True", "MakingRoom");
    stand.restartController();
    stand.kubelet.ended(stand.awaitPodOf("least"), 143, "");
    var end = stand.awaitCondition("least", "Ended", it -> it.getStatus().equals("True"));
    assertThat(end.getReason()).as("whatever its container said").isEqualTo("Preempted");
    stand.awaitReady("high", "False", "Queued");
    stand.awaitReady("other", "True", "Waiting");
    assertThat(stand.awaitPodOf("other").getMetadata().getAnnotations())
        .doesNotContainKey("vitrine.dev/preempted-for");
  }

  @Test
  void a_pod_without_a_node_ends_a_session_that_nobody_has_joined_at_once() {
    createPreemptingApp();
    stand.createSession("low");
    stand.kubelet.bind(stand.awaitPodOf("low"), "node");
    stand.createSession("high", 1);
    stand.kubelet.unschedulable(
        stand.awaitPodOf("high"), "0/1 nodes are available: 1 Insufficient cpu.");
    var end = stand.awaitCondition("low", "Ended", it -> it.getStatus().equals("True"));
    assertThat(end.getReason()).isEqualTo("Preempted");
    stand.awaitPod(stand.awaitPodOf("low"), pod -> pod.isMarkedForDeletion());
  }

  private void createPreemptingApp() {
    stand.createApp("{classes: [%s]}".formatted(stand.namespace));
    stand.createClass(
        "{preemption: LowerPriority, resources: {cpu: {request: 100m}, memory: {request: 64Mi}}}");
  }

  private ResourceQuota createPodQuota(int hard, int used) {
    var quota =
        new ResourceQuotaBuilder()
            .withNewMetadata()
            .withName("pods")
            .withNamespace(stand.namespace)
            .endMetadata()
            .withNewSpec()
            .withHard(Map.of("pods", new Quantity(Integer.toString(hard))))
            .endSpec()
            .build();
    var made = stand.client.resource(quota).create();
    use(made, used);
    return made;
  }

  /** No controller counts here, and the API server counts on. */
  private void use(ResourceQuota quota, int used) {
    var status =
        "{\"status\":{\"hard\":{\"pods\":\"%s\"},\"used\":{\"pods\":\"%d\"}}}"
            .formatted(quota.getSpec().getHard().get("pods"), used);
    stand
        .client
        .resourceQuotas()
        .inNamespace(stand.namespace)
        .withName(quota.getMetadata().getName())
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), status);
  }

  private List<String> eventsOf(String session) {
    return stand
        .client
        .events()
        .v1()
        .events()
        .inNamespace(stand.namespace)
        .list()
        .getItems()
        .stream()
        .filter(event -> event.getRegarding().getName().equals(session))
        .map(event -> event.getReason())
        .toList();
  }

  private void patchApp(String patch) {
    stand.client.resource(stand.app()).patch(PatchContext.of(PatchType.JSON_MERGE), patch);
  }

  private int revisions() {
    return stand
        .client
        .resources(StreamingAppRevision.class)
        .inNamespace(stand.namespace)
        .list()
        .getItems()
        .size();
  }
}
