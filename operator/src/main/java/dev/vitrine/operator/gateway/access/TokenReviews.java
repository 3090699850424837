package dev.vitrine.operator.gateway.access;

import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Asks the API server whose a token is (TokenReview, authentication.k8s.io/v1). */
public final class TokenReviews {

  private static final int REMEMBERED = 4096;

  private record Key(String tokenHash, String audience) {}

  private final KubernetesClient client;
  private final ExpiringCache<Key, Optional<TokenOwner>> remembered;

  public TokenReviews(KubernetesClient client, Duration remember, InstantSource clock) {
    this.client = client;
    this.remembered = new ExpiringCache<>(REMEMBERED, remember, clock);
  }

  /** Empty for a token that is forged, out of date, or for another audience. */
  public Optional<TokenOwner> owner(String token, String audience) {
    return remembered.get(new Key(sha256(token), audience), () -> review(token, audience));
  }

  private Optional<TokenOwner> review(String token, String audience) {
    var question =
        new TokenReviewBuilder()
            .withNewSpec()
            .withToken(token)
            .withAudiences(audience)
            .endSpec()
            .build();
    return ownerIn(client.tokenReviews().create(question), audience);
  }

  static Optional<TokenOwner> ownerIn(TokenReview answer, String audience) {
    var status = answer.getStatus();
    if (status == null
        || !Boolean.TRUE.equals(status.getAuthenticated())
        || !status.getAudiences().contains(audience)) {
      return Optional.empty();
    }
    var user = status.getUser();
    return Optional.of(
        new TokenOwner(
            user.getUsername(),
            Objects.requireNonNullElse(user.getUid(), ""),
            Objects.requireNonNullElse(user.getGroups(), List.of()),
            Objects.requireNonNullElse(user.getExtra(), Map.of())));
  }

  /** Tokens are secrets: none is kept, not even in memory. */
  private static String sha256(String token) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256.", e);
    }
  }
}
