package dev.vitrine.cli.cluster;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.cli.failure.CommandFailure;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A cluster, and the namespace in it that a command is about.
 *
 * @param askedFor whether the command named the namespace; otherwise it is the context's
 */
public record Cluster(KubernetesClient client, String namespace, boolean askedFor)
    implements AutoCloseable {

  private static final int CONNECT_LIMIT_MILLISECONDS = 5_000;
  private static final int ANSWER_LIMIT_MILLISECONDS = 10_000;

  /**
   * The cluster of a kubeconfig; nothing is asked of it yet.
   *
   * @param kubeconfig by default as kubectl finds it
   * @param context of the kubeconfig, its current one by default
   * @param namespace the context's by default
   * @throws CommandFailure if there is no such kubeconfig or context
   */
  public static Cluster of(
      Optional<Path> kubeconfig, Optional<String> context, Optional<String> namespace) {
    var config =
        new ConfigBuilder(read(kubeconfig, context))
            .withConnectionTimeout(CONNECT_LIMIT_MILLISECONDS)
            .withRequestTimeout(ANSWER_LIMIT_MILLISECONDS)
            .withRequestRetryBackoffLimit(1)
            .build();
    return new Cluster(
        new KubernetesClientBuilder().withConfig(config).build(),
        namespace.orElseGet(() -> Objects.requireNonNullElse(config.getNamespace(), "default")),
        namespace.isPresent());
  }

  private static Config read(Optional<Path> kubeconfig, Optional<String> context) {
    if (kubeconfig.isPresent() && !Files.isReadable(kubeconfig.get())) {
      throw CommandFailure.badInput(
          "--kubeconfig %s cannot be read; name the file that you use with kubectl",
          kubeconfig.get());
    }
    var config = parse(kubeconfig, context);
    if (context.isPresent() && !hasContext(config, context.get())) {
      throw CommandFailure.badInput(
          "--context %s is not in the kubeconfig; `kubectl config get-contexts` lists them",
          context.get());
    }
    if (config.getCurrentContext() == null && !isInPod(config)) {
      throw CommandFailure.badInput(
          "no cluster is known here; set KUBECONFIG, or add --kubeconfig FILE");
    }
    return config;
  }

  private static Config parse(Optional<Path> kubeconfig, Optional<String> context) {
    try {
      var impersonation = Impersonation.in(kubeconfig.map(List::of).orElseGet(Cluster::usual));
      var config =
          kubeconfig
              .map(file -> Config.fromKubeconfig(context.orElse(null), file.toFile()))
              .orElseGet(() -> Config.autoConfigure(context.orElse(null)));
      impersonation.follow(config);
      ClientKey.tellAlgorithm(config);
      return config;
    } catch (KubernetesClientException e) {
      throw CommandFailure.badInput(
          "%s is no kubeconfig (%s); name the file that you use with kubectl",
          kubeconfig.isPresent() ? "--kubeconfig " + kubeconfig.get() : "what KUBECONFIG names",
          firstLine(e.getCause() == null ? e : e.getCause()));
    }
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  private static List<Path> usual() {
    return Config.getKubeconfigFilenames().stream().map(Path::of).toList();
  }

  private static boolean hasContext(Config config, String name) {
    return config.getContexts().stream().anyMatch(context -> name.equals(context.getName()));
  }

  /** In a pod, its service account is enough. */
  private static boolean isInPod(Config config) {
    return config.getAutoOAuthToken() != null;
  }

  /**
   * The same cluster, in the namespace that the manifest names if it does.
   *
   * @throws CommandFailure if the command named another one
   */
  public Cluster in(AppManifest manifest) {
    var named = manifest.namespace().orElse(namespace);
    if (askedFor && !named.equals(namespace)) {
      throw CommandFailure.badInput(
          "--namespace %s is not metadata.namespace of %s, which is %s; take one of them away",
          namespace, manifest.file(), named);
    }
    return new Cluster(client, named, askedFor);
  }

  /**
   * An app of the namespace.
   *
   * @throws CommandFailure if there is none of that name
   */
  public StreamingApp app(String name) {
    return findApp(name)
        .orElseThrow(
            () ->
                CommandFailure.failed(
                    "there is no StreamingApp %s in namespace %s; look for it with: kubectl get"
                        + " streamingapps --all-namespaces",
                    name, namespace));
  }

  /** An app of the namespace, if there is one of that name. */
  public Optional<StreamingApp> findApp(String name) {
    return Optional.ofNullable(
        client.resources(StreamingApp.class).inNamespace(namespace).withName(name).get());
  }

  /**
   * A session of the namespace.
   *
   * @throws CommandFailure if there is none of that name
   */
  public StreamSession session(String name) {
    return findSession(name)
        .orElseThrow(
            () ->
                CommandFailure.failed(
                    "there is no StreamSession %s in namespace %s, or not any more; list them with:"
                        + " vitrine sessions",
                    name, namespace));
  }

  /** A session of the namespace, if there is one of that name. */
  public Optional<StreamSession> findSession(String name) {
    return Optional.ofNullable(
        client.resources(StreamSession.class).inNamespace(namespace).withName(name).get());
  }

  @Override
  public void close() {
    client.close();
  }
}
