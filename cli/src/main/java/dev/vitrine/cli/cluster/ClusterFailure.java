package dev.vitrine.cli.cluster;

import dev.vitrine.cli.failure.CommandFailure;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Optional;

/** What to do when a cluster does not do what it is asked to. */
public final class ClusterFailure {

  private ClusterFailure() {}

  /** Server-side apply answers 500 to a field that the schema does not have. */
  private static final String UNKNOWN_FIELD = "field not declared in schema";

  /** The failure as a sentence. */
  public static CommandFailure explain(KubernetesClientException failure) {
    if (failure.getCause() instanceof IOException unreachable) {
      return CommandFailure.unknown(
          "the cluster does not answer (%s); see that the kubeconfig's address can be reached",
          reason(unreachable));
    }
    var words = words(failure);
    if (words.contains(UNKNOWN_FIELD)) {
      return refused(words);
    }
    return switch (failure.getCode()) {
      case 400, 422 -> refused(words);
      case 401 ->
          CommandFailure.failed(
              "the cluster does not know you (%s); sign in anew, or correct the kubeconfig", words);
      case 403 ->
          CommandFailure.failed(
              "you may not: %s. Who administers the namespace can give you the right", words);
      case 404 ->
          CommandFailure.failed(
              "the cluster does not have that (%s); is Vitrine installed? `vitrine doctor` says",
              words);
      case 409 ->
          CommandFailure.failed(
              "somebody else set the same (%s); add --force-conflicts to take it over", words);
      default -> CommandFailure.unknown("the cluster failed: %s", words);
    };
  }

  private static CommandFailure refused(String words) {
    return CommandFailure.badInput("the cluster does not take it: %s", words);
  }

  private static String words(KubernetesClientException failure) {
    return Optional.ofNullable(failure.getStatus())
        .map(Status::getMessage)
        .orElseGet(() -> String.valueOf(failure.getMessage()));
  }

  /** What Java's client says of a refused connection is that a channel was closed. */
  private static String reason(Throwable failure) {
    if (failure instanceof ConnectException) {
      return "connection refused";
    }
    return failure.getCause() == null ? failure.toString() : reason(failure.getCause());
  }
}
