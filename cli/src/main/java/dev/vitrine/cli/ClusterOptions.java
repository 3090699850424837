package dev.vitrine.cli;

import dev.vitrine.cli.cluster.Cluster;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cluster, and which namespace of it. */
final class ClusterOptions {

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "by default the one of the kubeconfig's context")
  private @Nullable String namespace;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "by default as kubectl finds it: KUBECONFIG, or ~/.kube/config")
  private @Nullable Path kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "CONTEXT",
      description = "of the kubeconfig, the current one by default")
  private @Nullable String context;

  /** Whether they name a cluster; else it is the one that is known here, if any. */
  boolean namesCluster() {
    return kubeconfig != null || context != null;
  }

  /** The cluster; the caller closes it. */
  Cluster connect() {
    return Cluster.of(
        Optional.ofNullable(kubeconfig),
        Optional.ofNullable(context),
        Optional.ofNullable(namespace));
  }
}
