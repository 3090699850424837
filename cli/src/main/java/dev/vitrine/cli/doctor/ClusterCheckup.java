package dev.vitrine.cli.doctor;

import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.cli.cluster.Cluster;
import dev.vitrine.cli.cluster.ClusterFailure;
import dev.vitrine.cli.failure.CommandFailure;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Whether a cluster can be reached, and has Vitrine in it. */
final class ClusterCheckup {

  private static final List<Class<? extends CustomResource<?, ?>>> KINDS =
      List.of(
          StreamClass.class, StreamingApp.class, StreamingAppRevision.class, StreamSession.class);

  private ClusterCheckup() {}

  /** One finding where there is no cluster, two where there is. */
  static List<Finding> of(Supplier<Cluster> connection, boolean asked) {
    try (var cluster = connection.get()) {
      var version = cluster.client().getKubernetesVersion().getGitVersion();
      var address = cluster.client().getMasterUrl();
      return List.of(
          Finding.ok("cluster", "Kubernetes %s at %s".formatted(version, address)),
          resourceTypes(cluster));
    } catch (KubernetesClientException e) {
      return List.of(
          Finding.broken(
              "cluster",
              String.valueOf(ClusterFailure.explain(e).getMessage()),
              "see that `kubectl version` answers with the same kubeconfig"));
    } catch (CommandFailure e) {
      if (asked) {
        throw e;
      }
      return List.of(
          Finding.note(
              "cluster", String.valueOf(e.getMessage()), "`vitrine run` does without a cluster"));
    }
  }

  private static Finding resourceTypes(Cluster cluster) {
    var missing =
        KINDS.stream()
            .filter(kind -> !cluster.client().supports(kind))
            .map(CustomResource::getCRDName)
            .collect(Collectors.joining(", "));
    return missing.isEmpty()
        ? Finding.ok("vitrine", "its resource types are there")
        : Finding.broken(
            "vitrine",
            "the cluster lacks " + missing,
            "install Vitrine in the cluster: docs/install.md");
  }
}
