package dev.vitrine.protocol;

/**
 * How long a session may be in a state, as far as the runtime sees to it.
 *
 * @param connectSeconds from the assignment to the first connection, at least 1
 * @param reconnectSeconds without a connection after one, at least 0
 * @param idleSeconds without input; 0 for ever
 * @param maxSeconds from the assignment to the end; 0 for ever
 * @param warningSeconds how long before an end the viewer is told; 0 for not at all
 * @param extensionSeconds what the viewer can add to maxSeconds at a time, at most a day; 0 for
 *     nothing
 * @param ceilingSeconds from the assignment to the latest end that extensions lead to, at least
 *     maxSeconds
 */
public record Lifetimes(
    int connectSeconds,
    int reconnectSeconds,
    int idleSeconds,
    int maxSeconds,
    int warningSeconds,
    int extensionSeconds,
    int ceilingSeconds) {

  private static final int DAY = 86_400;
  private static final int TEN_YEARS = 315_360_000;

  static Lifetimes read(Fields fields) throws BadMessageException {
    int maxSeconds = fields.smallInteger("maxSeconds", 0, TEN_YEARS);
    return new Lifetimes(
        fields.smallInteger("connectSeconds", 1, TEN_YEARS),
        fields.smallInteger("reconnectSeconds", 0, TEN_YEARS),
        fields.smallInteger("idleSeconds", 0, TEN_YEARS),
        maxSeconds,
        fields.smallInteger("warningSeconds", 0, TEN_YEARS),
        // An older controller knows of no extensions.
        fields.smallInteger("extensionSeconds", 0, DAY, 0),
        fields.smallInteger("ceilingSeconds", maxSeconds, TEN_YEARS, maxSeconds));
  }
}
