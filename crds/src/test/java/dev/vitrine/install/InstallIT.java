package dev.vitrine.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the quickstart installs is taken by a real API server, and gives no more rights than it
 * should.
 */
class InstallIT {

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();

  private static final String NAMESPACE = "vitrine-system";
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  @BeforeAll
  static void install() throws IOException, InterruptedException {
    var manifests = rendered("deploy/overlays/quickstart");
    manifests.stream().filter(Namespace.class::isInstance).forEach(InstallIT::apply);
    manifests.stream()
        .filter(m -> !(m instanceof Namespace || m instanceof CustomResourceDefinition))
        .forEach(InstallIT::apply);
  }

  private static void apply(HasMetadata manifest) {
    cluster.client().resource(manifest).forceConflicts().serverSideApply();
  }

  private static List<HasMetadata> rendered(String overlay)
      throws IOException, InterruptedException {
    var kubectl =
        new ProcessBuilder("bash", "-c", "$(deploy/cluster/cluster kubectl) kustomize " + overlay)
            .directory(Path.of("..").toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var yaml = kubectl.getInputStream().readAllBytes();
    assertThat(kubectl.waitFor()).as("exit code of kubectl kustomize").isZero();
    return cluster.client().load(new ByteArrayInputStream(yaml)).items();
  }

  @ParameterizedTest
  @CsvSource({
    "vitrine-controller, create, , pods, , default, true",
    "vitrine-controller, get, , pods, log, default, true",
    "vitrine-gateway, get, , pods, log, default, false",
    "vitrine-controller, get, , secrets, , vitrine-system, true",
    "vitrine-controller, get, , secrets, , default, false",
    "vitrine-controller, update, coordination.k8s.io, leases, , vitrine-system, true",
    "vitrine-controller, update, coordination.k8s.io, leases, , default, false",
    "vitrine-controller, patch, vitrine.dev, streamsessions, status, default, true",
    "vitrine-controller, create, vitrine.dev, streamingapprevisions, , default, true",
    "vitrine-controller, patch, vitrine.dev, streamingapprevisions, status, default, true",
    "vitrine-controller, create, vitrine.dev, streamsessions, , default, true",
    "vitrine-controller, create, vitrine.dev, streamsessions, verification, default, true",
    "vitrine-controller, create, vitrine.dev, streamsessions, priority, default, false",
    "vitrine-controller, create, apps, daemonsets, , default, true",
    "vitrine-controller, create, apps, deployments, , default, false",
    "vitrine-controller, list, , nodes, , , true",
    "vitrine-controller, patch, , nodes, , , false",
    "vitrine-controller, create, policy, poddisruptionbudgets, , default, true",
    "vitrine-controller, patch, policy, poddisruptionbudgets, , default, true",
    "vitrine-controller, delete, policy, poddisruptionbudgets, , default, false",
    "vitrine-controller, create, networking.k8s.io, networkpolicies, , default, true",
    "vitrine-controller, patch, networking.k8s.io, networkpolicies, , default, true",
    "vitrine-controller, delete, networking.k8s.io, networkpolicies, , default, false",
    "vitrine-gateway, create, vitrine.dev, streamingapprevisions, , default, false",
    "vitrine-gateway, create, , pods, , default, false",
    "vitrine-gateway, get, , secrets, , vitrine-system, false",
    "vitrine-gateway, create, vitrine.dev, streamsessions, , default, true",
    "vitrine-gateway, create, vitrine.dev, streamsessions, user, default, true",
    "vitrine-gateway, create, vitrine.dev, streamsessions, priority, default, false",
    "vitrine-gateway, create, vitrine.dev, streamsessions, verification, default, false",
    "vitrine-gateway, patch, vitrine.dev, streamsessions, status, default, true",
    "vitrine-gateway, patch, vitrine.dev, streamingapps, , default, false",
    "vitrine-gateway, create, authentication.k8s.io, tokenreviews, , , true",
    "vitrine-gateway, create, authorization.k8s.io, subjectaccessreviews, , , true",
  })
  void each_account_may_do_its_work_and_no_more(
      String account,
      String verb,
      String group,
      String resource,
      String subresource,
      String namespace,
      boolean allowed) {
    var user = "system:serviceaccount:%s:%s".formatted(NAMESPACE, account);
    assertThat(may(user, verb, group, resource, subresource, namespace)).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "vitrine-view, list, streamingapps, , true",
    "vitrine-view, list, streamingapprevisions, , true",
    "vitrine-view, watch, streamsessions, , true",
    "vitrine-view, create, streamsessions, , false",
    "vitrine-view, create, streamsessions, connect, false",
    "vitrine-edit, create, streamingapps, , true",
    "vitrine-edit, deletecollection, streamsessions, , true",
    "vitrine-edit, create, streamsessions, connect, true",
    "vitrine-edit, create, streamingapprevisions, , false",
    "vitrine-edit, delete, streamingapprevisions, , true",
    "vitrine-edit, patch, streamingapprevisions, , false",
    "vitrine-view, delete, streamingapprevisions, , false",
    "vitrine-edit, patch, streamsessions, status, false",
    "vitrine-edit, create, streamsessions, priority, false",
    "vitrine-edit, create, streamsessions, user, false",
    "vitrine-edit, create, streamsessions, verification, false",
    "vitrine-admin, create, streamsessions, priority, true",
    "vitrine-admin, create, streamsessions, user, false",
    "vitrine-viewer, get, streamingapps, , true",
    "vitrine-viewer, create, streamsessions, , true",
    "vitrine-viewer, create, streamsessions, connect, true",
    "vitrine-viewer, get, streamsessions, , false",
    "vitrine-viewer, delete, streamsessions, , false",
    "vitrine-viewer, list, streamsessions, , false",
    "vitrine-viewer, patch, streamsessions, , false",
    "vitrine-viewer, create, streamingapps, , false",
    "vitrine-viewer, create, streamsessions, priority, false",
  })
  void each_role_gives_its_rights_in_the_namespace_it_is_bound_in(
      String role, String verb, String resource, String subresource, boolean allowed) {
    var namespace = cluster.newNamespace();
    bind(role, role + "-holder", namespace);
    var user = role + "-holder";
    assertThat(may(user, verb, "vitrine.dev", resource, subresource, namespace)).isEqualTo(allowed);
    assertThat(may(user, verb, "vitrine.dev", resource, subresource, "default")).isFalse();
  }

