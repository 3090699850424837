package dev.vitrine.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.AppReason;
import dev.vitrine.api.v1alpha1.RevisionReason;
import dev.vitrine.api.v1alpha1.RolloutReason;
import dev.vitrine.api.v1alpha1.WarmReason;
import dev.vitrine.operator.testing.DocsPage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The page of apps tells every reason that they and their revisions have, and no other. */
class AppsPageTest {

  private record Table(String heading, Class<? extends Enum<?>> reasons) {

    Stream<String> wanted() {
      return Arrays.stream(reasons.getEnumConstants()).map(Enum::name);
    }

    @Override
    public String toString() {
      return reasons.getSimpleName();
    }
  }

  static final List<Table> TABLES =
      List.of(
          new Table("## Whether sessions can be started", AppReason.class),
          new Table("## Verification", RevisionReason.class),
          new Table("## Rollout", RolloutReason.class),
          new Table("## Warm pods", WarmReason.class));

  @ParameterizedTest
  @FieldSource("TABLES")
  void every_reason_is_told(Table table) {
    assertThat(new DocsPage("apps.md").column(table.heading(), "reason"))
        .containsExactlyInAnyOrderElementsOf(table.wanted().toList());
  }
}
