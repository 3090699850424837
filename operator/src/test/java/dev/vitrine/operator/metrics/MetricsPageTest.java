package dev.vitrine.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code -Dvitrine.update=true} writes the page anew instead of comparing. */
class MetricsPageTest {

  @Test
  void the_page_has_what_the_list_says() throws IOException {
    var wanted = MetricsPage.with(Files.readString(MetricsPage.FILE));
    if (Boolean.getBoolean("vitrine.update")) {
      Files.writeString(MetricsPage.FILE, wanted);
    }
    assertThat(MetricsPage.FILE)
        .as("written anew by: mvn -pl operator test -Dtest=MetricsPageTest -Dvitrine.update=true")
        .hasContent(wanted);
  }

  @ParameterizedTest
  @EnumSource
  void every_label_is_of_some_metric(Label label) {
    assertThat(Metric.values()).anyMatch(metric -> metric.labels().contains(label));
  }
}
