package dev.vitrine.operator.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.authentication.TokenReview;
import io.fabric8.kubernetes.api.model.authentication.TokenReviewBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenReviewsTest {

  private static TokenReview answer(boolean authenticated, String audience) {
    return new TokenReviewBuilder()
        .withNewStatus()
        .withAuthenticated(authenticated)
        .withAudiences(audience)
        .withNewUser()
        .withUsername("system:serviceaccount:a:default")
        .withUid("u")
        .withExtra(
            Map.of(
                "authentication.kubernetes.io/pod-name", List.of("viewer"),
                "authentication.kubernetes.io/pod-uid", List.of("p-1")))
        .endUser()
        .endStatus()
        .build();
  }

  @Test
  void a_token_of_the_audience_has_its_owner_and_pod() {
    assertThat(TokenReviews.ownerIn(answer(true, "vitrine-report"), "vitrine-report"))
        .get()
        .satisfies(owner -> assertThat(owner.pod()).contains(new CallingPod("a", "viewer", "p-1")))
        .satisfies(owner -> assertThat(owner.groups()).isEmpty());
  }

  @Test
  void only_a_service_account_s_token_can_be_a_pod_s() {
    var extra =
        Map.of(
            "authentication.kubernetes.io/pod-name", List.of("viewer"),
            "authentication.kubernetes.io/pod-uid", List.of("p-1"));

    assertThat(new TokenOwner("someone", "u", List.of(), extra).pod()).isEmpty();
    assertThat(new TokenOwner("system:serviceaccount:a:b", "u", List.of(), Map.of()).pod())
        .isEmpty();
  }

  @Test
  void an_api_server_that_knows_no_audiences_is_not_believed() {
    assertThat(TokenReviews.ownerIn(answer(true, "other"), "vitrine")).isEmpty();
  }

  @Test
  void a_token_that_is_not_authenticated_has_no_owner() {
    assertThat(TokenReviews.ownerIn(answer(false, "vitrine"), "vitrine")).isEmpty();
    assertThat(TokenReviews.ownerIn(new TokenReview(), "vitrine")).isEmpty();
  }
}
