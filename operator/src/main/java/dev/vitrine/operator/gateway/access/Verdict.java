package dev.vitrine.operator.gateway.access;

import dev.vitrine.operator.gateway.http.Refusal;
import org.jspecify.annotations.Nullable;

/** Whether a caller may do a thing. */
public sealed interface Verdict {

  /**
   * May.
   *
   * @param user the caller's name; null for an anonymous one
   */
  record Allowed(@Nullable String user) implements Verdict {}

  /** Nobody the cluster knows. */
  record Unknown(String sentence) implements Verdict {}

  /** Known, without the right. */
  record Forbidden(String sentence) implements Verdict {}

  /** The caller, or the refusal that HTTP has for it. */
  default Allowed orRefuse() {
    return switch (this) {
      case Allowed allowed -> allowed;
      case Unknown(var sentence) -> throw new Refusal(401, sentence);
      case Forbidden(var sentence) -> throw new Refusal(403, sentence);
    };
  }
}
