package dev.vitrine.operator.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.EndReason;
import dev.vitrine.api.v1alpha1.SessionReason;
import dev.vitrine.operator.testing.DocsPage;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The page of sessions tells every word that they have, and no other. */
class SessionsPageTest {

  /** Of the conditions {@code Accepted} and {@code Assigned}. */
  private static final Set<SessionReason> OF_OTHER_CONDITIONS =
      EnumSet.of(SessionReason.Accepted, SessionReason.Assigned);

  private final DocsPage page = new DocsPage("sessions.md");

  @Test
  void every_reason_of_ready_is_told() {
    assertThat(page.column("## Where it stands", "word"))
        .containsExactlyInAnyOrderElementsOf(
            names(EnumSet.complementOf(EnumSet.copyOf(OF_OTHER_CONDITIONS))));
  }

  @Test
  void every_reason_of_ended_is_told() {
    assertThat(page.column("## Why it ended", "reason"))
        .containsExactlyInAnyOrderElementsOf(names(EnumSet.allOf(EndReason.class)));
  }

  private static List<String> names(Set<? extends Enum<?>> words) {
    return words.stream().map(Enum::name).toList();
  }
}
