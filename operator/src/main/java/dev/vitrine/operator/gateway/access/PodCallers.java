package dev.vitrine.operator.gateway.access;

import dev.vitrine.operator.gateway.http.Refusal;
import org.jspecify.annotations.Nullable;

/** Tells which pod calls, by its own projected token, and lets none call too often. */
public final class PodCallers {

  private static final String AUDIENCE = "vitrine-report";

  private final TokenReviews tokens;
  private final PodRate rate;

  public PodCallers(TokenReviews tokens, PodRate rate) {
    this.tokens = tokens;
    this.rate = rate;
  }

  /**
   * The pod that sent this header.
   *
   * @throws Refusal 401 without a good token, 403 for one that is no pod's own, 429 for too many
   */
  public CallingPod require(@Nullable String authorization) {
    var owner =
        BearerToken.in(authorization)
            .flatMap(token -> tokens.owner(token, AUDIENCE))
            .orElseThrow(
                () ->
                    new Refusal(
                        401,
                        "Send Authorization: Bearer with the pod's token of audience vitrine-report."));
    var pod =
        owner
            .pod()
            .orElseThrow(() -> new Refusal(403, "The token is bound to no pod; send a pod's own."));
    if (!rate.allows(pod.uid())) {
      throw new Refusal(429, "This pod calls too often; wait a second.");
    }
    return pod;
  }
}