  /** A controller that no lone API server has adds the rules of those that carry the label. */
  @ParameterizedTest
  @CsvSource({
    "vitrine-view, true, true, true",
    "vitrine-edit, false, true, true",
    "vitrine-admin, false, false, true",
    "vitrine-viewer, false, false, false",
  })
  void roles_join_those_that_every_cluster_has(
      String role, boolean view, boolean edit, boolean admin) {
    var labels =
        cluster.client().rbac().clusterRoles().withName(role).require().getMetadata().getLabels();
    for (var known : Map.of("view", view, "edit", edit, "admin", admin).entrySet()) {
      var label = "rbac.authorization.k8s.io/aggregate-to-" + known.getKey();
      assertThat("true".equals(labels.get(label))).as(label).isEqualTo(known.getValue());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vitrine-edit  | {app: demo, user: maker}               | |",
        "vitrine-edit  | {app: demo, user: maker, priority: -5} | |",
        "vitrine-admin | {app: demo, user: maker, priority: 5}  | |",
        "vitrine-edit  | {app: demo, user: maker, priority: 1}  | | spec.priority: above 0 needs the right to create streamsessions/priority in the namespace, which its admins have; leave it out",
        "vitrine-edit  | {app: demo, user: somebody}            | | spec.user: a session is its maker's; give your own name, maker",
        "vitrine-admin | {app: demo, user: somebody}            | | spec.user: a session is its maker's; give your own name, maker",
        "vitrine-admin | {app: demo}                            | | spec.user: a session is its maker's; give your own name, maker",
        "vitrine-edit  | {app: demo, user: maker} | {vitrine.dev/verifies: demo-1} | metadata.labels: vitrine.dev/verifies is the controller's own; leave it out",
      })
  void a_session_is_nothing_that_its_maker_has_no_right_to(
      String role, String spec, String labels, String refusal) {
    var namespace = cluster.newNamespace();
    bind("vitrine-edit", "maker", namespace);
    bind(role, "maker", namespace);
    try (var maker = as("maker")) {
      awaitPolicy(maker, namespace);
      var session = session("one", spec, labels);
      if (refusal == null) {
        maker.resource(session).inNamespace(namespace).create();
      } else {
        assertThatThrownBy(() -> maker.resource(session).inNamespace(namespace).create())
            .isInstanceOfSatisfying(
                KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(403))
            .hasMessageContaining(refusal);
      }
    }
  }

