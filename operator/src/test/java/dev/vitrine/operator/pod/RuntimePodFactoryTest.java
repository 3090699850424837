package dev.vitrine.operator.pod;

import static dev.vitrine.operator.testing.Fixtures.app;
import static dev.vitrine.operator.testing.Fixtures.prepared;
import static dev.vitrine.operator.testing.Fixtures.revision;
import static dev.vitrine.operator.testing.Fixtures.streamClass;
import static dev.vitrine.operator.testing.Fixtures.strict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.Parameter;
import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamClassSpec;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppSpec.Video;
import dev.vitrine.operator.testing.Fixtures;
import dev.vitrine.protocol.VideoSettings;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuntimePodFactoryTest {

  private final RuntimePodFactory pods = new RuntimePodFactory("vitrine/runtime:1");

  @Test
  void runs_under_the_restricted_standard() {
    var spec = pod(app(List.of(), null), streamClass("cpu", null)).getSpec();
    var container = spec.getContainers().getFirst();
    assertThat(spec.getAutomountServiceAccountToken()).isFalse();
    assertThat(spec.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(spec.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
  }

  @Test
  void a_class_without_a_gpu_asks_for_none_and_the_built_in_viewer_runs() {
    var container = container(streamClass("cpu", null), null);
    assertThat(container.getImage()).isEqualTo("vitrine/runtime:1");
    assertThat(container.getResources().getRequests()).containsOnlyKeys("cpu", "memory");
    assertThat(names(container)).doesNotContain("NVIDIA_DRIVER_CAPABILITIES");
  }

  @Test
  void a_gpu_is_requested_and_its_driver_shows_graphics() {
    var container =
        container(streamClass("gpu", new StreamClassSpec.Gpu("nvidia.com/gpu", 2)), null);
    assertThat(container.getResources().getLimits())
        .containsEntry("nvidia.com/gpu", new Quantity("2"));
    assertThat(names(container)).contains("NVIDIA_DRIVER_CAPABILITIES");
  }

  @Test
  void a_drained_pod_has_time_for_its_viewer_and_a_little_more() {
    var pod = pod(app(List.of(), null), streamClass("cpu", null));
    assertThat(pod.getSpec().getContainers().getFirst().getEnv())
        .contains(new EnvVar("VITRINE_DRAIN_SECONDS", "30", null));
    assertThat(pod.getSpec().getTerminationGracePeriodSeconds()).isEqualTo(40);
  }

  @Test
  void a_class_brings_down_the_time_that_a_pod_has_to_start_and_to_drain() {
    var pod = pod(app(List.of(), null), strict(streamClass("cpu", null), 40, 12, 3600));
    var container = pod.getSpec().getContainers().getFirst();
    assertThat(container.getStartupProbe().getFailureThreshold()).isEqualTo(40);
    assertThat(container.getEnv()).contains(new EnvVar("VITRINE_DRAIN_SECONDS", "12", null));
    assertThat(pod.getSpec().getTerminationGracePeriodSeconds()).isEqualTo(22);
  }

  @Test
  void an_idle_pod_is_ready_with_its_first_picture_and_a_sessions_own_before() {
    var pod = pod(app(List.of(), null), streamClass("cpu", null));
    assertThat(readinessPath(pod)).isEqualTo("/readyz");
    assertThat(readinessPath(RuntimePodFactory.idle(pod))).isEqualTo("/warmz");
  }

  private static String readinessPath(Pod pod) {
    return pod.getSpec().getContainers().getFirst().getReadinessProbe().getHttpGet().getPath();
  }

  @Test
  void a_patch_adds_to_what_is_there() {
    Map<String, Object> patch =
        Map.of(
            "spec",
            Map.of(
                "containers",
                List.of(
                    Map.of("name", "runtime", "env", List.of(Map.of("name", "A", "value", "b")))),
                "tolerations",
                List.of(Map.of("key", "k", "operator", "Exists"))));
    var pod = pod(app(List.of(), patch), streamClass("cpu", null));
    assertThat(pod.getSpec().getContainers()).hasSize(1);
    assertThat(names(pod.getSpec().getContainers().getFirst())).contains("A", "VITRINE_POD_UID");
    assertThat(pod.getSpec().getTolerations()).hasSize(3);
  }

  @Test
  void a_picture_beyond_the_class_is_brought_down_in_shape() {
    var wish = new Video(3840, 2160, 120, 90000);
    var fitted = VideoFit.fit(wish, new StreamClassSpec.VideoCeilings(2073600, 60, 20000));
    assertThat(fitted).isEqualTo(new VideoSettings(1920, 1080, 60, 20000));
  }

  @Test
  void a_parameter_of_the_environment_is_a_variable() {
    var language =
        new Parameter(
            "lang", Parameter.Type.String, null, null, null, List.of(), false, "APP_LANGUAGE");
    var app = app(List.of(language), null);
    var revision = revision(app);
    var with = pods.desired(app, revision, streamClass("cpu", null), Map.of("lang", "de"));
    assertThat(with.getSpec().getContainers().getFirst().getEnv())
        .contains(new EnvVar("APP_LANGUAGE", "de", null));
    assertThat(names(pod(app, streamClass("cpu", null)).getSpec().getContainers().getFirst()))
        .doesNotContain("APP_LANGUAGE");
  }

  @Test
  void a_class_without_a_cache_mounts_none() {
    var pod = pod(app(List.of(), null), streamClass("cpu", null));
    assertThat(pod.getSpec().getVolumes()).extracting("name").doesNotContain("vitrine-cache");
    assertThat(names(pod.getSpec().getContainers().getFirst()))
        .doesNotContain("MESA_SHADER_CACHE_DIR");
  }

  @Test
  void each_revision_has_its_own_folder_in_the_cache_and_the_drivers_use_it() {
    var spec = pod(app(List.of(), null), prepared(streamClass("cpu", null))).getSpec();
    assertThat(spec.getVolumes())
        .filteredOn(volume -> volume.getName().equals("vitrine-cache"))
        .singleElement()
        .extracting(volume -> volume.getPersistentVolumeClaim().getClaimName())
        .isEqualTo("stream-cache");
    var container = spec.getContainers().getFirst();
    assertThat(container.getVolumeMounts())
        .filteredOn(mount -> mount.getName().equals("vitrine-cache"))
        .singleElement()
        .satisfies(
            mount -> {
              assertThat(mount.getMountPath()).isEqualTo("/var/cache/vitrine");
              assertThat(mount.getSubPath()).isEqualTo("ns/" + Fixtures.REVISION);
            });
    assertThat(container.getEnv())
        .contains(
            new EnvVar("VITRINE_CACHE", "/var/cache/vitrine", null),
            new EnvVar("MESA_SHADER_CACHE_DIR", "/var/cache/vitrine", null));
  }

  private Pod pod(StreamingApp app, StreamClass ofClass) {
    return pods.desired(app, revision(app), ofClass, Map.of());
  }

  private Container container(StreamClass ofClass, Map<String, Object> patch) {
    return pod(app(List.of(), patch), ofClass).getSpec().getContainers().getFirst();
  }

  private static List<String> names(Container container) {
    return container.getEnv().stream().map(EnvVar::getName).toList();
  }
}
