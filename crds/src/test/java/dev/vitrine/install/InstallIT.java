package dev.vitrine.install;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
    "vitrine-controller, get, , secrets, , vitrine-system, true",
    "vitrine-controller, get, , secrets, , default, false",
    "vitrine-controller, update, coordination.k8s.io, leases, , vitrine-system, true",
    "vitrine-controller, update, coordination.k8s.io, leases, , default, false",
    "vitrine-controller, patch, vitrine.dev, streamsessions, status, default, true",
    "vitrine-controller, create, vitrine.dev, streamingapprevisions, , default, true",
    "vitrine-controller, patch, vitrine.dev, streamingapprevisions, status, default, true",
    "vitrine-controller, create, vitrine.dev, streamsessions, , default, true",
    "vitrine-controller, create, apps, daemonsets, , default, true",
    "vitrine-controller, create, apps, deployments, , default, false",
    "vitrine-controller, list, , nodes, , , true",
    "vitrine-controller, patch, , nodes, , , false",
    "vitrine-gateway, create, vitrine.dev, streamingapprevisions, , default, false",
    "vitrine-gateway, create, , pods, , default, false",
    "vitrine-gateway, get, , secrets, , vitrine-system, false",
    "vitrine-gateway, create, vitrine.dev, streamsessions, , default, true",
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
    var question =
        new SubjectAccessReviewBuilder()
            .withNewSpec()
            .withUser("system:serviceaccount:%s:%s".formatted(NAMESPACE, account))
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
    assertThat(answer.getStatus().getAllowed()).isEqualTo(allowed);
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
