package dev.vitrine.operator.placement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.operator.testing.ControllerStand;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When there are idle pods, who takes one, and for whom one goes, on a real API server. */
class IdlePodsIT {

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
  void an_idle_pod_goes_for_a_session_of_another_app_that_finds_no_node() {
    stand.createApp("{classes: [%s], warm: {min: 1}}".formatted(stand.namespace));
    var idle = awaitIdle();
    stand.createApp("other", "{classes: [%s]}".formatted(stand.namespace));
    stand.createSession("one", StreamSessionSpec.of("other"));
    var own = stand.awaitPodOf("one");
    stand.kubelet.unschedulable(own, "0/1 nodes are available: 1 Insufficient cpu.");
    stand.awaitPod(idle, Pod::isMarkedForDeletion);
    assertThat(stand.idlePods()).as("the session comes first").isEmpty();

    stand.client.resource(idle).withGracePeriod(0).delete();
    stand.kubelet.ready(own, "127.0.0.1");
    stand.awaitReady("one", "True", "Waiting");
    stand.awaitIdlePods(1);
  }

  @Test
  void a_session_that_needs_another_environment_leaves_the_idle_pod_to_one_that_does_not() {
    stand.createApp(
        "{classes: [%s], warm: {targetIdle: 1}, parameters: [{name: language, default: en, environment: APP_LANGUAGE}]}"
            .formatted(stand.namespace));
    var idle = awaitIdle();
    stand.createSession("german", Map.of("language", "de"), ControllerStand.AS_THE_APP);
    var own = stand.serve("german");
    stand.awaitReady("german", "True", "Waiting");
    assertThat(own.getMetadata().getUid()).isNotEqualTo(idle.getMetadata().getUid());
    assertThat(language(own)).isEqualTo("de");
    assertThat(stand.idlePods())
        .extracting(it -> it.getMetadata().getUid())
        .containsExactly(idle.getMetadata().getUid());

    stand.createSession("english", Map.of("language", "en"), ControllerStand.AS_THE_APP);
    stand.awaitReady("english", "True", "Waiting");
    assertThat(stand.session("english").getStatus().podName())
        .isEqualTo(idle.getMetadata().getName());
    assertThat(language(idle)).isEqualTo("en");
  }

  @Test
  void idle_pods_come_with_a_schedules_beginning_and_go_with_its_end() {
    stand.createApp(
        "{classes: [%s], warm: {schedules: [{start: '%s', end: '%s', timeZone: UTC, min: 2}]}}"
            .formatted(stand.namespace, inMinutes(2), inMinutes(5)));
    stand.awaitApp("WarmPoolFull", "True", "NoneWanted");
    assertThat(stand.idlePods()).isEmpty();

    stand.pass(Duration.ofMinutes(3)); // less than an idle pod may take to start
    wakeApp();
    stand.awaitIdlePods(2).forEach(pod -> stand.kubelet.ready(pod, "127.0.0.1"));
    stand.awaitApp("WarmPoolFull", "True", "Full");

    stand.pass(Duration.ofMinutes(3));
    wakeApp();
    stand.awaitIdlePods(0);
    stand.awaitApp("WarmPoolFull", "True", "NoneWanted");
  }

  /** The idle pod, on a node and ready. */
  private Pod awaitIdle() {
    var idle = stand.awaitIdlePods(1).getFirst();
    stand.kubelet.bind(idle, "node");
    stand.kubelet.ready(idle, "127.0.0.1");
    stand.awaitApp("WarmPoolFull", "True", "Full");
    return idle;
  }

  private static String language(Pod pod) {
    return pod.getSpec().getContainers().getFirst().getEnv().stream()
        .filter(variable -> variable.getName().equals("APP_LANGUAGE"))
        .map(EnvVar::getValue)
        .findFirst()
        .orElseThrow();
  }

  private static String inMinutes(int minutes) {
    var now = LocalTime.ofInstant(InstantSource.system().instant(), ZoneOffset.UTC);
    return "%tR".formatted(now.plusMinutes(minutes));
  }

  /** An edit that changes nothing has the app looked at: its timer runs by another clock. */
  private void wakeApp() {
    stand
        .client
        .resource(stand.app())
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"annotations\":{\"woken\":\"%s\"}}}".formatted(UUID.randomUUID()));
  }
}
