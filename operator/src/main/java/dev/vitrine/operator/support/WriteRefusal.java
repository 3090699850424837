package dev.vitrine.operator.support;

import static java.net.HttpURLConnection.HTTP_BAD_REQUEST;
import static java.net.HttpURLConnection.HTTP_CONFLICT;
import static java.net.HttpURLConnection.HTTP_FORBIDDEN;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import io.fabric8.kubernetes.client.KubernetesClientException;

/** What it means that the API server did not take a write. */
public enum WriteRefusal {
  /** It speaks of the resource itself: trying again is in vain. */
  VERDICT,
  /** A quota is full today. */
  QUOTA,
  /** Somebody else was quicker, or it is gone, or is there already. */
  CONFLICT,
  /** Nobody knows whether it was done: the server is busy, or did not answer. */
  UNCERTAIN;

  private static final int UNPROCESSABLE = 422;

  /** What is no answer of the API server says nothing of the resource. */
  public static WriteRefusal of(RuntimeException failure) {
    return failure instanceof KubernetesClientException refusal ? of(refusal) : UNCERTAIN;
  }

  /** Of a quota that was made a moment ago nobody has counted yet what is used. */
  private static boolean speaksOfQuota(String words) {
    return words.contains("exceeded quota") || words.contains("status unknown for quota");
  }

  private static WriteRefusal of(KubernetesClientException refusal) {
    return switch (refusal.getCode()) {
      case HTTP_BAD_REQUEST, UNPROCESSABLE -> VERDICT;
      case HTTP_FORBIDDEN -> speaksOfQuota(String.valueOf(refusal.getMessage())) ? QUOTA : VERDICT;
      case HTTP_CONFLICT, HTTP_NOT_FOUND -> CONFLICT;
      default -> UNCERTAIN;
    };
  }
}
