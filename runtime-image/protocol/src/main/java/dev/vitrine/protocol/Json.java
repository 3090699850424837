package dev.vitrine.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** JSON with limits on size and depth, so that no input costs more than it is worth. */
final class Json {

  private static final int MAX_DEPTH = 32;
  private static final int MAX_NUMBER_CHARS = 64;
  private static final ObjectMapper MAPPER = mapper();

  private Json() {}

  /**
   * Reads one JSON object.
   *
   * @param what the document's name in sentences, such as {@code signalling message}
   * @param maxBytes the limit in bytes of UTF-8
   */
  static Fields object(String what, String text, int maxBytes) throws BadMessageException {
    if (utf8Bytes(text, maxBytes) > maxBytes) {
      throw new BadMessageException(
          "The %s is larger than %d bytes; send less.".formatted(what, maxBytes));
    }
    try {
      if (MAPPER.readTree(text) instanceof ObjectNode object) {
        return new Fields(what, object);
      }
    } catch (JsonProcessingException e) {
      throw new BadMessageException(
          "The %s is not valid JSON: %s.".formatted(what, e.getOriginalMessage()), e);
    }
    throw new BadMessageException("The %s is not a JSON object; send one.".formatted(what));
  }

  static ObjectNode newObject() {
    return MAPPER.createObjectNode();
  }

  /** A record as JSON; absent values are left out, times are RFC 3339 with microseconds. */
  static ObjectNode tree(Object record) {
    return MAPPER.valueToTree(record);
  }

  static String text(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes of UTF-8, or merely something above the limit where the text is too long to count. */
  private static int utf8Bytes(String text, int maxBytes) {
    return text.length() > maxBytes ? text.length() : text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static ObjectMapper mapper() {
    var limits =
        StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxNumberLength(MAX_NUMBER_CHARS)
            .build();
    return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(limits).build())
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .serializationInclusion(JsonInclude.Include.NON_NULL)
        .addModule(new SimpleModule().addSerializer(new InstantAsRfc3339()))
        .build();
  }

  private static final class InstantAsRfc3339 extends StdSerializer<Instant> {

    InstantAsRfc3339() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant time, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(Rfc3339.micros(time));
    }
  }
}
