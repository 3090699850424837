package dev.vitrine.operator.gateway.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request's JSON object, read field by field; what is not asked for is ignored. */
final class JsonBody {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final ObjectNode fields;
  private final List<Invalid.Fault> faults = new ArrayList<>();

  private JsonBody(ObjectNode fields) {
    this.fields = fields;
  }

  static JsonBody parse(@Nullable String text) {
    if (text == null || text.isBlank()) {
      throw fault("Field required: the body must be a JSON object", "missing");
    }
    try {
      if (JSON.readTree(text) instanceof ObjectNode object) {
        return new JsonBody(object);
      }
    } catch (JsonProcessingException e) {
      throw fault("JSON decode error: the body must be a JSON object", "json_invalid");
    }
    throw fault("Input should be a JSON object", "model_attributes_type");
  }

  /** The field's text; empty, with the fault noted, where it is missing or no text. */
  String required(String name) {
    if (fields.path(name).isMissingNode()) {
      note(List.of("body", name), "Field required", "missing");
      return "";
    }
    return optional(name).orElse("");
  }

  Optional<String> optional(String name) {
    var value = fields.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    return text(List.of("body", name), value);
  }

  /** An object of texts; an empty one where it is absent. */
  Map<String, String> texts(String name) {
    var value = fields.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Map.of();
    }
    if (!(value instanceof ObjectNode object)) {
      note(List.of("body", name), "Input should be a valid dictionary", "dict_type");
      return Map.of();
    }
    var texts = new LinkedHashMap<String, String>();
    object
        .properties()
        .forEach(
            entry -> {
              if (!entry.getValue().isNull()) {
                text(List.of("body", name, entry.getKey()), entry.getValue())
                    .ifPresent(t -> texts.put(entry.getKey(), t));
              }
            });
    return texts;
  }

  void orInvalid() {
    if (!faults.isEmpty()) {
      throw new Invalid(faults);
    }
  }

  private Optional<String> text(List<String> loc, JsonNode value) {
    if (!value.isTextual()) {
      note(loc, "Input should be a valid string", "string_type");
      return Optional.empty();
    }
    var text = value.textValue();
    if (text.codePointCount(0, text.length()) > 1024) { // as the API server counts them
      note(loc, "String should have at most 1024 characters", "string_too_long");
      return Optional.empty();
    }
    return Optional.of(text);
  }

  private void note(List<String> loc, String msg, String type) {
    faults.add(new Invalid.Fault(loc, msg, type));
  }

  private static Invalid fault(String msg, String type) {
    return new Invalid(List.of(new Invalid.Fault(List.of("body"), msg, type)));
  }
}
