package dev.vitrine.protocol;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** An enum whose constants travel as words: {@code CLOSED_BY_VIEWER} as {@code ClosedByViewer}. */
public interface WireWord {

  /** The constant's name in Java. */
  String name();

  /** The constant's name on the wire. */
  @JsonValue
  default String word() {
    var word = new StringBuilder();
    for (var part : name().split("_", -1)) {
      word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
    }
    return word.toString();
  }
}
