package dev.vitrine.operator.gateway.rest;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which part of a list is wanted: {@code ?offset=0&limit=50}. */
record PageRequest(int offset, int limit) {

  private static final int DEFAULT_LIMIT = 50;

  static PageRequest of(@Nullable String offset, @Nullable String limit) {
    return new PageRequest(
        number("offset", offset, 0, 0), number("limit", limit, 1, DEFAULT_LIMIT));
  }

  private static int number(String name, @Nullable String text, int least, int absent) {
    if (text == null) {
      return absent;
    }
    var number = parse(text);
    if (number.filter(n -> n >= least).isPresent()) {
      return number.get();
    }
    throw number.isPresent()
        ? Invalid.query(
            name, "Input should be greater than or equal to " + least, "greater_than_equal")
        : Invalid.query(name, "Input should be a valid integer", "int_parsing");
  }

  private static Optional<Integer> parse(String text) {
    return text.matches("-?[0-9]{1,9}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }
}
