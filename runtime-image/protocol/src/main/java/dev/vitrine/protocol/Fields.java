package dev.vitrine.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a JSON object, each read with its limits; what is not asked for is ignored.
 *
 * @param what the object's name in sentences
 */
record Fields(String what, ObjectNode object) {

  boolean has(String name) {
    return value(name) != null;
  }

  String text(String name, int maxChars) throws BadMessageException {
    return textIn(name, required(name, "a string"), maxChars);
  }

  @Nullable String optionalText(String name, int maxChars) throws BadMessageException {
    var value = value(name);
    return value == null ? null : textIn(name, value, maxChars);
  }

  /** A whole number that must lie within the bounds. */
  long integer(String name, long min, long max) throws BadMessageException {
    var expected = "a whole number from %d to %d".formatted(min, max);
    var value = required(name, expected);
    if (!value.isIntegralNumber()
        || !value.canConvertToLong()
        || value.longValue() < min
        || value.longValue() > max) {
      throw bad(name, "must be " + expected);
    }
    return value.longValue();
  }

  int smallInteger(String name, int min, int max) throws BadMessageException {
    return Math.toIntExact(integer(name, min, max));
  }

  /** As {@link #smallInteger}, with a value for the field's absence. */
  int smallInteger(String name, int min, int max, int absent) throws BadMessageException {
    return has(name) ? smallInteger(name, min, max) : absent;
  }

  /** A finite number, moved into the bounds where it lies outside. */
  double clamped(String name, double min, double max) throws BadMessageException {
    var value = required(name, "a number");
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw bad(name, "must be a finite number");
    }
    return Math.clamp(value.doubleValue(), min, max);
  }

  /** A number that must lie within the bounds. */
  double number(String name, double min, double max) throws BadMessageException {
    var expected = "a number from %s to %s".formatted(bound(min), bound(max));
    return numberIn(name, required(name, expected), min, max, "must be " + expected);
  }

  /** As many numbers, each within the bounds. */
  double[] numbers(String name, int count, double min, double max) throws BadMessageException {
    var expected = "an array of %d numbers from %s to %s".formatted(count, bound(min), bound(max));
    var value = required(name, expected);
    if (!value.isArray() || value.size() != count) {
      throw bad(name, "must be " + expected);
    }
    var numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = numberIn(name, value.path(i), min, max, "must be " + expected);
    }
    return numbers;
  }

  boolean truth(String name) throws BadMessageException {
    var value = required(name, "true or false");
    if (!value.isBoolean()) {
      throw bad(name, "must be true or false");
    }
    return value.booleanValue();
  }

  /** Any JSON but null. */
  JsonNode json(String name, String expected) throws BadMessageException {
    return required(name, expected);
  }

  <E extends Enum<E> & WireWord> E oneOf(String name, Class<E> type) throws BadMessageException {
    var words =
        Arrays.stream(type.getEnumConstants())
            .map(WireWord::word)
            .collect(Collectors.joining(", "));
    var value = required(name, "one of " + words);
    for (var constant : type.getEnumConstants()) {
      if (value.isTextual() && constant.word().equals(value.textValue())) {
        return constant;
      }
    }
    throw bad(name, "must be one of " + words);
  }

  <E extends Enum<E> & WireWord> @Nullable E optionalOneOf(String name, Class<E> type)
      throws BadMessageException {
    return has(name) ? oneOf(name, type) : null;
  }

  Fields object(String name) throws BadMessageException {
    if (required(name, "an object") instanceof ObjectNode inner) {
      return new Fields(what + "'s " + name, inner);
    }
    throw bad(name, "must be an object");
  }

  List<String> texts(String name, int maxItems, int maxChars) throws BadMessageException {
    var texts = new ArrayList<String>();
    for (var item : items(name, maxItems)) {
      texts.add(textIn(name, item, maxChars));
    }
    return List.copyOf(texts);
  }

  List<Fields> objects(String name, int maxItems) throws BadMessageException {
    var objects = new ArrayList<Fields>();
    for (var item : items(name, maxItems)) {
      if (!(item instanceof ObjectNode inner)) {
        throw bad(name, "must hold objects only");
      }
      objects.add(new Fields(what + "'s " + name, inner));
    }
    return List.copyOf(objects);
  }

  Map<String, String> textByName(String name, int maxItems, int maxChars)
      throws BadMessageException {
    var inner = object(name);
    if (inner.object.size() > maxItems) {
      throw bad(name, "must not have more than %d entries".formatted(maxItems));
    }
    var texts = new LinkedHashMap<String, String>();
    for (var entry : inner.object.properties()) {
      texts.put(entry.getKey(), inner.textIn(entry.getKey(), entry.getValue(), maxChars));
    }
    return Map.copyOf(texts);
  }

  @Nullable Instant optionalTime(String name) throws BadMessageException {
    var text = optionalText(name, 40);
    var expected = "must be a time as in RFC 3339, such as 2026-11-22T13:00:00.000000Z";
    // Years of more than four digits have a sign, in Java and not in RFC 3339.
    if (text != null && (text.startsWith("+") || text.startsWith("-"))) {
      throw bad(name, expected);
    }
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw bad(name, expected);
    }
  }

  URI httpAddress(String name) throws BadMessageException {
    var expected = "must be an absolute http or https address";
    try {
      var address = new URI(text(name, 2048));
      if (address.getHost() == null || !List.of("http", "https").contains(address.getScheme())) {
        throw bad(name, expected);
      }
      return address;
    } catch (URISyntaxException e) {
      throw bad(name, expected);
    }
  }

  BadMessageException bad(String name, String remedy) {
    return new BadMessageException("The %s has a bad `%s`: it %s.".formatted(what, name, remedy));
  }

  private Iterable<JsonNode> items(String name, int maxItems) throws BadMessageException {
    var value = required(name, "an array");
    if (!value.isArray() || value.size() > maxItems) {
      throw bad(name, "must be an array of at most %d items".formatted(maxItems));
    }
    return value;
  }

  private double numberIn(String name, JsonNode value, double min, double max, String remedy)
      throws BadMessageException {
    // Written so that NaN fails as well.
    if (!value.isNumber() || !(value.doubleValue() >= min && value.doubleValue() <= max)) {
      throw bad(name, remedy);
    }
    return value.doubleValue();
  }

  private static String bound(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private String textIn(String name, JsonNode value, int maxChars) throws BadMessageException {
    if (!value.isTextual() || value.textValue().length() > maxChars) {
      throw bad(name, "must be a string of at most %d characters".formatted(maxChars));
    }
    return value.textValue();
  }

  private JsonNode required(String name, String expected) throws BadMessageException {
    var value = value(name);
    if (value == null) {
      throw new BadMessageException(
          "The %s has no `%s`; it must be %s.".formatted(what, name, expected));
    }
    return value;
  }

  private @Nullable JsonNode value(String name) {
    var value = object.get(name);
    return value == null || value.isNull() ? null : value;
  }
}
