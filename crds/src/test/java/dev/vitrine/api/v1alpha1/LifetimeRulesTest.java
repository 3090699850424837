package dev.vitrine.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Class over app over session: who has which say in how long something may last. */
class LifetimeRulesTest {

  private static final Lifetimes APP = new Lifetimes(300, 120, 20, 900, 28800, 60, 3600);

  @Test
  void a_session_without_wishes_has_its_app_s_lifetimes() {
    assertThat(new LifetimeWishes(null, null, null, null, null, null, null).over(APP))
        .isEqualTo(APP);
  }

  @Test
  void a_session_may_shorten_everything() {
    assertThat(new LifetimeWishes(1, 2, 3, 4, 5, 6, 7).over(APP))
        .isEqualTo(new Lifetimes(1, 2, 3, 4, 5, 6, 7));
  }

  @Test
  void a_session_may_lengthen_its_life_but_not_what_is_before_and_after_it() {
    assertThat(new LifetimeWishes(86400, 86400, 86400, 604800, 2592000, 3600, 2592000).over(APP))
        .isEqualTo(new Lifetimes(300, 86400, 86400, 604800, 2592000, 3600, 3600));
  }

  @Test
  void what_is_beyond_a_class_s_ceilings_is_brought_down_to_them_and_the_rest_stays() {
    var ceilings = new LifetimeCeilings(11, 12, 13, 14, 15, 16, 17, 0, 600);
    assertThat(ceilings.limit(APP)).isEqualTo(new Lifetimes(11, 12, 13, 14, 15, 16, 17));
    var brief = new Lifetimes(1, 2, 3, 4, 5, 6, 7);
    assertThat(ceilings.limit(brief)).isEqualTo(brief);
  }

  @Test
  void ceilings_that_an_older_crd_does_not_have_are_none() {
    var ceilings = new LifetimeCeilings(0, 86400, 86400, 604800, 2592000, 0, 0, 0, 600);
    assertThat(ceilings.limit(APP)).isEqualTo(APP);
  }
}
