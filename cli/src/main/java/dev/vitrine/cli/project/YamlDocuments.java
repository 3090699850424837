package dev.vitrine.cli.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.vitrine.cli.failure.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a YAML file holds; a field that stands there twice is refused. */
public final class YamlDocuments {

  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  private YamlDocuments() {}

  /**
   * All documents of a file, in their order.
   *
   * @throws CommandFailure if it cannot be read, or is no YAML
   */
  public static List<JsonNode> read(Path file) {
    try (var documents =
        YAML.readerFor(JsonNode.class).<JsonNode>readValues(Files.readString(file))) {
      return documents.readAll();
    } catch (JsonProcessingException e) {
      throw CommandFailure.badInput("%s is no proper YAML: %s", file, reason(e));
    } catch (IOException e) {
      throw CommandFailure.badInput("%s cannot be read as text: %s", file, e.getMessage());
    }
  }

  /** What is wrong, without the places in the code that Jackson names behind it. */
  public static String reason(JsonProcessingException e) {
    return e.getOriginalMessage().lines().findFirst().orElse("");
  }
}
