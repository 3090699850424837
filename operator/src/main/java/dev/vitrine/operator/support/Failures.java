package dev.vitrine.operator.support;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

/** Says in a sentence what went wrong with the cluster. */
public final class Failures {

  private Failures() {}

  /** The API server's own words where it has spoken; else those of the exception. */
  public static String sentence(Exception failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof KubernetesClientException refusal
          && refusal.getStatus() != null
          && refusal.getStatus().getMessage() != null) {
        return refusal.getStatus().getMessage();
      }
    }
    return String.valueOf(failure.getMessage());
  }
}
