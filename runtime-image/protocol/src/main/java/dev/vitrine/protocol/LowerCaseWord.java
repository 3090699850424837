package dev.vitrine.protocol;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** A wire word that is written in lower case: {@code DOWN} as {@code down}. */
public interface LowerCaseWord extends WireWord {

  @Override
  @JsonValue
  default String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
