package dev.vitrine.operator.trace;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The ids of a session's trace and of its first span, both out of the session's UID: whoever knows
 * the session knows its trace, and nothing has to be handed from process to process.
 */
final class TraceIds implements IdGenerator {

  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final int TRACE_CHARS = 32;
  private static final int SPAN_CHARS = 16;

  private static final ScopedValue<String> FIRST = ScopedValue.newInstance();

  private final IdGenerator others = IdGenerator.random();

  /**
   * The id of a session's trace (W3C Trace Context: 32 hexadecimal digits).
   *
   * @param session its UID; anything else has no trace
   */
  static Optional<String> traceOf(String session) {
    var uid = session.toLowerCase(Locale.ROOT);
    return UUID.matcher(uid).matches() ? Optional.of(uid.replace("-", "")) : Optional.empty();
  }

  /** The id of the span of the whole life. The half of a UUID that has the variant: never zero. */
  static String firstSpanOf(String trace) {
    return trace.substring(TRACE_CHARS - SPAN_CHARS);
  }

  /** Runs {@code start}, in which a span without a parent is the first of that trace. */
  static <T> T asFirst(String trace, Supplier<T> start) {
    return ScopedValue.where(FIRST, trace).call(start::get);
  }

  @Override
  public String generateTraceId() {
    return FIRST.isBound() ? FIRST.get() : others.generateTraceId();
  }

  @Override
  public String generateSpanId() {
    return FIRST.isBound() ? firstSpanOf(FIRST.get()) : others.generateSpanId();
  }
}
