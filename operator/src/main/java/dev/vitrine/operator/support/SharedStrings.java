package dev.vitrine.operator.support;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import java.io.IOException;

/**
 * Of equal strings keeps one: ten thousand sessions name the same apps, and say the same in their
 * conditions. It remembers so many strings only, and may forget one for another.
 */
public final class SharedStrings extends StringDeserializer {

  private static final int REMEMBERED = 1 << 14;
  private static final int LONGEST = 128;

  /** Read and written without a lock: whoever misses another one's word keeps one string more. */
  private final String[] remembered = new String[REMEMBERED];

  @Override
  public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
    return shared(super.deserialize(parser, context));
  }

  private String shared(String string) {
    if (string == null || string.length() > LONGEST) {
      return string;
    }
    var hash = string.hashCode();
    var slot = (hash ^ (hash >>> 16)) & (REMEMBERED - 1);
    var known = remembered[slot];
    if (string.equals(known)) {
      return known;
    }
    remembered[slot] = string;
    return string;
  }
}