  @Test
  void nobody_makes_a_trial_of_a_session_afterwards_and_other_labels_are_free() {
    var namespace = cluster.newNamespace();
    bind("vitrine-edit", "maker", namespace);
    bind("vitrine-view", "maker", namespace);
    var session = session("one", "{app: demo, priority: 3}", null);
    cluster.client().resource(session).inNamespace(namespace).create();
    try (var maker = as("maker")) {
      awaitPolicy(maker, namespace);
      var one = maker.resources(StreamSession.class).inNamespace(namespace).withName("one");
      one.patch(MERGE, "{\"metadata\":{\"labels\":{\"team\":\"a\"}}}");
      assertThatThrownBy(
              () ->
                  one.patch(
                      MERGE, "{\"metadata\":{\"labels\":{\"vitrine.dev/verifies\":\"demo-1\"}}}"))
          .hasMessageContaining("vitrine.dev/verifies is the controller's own; leave it out");
    }
  }

  @Test
  void
      the_gateway_makes_sessions_in_the_names_of_others_or_of_nobody_and_the_controller_makes_trials() {
    var namespace = cluster.newNamespace();
    try (var gateway = as("system:serviceaccount:%s:vitrine-gateway".formatted(NAMESPACE));
        var controller = as("system:serviceaccount:%s:vitrine-controller".formatted(NAMESPACE))) {
      for (var spec : List.of("{app: demo, user: somebody}", "{app: demo}")) {
        gateway
            .resource(session("of-others-" + spec.length(), spec, null))
            .inNamespace(namespace)
            .create();
      }
      controller
          .resource(session("two", "{app: demo}", "{vitrine.dev/verifies: demo-1}"))
          .inNamespace(namespace)
          .create();
    }
  }

