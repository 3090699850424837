package dev.vitrine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The schema, which the types in TypeScript and Python are made of, says what Java does. */
class MessageSchemaTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNode SCHEMA = schema();
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);

  @Test
  void the_schema_is_one() {
    var meta = FACTORY.getSchema(SchemaLocation.of(SchemaId.V202012));
    assertThat(meta.validate(SCHEMA)).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> what_Java_reads_is_valid_and_what_it_refuses_is_not() throws IOException {
    return FixturesTest.fixtures("messages-from-page.json")
        .filter(fixture -> isDeclared("ToApp", fixture))
        .map(
            fixture ->
                dynamicTest(
                    fixture.get("name").asText(),
                    () ->
                        assertThat(isValid("ToApp", fixture)).isEqualTo(fixture.has("accepted"))));
  }

  @TestFactory
  Stream<DynamicTest> what_Java_writes_is_valid() throws IOException {
    return FixturesTest.fixtures("messages-from-runtime.json")
        .filter(fixture -> isDeclared("FromApp", fixture))
        .map(
            fixture ->
                dynamicTest(
                    fixture.get("name").asText(),
                    () -> assertThat(isValid("FromApp", fixture)).isTrue()));
  }

  @Test
  void every_message_of_the_schema_is_read_by_Java_and_has_a_fixture() throws Exception {
    var read = new TreeSet<String>();
    for (var fixture : FixturesTest.fixtures("messages-from-page.json").toList()) {
      if (fixture.has("accepted")) {
        var message = AppMessage.parse(fixture.get("text").asText());
        if (!(ViewerRequest.of(message) instanceof ViewerRequest.Other)) {
          read.add(message.eventType());
        }
      }
    }
    assertThat(declared("ToApp")).isEqualTo(read);
  }

  @Test
  void every_reply_of_the_schema_has_a_fixture() throws IOException {
    var written =
        FixturesTest.fixtures("messages-from-runtime.json")
            .filter(fixture -> isDeclared("FromApp", fixture))
            .map(MessageSchemaTest::eventType)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(declared("FromApp")).isEqualTo(written);
  }

  private static Set<String> declared(String side) {
    var types = new TreeSet<String>();
    SCHEMA.at("/$defs/" + side + "/properties").fieldNames().forEachRemaining(types::add);
    return types;
  }

  private static boolean isDeclared(String side, JsonNode fixture) {
    return SCHEMA.at("/$defs/" + side + "/properties").has(eventType(fixture));
  }

  private static String eventType(JsonNode fixture) {
    return message(fixture).path("event_type").asText();
  }

  private static JsonNode message(JsonNode fixture) {
    try {
      return MAPPER.readTree(fixture.get("text").asText());
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isValid(String side, JsonNode fixture) {
    var message = message(fixture);
    var payload = message.has("payload") ? message.get("payload") : MAPPER.createObjectNode();
    var byType = MAPPER.createObjectNode().set(eventType(fixture), payload);
    return validator("").validate(message).isEmpty()
        && validator("#/$defs/" + side).validate(byType).isEmpty();
  }

  private static JsonSchema validator(String fragment) {
    var whole = FACTORY.getSchema(SCHEMA);
    return fragment.isEmpty()
        ? whole
        : whole.getSubSchema(SchemaLocation.Fragment.of(fragment.substring(1)));
  }

  private static JsonNode schema() {
    try (var in =
        MessageSchemaTest.class.getResourceAsStream("/META-INF/vitrine/messages.schema.json")) {
      return MAPPER.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
