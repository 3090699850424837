package dev.vitrine.cli.project;

import dev.vitrine.cli.failure.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a new project is made of. */
public enum Template {
  /** A stage, and a Python extension that answers messages from the page. */
  USD_VIEWER("usd-viewer", true),
  /** A stage with next to nothing in it. */
  EMPTY("empty", false);

  private static final List<String> FILES =
      List.of("vitrine.yaml", "stage/scene.usda", "streamingapp.yaml", "README.md", ".gitignore");
  private static final String EXTENSION = "@NAME@/__init__.py";

  private final String id;
  private final boolean extended;

  Template(String id, boolean extended) {
    this.id = id;
    this.extended = extended;
  }

  /**
   * The template of that name.
   *
   * @throws CommandFailure if there is none
   */
  public static Template of(String id) {
    return Arrays.stream(values())
        .filter(template -> template.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                CommandFailure.badInput(
                    "template '%s' is not one of %s", id, String.join(", ", ids())));
  }

  /** What the templates are called. */
  public static List<String> ids() {
    return Arrays.stream(values()).map(template -> template.id).toList();
  }

  /** The files of a project of that name: paths below its folder, and what they hold. */
  public Map<String, String> render(ProjectName name) {
    return Stream.concat(FILES.stream(), extended ? Stream.of(EXTENSION) : Stream.empty())
        .collect(
            Collectors.toMap(
                file -> fill(file, name),
                file -> fill(resource(file), name),
                (first, second) -> first,
                TreeMap::new));
  }

  private static String fill(String text, ProjectName name) {
    return text.replace("@NAME@", name.value())
        .replace("@APP@", name.app())
        .replace("@TITLE@", name.title());
  }

  /** Stored without leading dots, which build tools like to pass over. */
  private String resource(String file) {
    var path =
        "/templates/%s/%s"
            .formatted(id, file.replace("@NAME@", "extension").replace(".git", "git"));
    try (var stream = Template.class.getResourceAsStream(path)) {
      if (stream == null) {
        throw new IllegalStateException(path + " is not among the resources");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
