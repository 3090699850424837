package dev.vitrine.cli.project;

import dev.vitrine.cli.failure.CommandFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a new project is made of. */
public enum Template {
  /** A stage, and a Python extension that answers messages from the page. */
  USD_VIEWER("usd-viewer", true),
  /** A stage with variants, cameras and moving parts, and an extension that moves them. */
  USD_EXPLORER("usd-explorer", true),
  /** A stage with next to nothing in it. */
  EMPTY("empty", false);

  private static final List<String> FILES =
      List.of("vitrine.yaml", "stage/scene.usda", "README.md");

  /** The same in every project, but for the names. */
  private static final List<String> COMMON_FILES = List.of("streamingapp.yaml", ".gitignore");

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
    var files = new TreeMap<String, String>();
    FILES.forEach(file -> files.put(file, fill(resource(id, file), name)));
    COMMON_FILES.forEach(file -> files.put(file, fill(resource("every", file), name)));
    if (extended) {
      files.put(fill(EXTENSION, name), fill(resource(id, EXTENSION), name));
    }
    return files;
  }

  private static String fill(String text, ProjectName name) {
    return text.replace("@NAME@", name.value())
        .replace("@APP@", name.app())
        .replace("@TITLE@", name.title());
  }

  /** Stored without leading dots, which build tools like to pass over. */
  private static String resource(String folder, String file) {
    var path =
        "/templates/%s/%s"
            .formatted(folder, file.replace("@NAME@", "extension").replace(".git", "git"));
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
