package dev.vitrine.operator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A page of {@code docs}, as tests read it that keep its tables complete. */
public final class DocsPage {

  private final String text;

  /**
   * @param name of the file, such as {@code apps.md}
   */
  public DocsPage(String name) {
    try {
      text = Files.readString(Path.of("../docs", name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The first column of a table, below its head.
   *
   * @param heading what the heading of the table's section begins with
   * @param head of the column
   */
  public List<String> column(String heading, String head) {
    var rows =
        section(heading)
            .lines()
            .dropWhile(line -> !line.startsWith("| %s |".formatted(head)))
            .takeWhile(line -> line.startsWith("|"))
            .skip(2) // the head and the line below it
            .toList();
    assertThat(rows).as("rows of the table %s under %s", head, heading).isNotEmpty();
    return rows.stream()
        .flatMap(row -> Arrays.stream(row.split("\\|", 3)[1].split(",")))
        .map(word -> word.strip().replace("`", ""))
        .toList();
  }

  private String section(String heading) {
    var begin = text.indexOf("\n" + heading);
    assertThat(begin).as(heading).isNotNegative();
    var end = text.indexOf("\n## ", begin + 1);
    return end < 0 ? text.substring(begin) : text.substring(begin, end);
  }
}
