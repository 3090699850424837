package dev.vitrine.cli;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.cli.cluster.Cluster;
import dev.vitrine.cli.failure.CommandFailure;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine logs}: what a session's app wrote, as far as that is kept. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description =
        "Prints what a session's app wrote; of an ended one its end, with the last lines.")
final class LogsCommand implements Callable<Integer> {

  /** The runtime's, whatever else a cluster puts into pods. */
  private static final String CONTAINER = "runtime";

  /** What the API server says of a container that waits, and of a pod that has no node. */
  private static final List<String> NOT_STARTED =
      List.of("waiting to start", "does not have a host assigned");

  @Spec private CommandSpec spec;
  @Mixin private ClusterOptions clusterOptions;

  @Option(
      names = {"-f", "--follow"},
      description = "go on until the pod ends")
  private boolean follow;

  @Parameters(paramLabel = "SESSION", description = "the session's name")
  private String session;

  @Override
  public Integer call() throws IOException {
    try (var cluster = clusterOptions.connect()) {
      var found = cluster.session(session);
      var pod = pod(cluster, found);
      if (pod.isPresent()) {
        print(cluster, pod.get());
      } else {
        say(lastWords(found));
      }
      return 0;
    }
  }

  private void print(Cluster cluster, ContainerResource container) throws IOException {
    try {
      print(container);
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) { // it has gone in the meantime
        say(lastWords(cluster.session(session)));
        return;
      }
      throw hasNotStarted(e)
          ? CommandFailure.failed(
              "%s does not run yet: %s; see: vitrine describe %s",
              session, e.getStatus().getMessage(), session)
          : e;
    }
  }

  private static boolean hasNotStarted(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_BAD_REQUEST
        && e.getStatus() != null
        && e.getStatus().getMessage() != null
        && NOT_STARTED.stream().anyMatch(e.getStatus().getMessage()::contains);
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
  }

  private static Optional<ContainerResource> pod(Cluster cluster, StreamSession session) {
    return Optional.ofNullable(session.getStatus())
        .map(status -> status.podName())
        .map(name -> cluster.client().pods().inNamespace(cluster.namespace()).withName(name))
        .filter(pod -> pod.get() != null)
        .map(pod -> pod.inContainer(CONTAINER));
  }

  private void print(ContainerResource container) throws IOException {
    var out = spec.commandLine().getOut();
    if (!follow) {
      out.print(container.getLog());
      out.flush();
      return;
    }
    var unused = container.tailingLines(0).getLog(); // which says why there is nothing to follow
    try (var watch = container.watchLog();
        var lines =
            new BufferedReader(new InputStreamReader(watch.getOutput(), StandardCharsets.UTF_8))) {
      lines.lines().forEach(out::println);
    }
  }

  /** The pod is gone: the session's status has what was kept. */
  private static String lastWords(StreamSession session) {
    var name = session.getMetadata().getName();
    if (session.hasEnded()) {
      return said(session, ConditionType.ENDED).orElseThrow();
    }
    throw CommandFailure.failed(
        "%s has no pod yet: %s",
        name, said(session, ConditionType.READY).orElse("the controller has not seen it so far"));
  }

  private static Optional<String> said(StreamSession session, String type) {
    return session.conditions().stream()
        .filter(condition -> condition.getType().equals(type))
        .map((Condition condition) -> condition.getReason() + ": " + condition.getMessage())
        .findFirst();
  }
}