  /** A policy that was applied a moment ago is not heeded at once. */
  private static void awaitPolicy(KubernetesClient maker, String namespace) {
    var bad = session("probe", "{app: demo, user: somebody}", null);
    Awaitility.await("the policy")
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              try {
                maker.resource(bad).inNamespace(namespace).dryRun().create();
                return false;
              } catch (KubernetesClientException e) {
                return e.getMessage().contains("spec.user: a session is its maker's");
              }
            });
  }

  private static String session(String name, String spec, @Nullable String labels) {
    return """
        apiVersion: vitrine.dev/v1alpha1
        kind: StreamSession
        metadata: {name: %s, labels: %s}
        spec: %s
        """
        .formatted(name, labels == null ? "{}" : labels, spec);
  }

  private static KubernetesClient as(String user) {
    var config = new ConfigBuilder(cluster.config()).withImpersonateUsername(user).build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /** Returns once the binding is in force: bindings come to the authorizer in their order. */
  private static void bind(String role, String user, String namespace) {
    createBinding(role, user, namespace);
    var probe = "probe-" + UUID.randomUUID();
    createBinding("vitrine-viewer", probe, namespace);
    Awaitility.await("the binding of " + role)
        .atMost(Duration.ofSeconds(30))
        .until(() -> may(probe, "get", "vitrine.dev", "streamingapps", "", namespace));
  }

  private static void createBinding(String role, String user, String namespace) {
    var binding =
        new RoleBindingBuilder()
            .withNewMetadata()
            .withName(role + "-" + user)
            .withNamespace(namespace)
            .endMetadata()
            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
            .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
            .build();
    cluster.client().resource(binding).createOr(existing -> existing.update());
  }

  private static boolean may(
      String user,
      String verb,
      String group,
      String resource,
      String subresource,
      String namespace) {
    var question =
        new SubjectAccessReviewBuilder()
            .withNewSpec()
            .withUser(user)
            .withNewResourceAttributes()
            .withVerb(verb)
            .withGroup(group)
            .withResource(resource)
            .withSubresource(subresource)
            .withNamespace(namespace)
            .endResourceAttributes()
            .endSpec()
            .build();
    var answer = cluster.client().authorization().v1().subjectAccessReview().create(question);
    return Boolean.TRUE.equals(answer.getStatus().getAllowed());
  }

  @ParameterizedTest
  @CsvSource({"vitrine-controller", "vitrine-gateway"})
  void a_deployment_runs_under_the_restricted_pod_standard(String name) {
    var template =
        cluster
            .client()
            .apps()
            .deployments()
            .inNamespace(NAMESPACE)
            .withName(name)
            .require()
            .getSpec()
            .getTemplate();
    var pod =
        new PodBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(NAMESPACE)
            .endMetadata()
            .withSpec(template.getSpec())
            .build();
    assertThat(cluster.client().resource(pod).dryRun().create().getMetadata().getName())
        .isEqualTo(name);
  }

  @Test
  void the_gateway_is_open_to_everybody_in_the_quickstart_only()
      throws IOException, InterruptedException {
    assertThat(access(rendered("deploy/base"))).isEqualTo("kubernetes");
    assertThat(access(rendered("deploy/overlays/quickstart"))).isEqualTo("none");
  }

  @Test
  void with_the_monitoring_a_scraper_may_come_in_and_finds_what_it_needs()
      throws IOException, InterruptedException {
    var monitored = rendered(monitored());
    monitored.stream()
        .filter(it -> it instanceof NetworkPolicy || it instanceof ConfigMap)
        .forEach(InstallIT::apply);
    var policies = cluster.client().network().v1().networkPolicies().inNamespace(NAMESPACE);
    var rule = policies.withName("vitrine-scrape").require().getSpec().getIngress().getFirst();
    assertThat(rule.getPorts())
        .singleElement()
        .extracting(it -> it.getPort().getStrVal())
        .isEqualTo("health");
    assertThat(rule.getFrom()).as("nobody else").hasSize(1);
    var maps = cluster.client().configMaps().inNamespace(NAMESPACE);
    assertThat(maps.withName("vitrine-alerts").require().getData()).containsOnlyKeys("alerts.yaml");
    assertThat(maps.withName("vitrine-dashboard").require().getMetadata().getLabels())
        .containsEntry("grafana_dashboard", "1");
    assertThat(monitored.stream().filter(Deployment.class::isInstance).map(Deployment.class::cast))
        .hasSize(2)
        .allSatisfy(
            it ->
                assertThat(it.getSpec().getTemplate().getMetadata().getAnnotations())
                    .containsEntry("prometheus.io/port", "9090"));
    assertThat(monitored.stream().map(HasMetadata::getKind))
        .contains("PodMonitor", "PrometheusRule");
  }

  /** An overlay as the page on metrics says it. */
  private static String monitored() throws IOException {
    var folder = Files.createDirectories(Path.of("../target/monitored"));
    Files.writeString(
        folder.resolve("kustomization.yaml"),
        """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization
        resources:
          - ../../deploy/base
        components:
          - ../../deploy/components/monitoring
          - ../../deploy/components/prometheus-operator
        """);
    return "target/monitored";
  }

  private static String access(List<HasMetadata> manifests) {
    return manifests.stream()
        .filter(Deployment.class::isInstance)
        .map(Deployment.class::cast)
        .filter(deployment -> deployment.getMetadata().getName().equals("vitrine-gateway"))
        .flatMap(
            deployment -> deployment.getSpec().getTemplate().getSpec().getContainers().stream())
        .flatMap(container -> container.getEnv().stream())
        .filter(variable -> variable.getName().equals("VITRINE_ACCESS"))
        .map(EnvVar::getValue)
        .findFirst()
        .orElseThrow();
  }
}
