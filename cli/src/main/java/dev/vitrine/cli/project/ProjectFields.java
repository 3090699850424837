package dev.vitrine.cli.project;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.cli.failure.CommandFailure;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The fields of a {@code vitrine.yaml}: each a line of text. Complaints name file and field. */
record ProjectFields(Path file, JsonNode root) {

  static ProjectFields read(Path file) {
    var all = YamlDocuments.read(file);
    if (all.isEmpty() || !all.getFirst().isObject()) {
      throw CommandFailure.badInput("%s must hold fields, such as name: my_viewer", file);
    }
    if (all.size() > 1) {
      throw CommandFailure.badInput(
          "%s must be one document; take away what begins at its second '---'", file);
    }
    return new ProjectFields(file, all.getFirst());
  }

  void requireNoOthersThan(String... known) {
    var others = new TreeSet<String>();
    root.fieldNames().forEachRemaining(others::add);
    others.removeAll(Set.of(known));
    if (!others.isEmpty()) {
      throw CommandFailure.badInput(
          "%s: field '%s' is unknown; the fields are %s",
          file, others.first(), String.join(", ", known));
    }
  }

  String required(String field, String meaning) {
    return optional(field)
        .orElseThrow(
            () ->
                CommandFailure.badInput("%s: field '%s' is missing; add %s", file, field, meaning));
  }

  Optional<String> optional(String field) {
    var value = root.path(field);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isTextual() || value.asText().isBlank()) {
      throw CommandFailure.badInput(
          "%s: field '%s' must be text; write it in quotes or take it away", file, field);
    }
    return Optional.of(value.asText());
  }
}
