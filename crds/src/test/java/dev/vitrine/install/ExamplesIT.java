package dev.vitrine.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.vitrine.api.v1alpha1.Lifetimes;
import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamClassSpec;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The examples are taken as they stand, and keep what the quickstart promises. */
class ExamplesIT {

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();

  @BeforeAll
  static void applyEveryExample() throws IOException {
    for (var folder : List.of("../examples", "../examples/ci")) {
      try (var files = Files.list(Path.of(folder))) {
        for (var file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
          apply(cluster.client(), file);
        }
      }
    }
  }

  private static void apply(KubernetesClient client, Path file) {
    try (var yaml = Files.newInputStream(file)) {
      client.load(yaml).items().forEach(item -> client.resource(item).serverSideApply());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void the_viewer_is_in_namespace_default_with_a_version_and_starts_on_the_cpu() {
    var spec = viewer().getSpec();
    assertThat(spec.version()).isNotBlank();
    assertThat(spec.classes()).startsWith("cpu");
    assertThat(spec.image()).as("the built-in viewer").isNull();
  }

  @Test
  void the_class_cpu_is_open_to_every_namespace_and_small_enough_for_any_machine() {
    var spec = streamClass("cpu").getSpec();
    assertThat(spec.namespaces().allow("anywhere")).isTrue();
    assertThat(spec.resources().cpu().request().getNumericalAmount())
        .isLessThanOrEqualTo(new BigDecimal("0.2"));
    assertThat(spec.resources().gpu()).isNull();
  }

  @Test
  void the_class_gpu_asks_for_one_nvidia_gpu() {
    var gpu = streamClass("gpu").getSpec().resources().gpu();
    assertThat(gpu).isNotNull();
    assertThat(gpu.resourceName()).isEqualTo("nvidia.com/gpu");
    assertThat(gpu.count()).isEqualTo(1);
  }

  @Test
  void the_session_names_an_app_and_a_class_of_the_examples() {
    var sessions = sessions();
    assertThat(sessions)
        .filteredOn(session -> session.getMetadata().getName().equals("first-look"))
        .singleElement()
        .satisfies(
            session -> {
              assertThat(session.getSpec().app()).isEqualTo(viewer().getMetadata().getName());
              assertThat(viewer().getSpec().classes()).contains(session.getSpec().className());
            });
    assertThat(sessions)
        .filteredOn(session -> session.getSpec().priority() > 0)
        .singleElement()
        .satisfies(session -> assertThat(app(session.getSpec().app())).isNotNull());
  }

  @Test
  void each_feature_has_an_example() {
    assertThat(app("usd-viewer").getSpec().warm().targetIdle()).isPositive();
    assertThat(app("warm-viewer").getSpec().warm().schedules()).isNotEmpty();
    assertThat(app("careful-viewer").getSpec().rollout().steps()).isNotEmpty();
    assertThat(app("small-house").getSpec().limits().sessions()).isPositive();
    assertThat(streamClass("cpu-shared").getSpec().maxPendingPods()).isEqualTo(2);
    assertThat(streamClass("cpu-lectures").getSpec().lifetimes().drainSeconds()).isEqualTo(7200);
    assertThat(streamClass("cpu").getSpec().lifetimes().drainSeconds()).isEqualTo(600);
    assertThat(streamClass("cpu-urgent-first").getSpec().preemption())
        .isEqualTo(StreamClassSpec.Preemption.LowerPriority);
    assertThat(app("prepared-viewer").getSpec().classes()).containsExactly("cpu-prepared");
    assertThat(sessions())
        .filteredOn(session -> session.getSpec().revision() != null)
        .singleElement()
        .satisfies(session -> assertThat(session.getSpec().app()).isEqualTo("careful-viewer"));
  }

  @Test
  void an_app_has_lifetimes_of_its_own_within_what_its_class_allows() {
    var wanted = app("training-viewer").getSpec().lifetimes();
    var ceilings = streamClass("cpu-training").getSpec().lifetimes();
    assertThat(ceilings.limit(wanted)).as("nothing has to be brought down").isEqualTo(wanted);
    assertThat(wanted).isEqualTo(new Lifetimes(300, 120, 120, 1800, 7200, 300, 86400));
    assertThat(ceilings.extensionSeconds()).isPositive();
    assertThat(ceilings.maxSeconds()).isGreaterThan(wanted.maxSeconds());
    assertThat(ceilings.ttlSecondsAfterFinished()).isEqualTo(86400);
  }

  @Test
  void the_class_of_prepared_nodes_finds_its_claim_in_the_apps_namespace() {
    var prepared = streamClass("cpu-prepared").getSpec();
    assertThat(prepared.images()).isEqualTo(StreamClassSpec.Images.PrePulled);
    assertThat(prepared.cache()).isNotNull();
    assertThat(
            cluster
                .client()
                .persistentVolumeClaims()
                .inNamespace("default")
                .withName(prepared.cache().claimName())
                .require()
                .getSpec()
                .getAccessModes())
        .containsExactly("ReadWriteMany");
  }

  @Test
  void viewers_get_our_role_and_editors_one_that_every_cluster_has() {
    var bindings = cluster.client().rbac().roleBindings().inNamespace("default");
    assertThat(bindings.withName("stream-viewers").require().getRoleRef().getName())
        .isEqualTo("vitrine-viewer");
    assertThat(bindings.withName("stream-editors").require().getRoleRef().getName())
        .isEqualTo("edit");
  }

  @Test
  void what_an_app_reaches_beside_the_gateway_is_said_of_the_pods_of_the_viewer() {
    var added =
        cluster
            .client()
            .network()
            .v1()
            .networkPolicies()
            .inNamespace("default")
            .withName("usd-viewer-licences")
            .require()
            .getSpec();
    assertThat(added.getPodSelector().getMatchLabels())
        .containsExactly(entry("vitrine.dev/app", viewer().getMetadata().getName()));
    assertThat(added.getPolicyTypes())
        .as("nothing is closed or opened inwards")
        .containsExactly("Egress");
  }

  private static List<StreamSession> sessions() {
    return cluster.client().resources(StreamSession.class).inNamespace("default").list().getItems();
  }

  private static StreamingApp app(String name) {
    return cluster
        .client()
        .resources(StreamingApp.class)
        .inNamespace("default")
        .withName(name)
        .require();
  }

  private static StreamingApp viewer() {
    return cluster
        .client()
        .resources(StreamingApp.class)
        .inNamespace("default")
        .withName("usd-viewer")
        .require();
  }

  private static StreamClass streamClass(String name) {
    return cluster.client().resources(StreamClass.class).withName(name).require();
  }
}
