package dev.vitrine.runtime.stage;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A property of a prim.
 *
 * @param type as USD names it; {@code rel} for a relationship
 * @param value as JSON has it, or the beginning of it; the targets' paths of a relationship
 * @param truncated whether the value is only a part of the whole, or left out for its size
 * @param length of an array
 * @param authored whether the stage says it; if not, the value is the schema's
 * @param animated whether it changes with time
 * @param custom whether it belongs to no schema
 * @param connected whether something else gives the value, such as a shader
 * @param writable whether {@link StageProcess#setProperty} can set it
 * @param options the words it may be; empty for any
 */
public record StageProperty(
    String name,
    String type,
    JsonNode value,
    boolean truncated,
    OptionalInt length,
    boolean authored,
    boolean animated,
    boolean custom,
    boolean connected,
    boolean writable,
    List<String> options) {

  public StageProperty {
    options = List.copyOf(options);
  }

  static StageProperty of(JsonNode json) {
    var options = new ArrayList<String>();
    json.path("options").forEach(option -> options.add(option.asText()));
    var length = json.path("length");
    return new StageProperty(
        json.path("name").asText(),
        json.path("type").asText(),
        json.path("value"),
        json.path("truncated").asBoolean(),
        length.isInt() ? OptionalInt.of(length.intValue()) : OptionalInt.empty(),
        json.path("authored").asBoolean(),
        json.path("animated").asBoolean(),
        json.path("custom").asBoolean(),
        json.path("connected").asBoolean(),
        json.path("writable").asBoolean(),
        options);
  }
}
