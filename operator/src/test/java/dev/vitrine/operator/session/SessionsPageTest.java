package dev.vitrine.operator.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.EndReason;
import dev.vitrine.api.v1alpha1.SessionReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of sessions tells every word that they have. */
class SessionsPageTest {

  /** Of the conditions {@code Accepted} and {@code Assigned}. */
  private static final Set<SessionReason> OF_OTHER_CONDITIONS =
      EnumSet.of(SessionReason.Accepted, SessionReason.Assigned);

  @Test
  void every_reason_of_ready_is_told() throws IOException {
    assertThat(wordsUnder("## Where it stands"))
        .containsAll(names(EnumSet.complementOf(EnumSet.copyOf(OF_OTHER_CONDITIONS))));
  }

  @Test
  void every_reason_of_ended_is_told() throws IOException {
    assertThat(wordsUnder("## Why it ended")).containsAll(names(EnumSet.allOf(EndReason.class)));
  }

  private static List<String> names(Set<? extends Enum<?>> words) {
    return words.stream().map(Enum::name).toList();
  }

  /** What stands in the first column of the table under a heading. */
  private static Set<String> wordsUnder(String heading) throws IOException {
    var page = Files.readString(Path.of("../docs/sessions.md"));
    var begin = page.indexOf("\n" + heading);
    assertThat(begin).as(heading).isNotNegative();
    var end = page.indexOf("\n## ", begin + 1);
    return (end < 0 ? page.substring(begin) : page.substring(begin, end))
        .lines()
        .filter(line -> line.startsWith("| `"))
        .flatMap(line -> Arrays.stream(line.split("\\|", 3)[1].split(",")))
        .map(word -> word.strip().replace("`", ""))
        .collect(Collectors.toSet());
  }
}
