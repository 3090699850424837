package dev.vitrine.operator.pod;

import static dev.vitrine.operator.testing.Fixtures.app;
import static dev.vitrine.operator.testing.Fixtures.revision;
import static dev.vitrine.operator.testing.Fixtures.streamClass;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamClassSpec;
import dev.vitrine.operator.testing.Fixtures;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrePullFactoryTest {

  private static final Map<String, Object> PRIVATE =
      Map.of("spec", Map.of("imagePullSecrets", List.of(Map.of("name", "registry"))));

  private final RuntimePodFactory pods = new RuntimePodFactory("vitrine/runtime:1");

  @Test
  void pulls_the_image_as_sessions_would_and_waits() {
    var spec = pull(streamClass("cpu", null), PRIVATE).getSpec().getTemplate().getSpec();
    assertThat(spec.getContainers())
        .singleElement()
        .satisfies(
            container -> {
              assertThat(container.getImage()).isEqualTo("vitrine/runtime:1");
              assertThat(container.getCommand()).containsExactly("sleep", "infinity");
              assertThat(container.getEnv()).isEmpty();
            });
    assertThat(spec.getImagePullSecrets()).containsExactly(new LocalObjectReference("registry"));
    assertThat(spec.getNodeSelector()).containsEntry("zone", "a");
  }

  @Test
  void is_as_confined_as_a_session_and_holds_nothing_of_it() {
    var spec = pull(streamClass("cpu", null), null).getSpec().getTemplate().getSpec();
    var container = spec.getContainers().getFirst();
    assertThat(spec.getAutomountServiceAccountToken()).isFalse();
    assertThat(spec.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(spec.getVolumes()).isEmpty();
  }

  @Test
  void needs_no_gpu_to_get_onto_the_nodes_that_have_them() {
    var gpu = new StreamClassSpec.Gpu("nvidia.com/gpu", 1);
    var spec = pull(streamClass("gpu", gpu), null).getSpec().getTemplate().getSpec();
    assertThat(spec.getContainers().getFirst().getResources().getLimits())
        .containsOnlyKeys("memory");
    assertThat(spec.getTolerations())
        .contains(new Toleration("NoSchedule", "nvidia.com/gpu", "Exists", null, null));
  }

  @Test
  void its_pods_are_none_of_the_apps() {
    var labels = pull(streamClass("cpu", null), null).getSpec().getTemplate().getMetadata();
    assertThat(labels.getLabels()).containsOnlyKeys("vitrine.dev/pre-pull");
  }

  @Test
  void another_place_makes_another_one() {
    var here = pull(streamClass("cpu", null), null);
    assertThat(pull(streamClass("cpu", null), null)).isEqualTo(here);
    assertThat(pull(streamClass("other", null), null).getMetadata().getName())
        .isNotEqualTo(here.getMetadata().getName());
    assertThat(pull(streamClass("cpu", null), PRIVATE).getMetadata().getName())
        .isNotEqualTo(here.getMetadata().getName());
    assertThat(here.getMetadata().getName()).matches(Fixtures.REVISION + "-pull-[0-9a-f]{10}");
  }

  private DaemonSet pull(StreamClass streamClass, Map<String, Object> patch) {
    var app = app(List.of(), patch);
    var revision = revision(app);
    var pod = pods.desired(app, revision, streamClass, Map.of());
    return PrePullFactory.desired(pod, revision, streamClass);
  }
}
