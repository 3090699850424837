package dev.vitrine.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules that every field of our API keeps, walked over the schemas as they are generated. */
class CrdConventionsTest {

  /** A flag with no conceivable third value. */
  private static final Set<String> BOOLEANS = Set.of("required");

  @Test
  void every_field_is_documented() {
    assertNone(
        field ->
            field.schema().getDescription() == null || field.schema().getDescription().isBlank());
  }

  @Test
  void every_text_is_bounded() {
    assertNone(
        field ->
            field.is("string")
                && field.schema().getMaxLength() == null
                && field.schema().getEnum().isEmpty()
                && !"date-time".equals(field.schema().getFormat()));
  }

  @Test
  void every_list_and_map_is_bounded() {
    assertNone(field -> field.is("array") && field.schema().getMaxItems() == null);
    assertNone(
        field ->
            field.schema().getAdditionalProperties() != null
                && !field.preservesUnknown()
                && field.schema().getMaxProperties() == null);
  }

  @Test
  void every_number_is_whole_and_bounded() {
    assertNone(field -> field.is("number"));
    assertNone(
        field ->
            field.is("integer")
                && (field.schema().getMinimum() == null || field.schema().getMaximum() == null));
  }

  @Test
  void booleans_stay_where_no_third_value_can_be() {
    assertNone(field -> field.is("boolean") && !BOOLEANS.contains(field.name()));
  }

  @Test
  void there_is_no_phase_and_a_time_span_names_its_unit() {
    assertNone(field -> field.name().equals("phase"));
    assertNone(field -> field.name().matches(".*([Tt]imeout|[Dd]uration|[Ii]nterval)"));
    assertNone(
        field ->
            field.path().contains("lifetimes.")
                && !field.name().endsWith("Seconds")
                && !field.name().equals("ttlSecondsAfterFinished"));
  }

  @Test
  void every_pattern_is_anchored() {
    assertNone(
        field -> {
          var pattern = field.schema().getPattern();
          return pattern != null && !(pattern.startsWith("^") && pattern.endsWith("$"));
        });
  }

  @Test
  void rules_speak_in_sentences() {
    assertThat(fields().flatMap(field -> field.schema().getXKubernetesValidations().stream()))
        .isNotEmpty()
        .allSatisfy(rule -> assertThat(rule.getMessage()).matches("[a-z].*(must|is|exclude) .*"));
  }

  @Test
  void nothing_is_null_on_purpose() {
    assertNone(field -> Boolean.TRUE.equals(field.schema().getNullable()));
  }

  private static void assertNone(Predicate<Field> offends) {
    assertThat(fields().filter(offends).map(Field::path)).isEmpty();
  }

  private static Stream<Field> fields() {
    var found = new ArrayList<Field>();
    for (var kind : CrdYaml.KINDS) {
      var schema =
          CrdYaml.of(kind).getSpec().getVersions().getFirst().getSchema().getOpenAPIV3Schema();
      schema
          .getProperties()
          .forEach((name, part) -> walk(kind.getSimpleName() + "." + name, part, found));
    }
    assertThat(found).hasSizeGreaterThan(60);
    return found.stream().filter(field -> !TOP.contains(field.name()));
  }

  private static final List<String> TOP = List.of("spec", "status");

  private static void walk(String path, JSONSchemaProps schema, List<Field> found) {
    found.add(new Field(path, schema));
    schema.getProperties().forEach((name, part) -> walk(path + "." + name, part, found));
    if (schema.getItems() != null) {
      schema
          .getItems()
          .getSchema()
          .getProperties()
          .forEach((name, part) -> walk(path + "[]." + name, part, found));
    }
  }

  private record Field(String path, JSONSchemaProps schema) {
    String name() {
      return path.substring(path.lastIndexOf('.') + 1);
    }

    boolean is(String type) {
      return type.equals(schema.getType());
    }

    boolean preservesUnknown() {
      return Boolean.TRUE.equals(schema.getXKubernetesPreserveUnknownFields());
    }
  }
}
