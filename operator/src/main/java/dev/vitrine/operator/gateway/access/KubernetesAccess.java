package dev.vitrine.operator.gateway.access;

import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Tokens of the cluster (audience {@code vitrine}); RBAC is the only list of rights. */
public final class KubernetesAccess implements Access {

  static final String AUDIENCE = "vitrine";
  private static final String GROUP = "vitrine.dev";
  private static final int REMEMBERED = 4096;

  private record Question(TokenOwner owner, Right right) {}

  private final KubernetesClient client;
  private final TokenReviews tokens;
  private final ExpiringCache<Question, Boolean> remembered;

  public KubernetesAccess(
      KubernetesClient client, TokenReviews tokens, Duration remember, InstantSource clock) {
    this.client = client;
    this.tokens = tokens;
    this.remembered = new ExpiringCache<>(REMEMBERED, remember, clock);
  }

  @Override
  public Verdict check(@Nullable String authorization, Right right) {
    var token = BearerToken.in(authorization);
    if (token.isEmpty()) {
      return new Verdict.Unknown(
          "Send Authorization: Bearer with a Kubernetes token of audience vitrine, as kubectl create"
              + " token --audience vitrine gives it.");
    }
    var owner = tokens.owner(token.get(), AUDIENCE);
    if (owner.isEmpty()) {
      return new Verdict.Unknown(
          "The token is not valid for audience vitrine, or has expired; get a new one.");
    }
    var who = owner.get();
    return remembered.get(new Question(who, right), () -> mayBy(who, right))
        ? new Verdict.Allowed(who.user())
        : new Verdict.Forbidden("%s may not %s.".formatted(who.user(), right.words()));
  }

  private boolean mayBy(TokenOwner who, Right right) {
    var question =
        new SubjectAccessReviewBuilder()
            .withNewSpec()
            .withUser(who.user())
            .withUid(who.uid())
            .withGroups(who.groups())
            .withExtra(who.extra())
            .withNewResourceAttributes()
            .withGroup(GROUP)
            .withVerb(right.verb())
            .withResource(right.resource())
            .withSubresource(right.subresource())
            .withNamespace(right.namespace())
            .withName(right.name())
            .endResourceAttributes()
            .endSpec()
            .build();
    var answer = client.authorization().v1().subjectAccessReview().create(question);
    return answer.getStatus() != null && Boolean.TRUE.equals(answer.getStatus().getAllowed());
  }
}
