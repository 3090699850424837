package dev.vitrine.operator.bench;

import java.util.Map;

/**
 * How much is measured.
 *
 * @param apps that there are
 * @param sessions that are live at the larger of the two sizes
 */
record Sizes(int apps, int sessions) {

  /** So many sessions are live while claims are timed. */
  static final int FEW = 100;

  static Sizes of(Map<String, String> environment) {
    return new Sizes(
        number(environment, "VITRINE_BENCH_APPS", 1000),
        number(environment, "VITRINE_BENCH_SESSIONS", 10_000));
  }

  private static int number(Map<String, String> environment, String variable, int otherwise) {
    var text = environment.get(variable);
    if (text == null || text.isBlank()) {
      return otherwise;
    }
    var number = Integer.parseInt(text.strip());
    if (number < FEW) {
      throw new IllegalArgumentException(
          "%s is %d: set it to %d or more".formatted(variable, number, FEW));
    }
    return number;
  }
}
