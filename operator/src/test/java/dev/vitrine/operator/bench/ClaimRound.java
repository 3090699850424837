package dev.vitrine.operator.bench;

import dev.vitrine.operator.testing.Timings;
import java.util.List;

/**
 * One round of bare writes and warm claims, in turns, so that whatever else the machine does falls
 * on both.
 *
 * @param bareAlone bare writes and refills at the pace of {@code alone}
 * @param bareThird bare writes and refills at the pace of {@code third}
 * @param third a third of the rate of {@code bare64}
 */
record ClaimRound(
    Timings bare1,
    Timings bare16,
    Timings bare64,
    Timings bareRefilled64,
    Timings bareAlone,
    Timings bareThird,
    Timings alone,
    Timings third,
    Timings claims64,
    Timings claimsRefilled64) {

  /** The pool is refilled a second after each: that comes halfway between two others. */
  private static final double ALONE_PER_SECOND = 2.5;

  private static final int ALONE = 50;
  private static final int MANY = 64;
  private static final int SESSIONS = 400;

  /** A pool is refilled a second after a claim: more than are claimed until then have to wait. */
  private static final int IDLE = 256;

  static ClaimRound measure(BareWrites bare, WarmClaims warm) throws Exception {
    var bare1 = bare.claims(1, 100);
    var bareAlone = bare.claimsAndRefillsAtRate(ALONE_PER_SECOND, ALONE);
    var alone = warm.alone(ALONE_PER_SECOND, ALONE);
    var bare16 = bare.claims(16, SESSIONS);
    var bare64 = bare.claims(MANY, SESSIONS);
    var claims64 = warm.inTurn(MANY, SESSIONS);
    var rate = bare64.perSecond() / 3;
    var bareThird = bare.claimsAndRefillsAtRate(rate, (int) (rate * 8));
    var third = warm.atRate(rate, (int) (rate * 8), IDLE);
    var bareRefilled64 = bare.claimsAndRefills(MANY, SESSIONS);
    var claimsRefilled64 = warm.inTurnRefilled(MANY, SESSIONS, IDLE);
    return new ClaimRound(
        bare1,
        bare16,
        bare64,
        bareRefilled64,
        bareAlone,
        bareThird,
        alone,
        third,
        claims64,
        claimsRefilled64);
  }

  ClaimRound and(ClaimRound other) {
    return new ClaimRound(
        bare1.and(other.bare1),
        bare16.and(other.bare16),
        bare64.and(other.bare64),
        bareRefilled64.and(other.bareRefilled64),
        bareAlone.and(other.bareAlone),
        bareThird.and(other.bareThird),
        alone.and(other.alone),
        third.and(other.third),
        claims64.and(other.claims64),
        claimsRefilled64.and(other.claimsRefilled64));
  }

  List<Row> rows() {
    return List.of(
        Row.of("bare writes of a claim, 1 client", bare1.perSecond(), "/s"),
        Row.of("bare writes of a claim, 1 client, p50", bare1.p50(), "ms"),
        Row.of("bare writes of a claim, 1 client, p99", bare1.p99(), "ms"),
        Row.of("bare writes of a claim, 16 clients", bare16.perSecond(), "/s"),
        Row.of("bare writes of a claim, 16 clients, p50", bare16.p50(), "ms"),
        Row.of("bare writes of a claim, 16 clients, p99", bare16.p99(), "ms"),
        Row.of("bare writes of a claim, 64 clients", bare64.perSecond(), "/s"),
        Row.of("bare writes of a claim, 64 clients, p50", bare64.p50(), "ms"),
        Row.of("bare writes of a claim, 64 clients, p99", bare64.p99(), "ms"),
        Row.of("warm claim, alone, refilled, p50", alone.p50(), "ms")
            .beside("bare, with a refill's", bareAlone.p50())
            .atMost(15),
        Row.of("warm claim, alone, refilled, p99", alone.p99(), "ms")
            .beside("bare, with a refill's", bareAlone.p99()),
        Row.of("warm claims at a third of 64 bare clients' rate, refilled, p50", third.p50(), "ms")
            .beside("bare, with a refill's", bareThird.p50()),
        Row.of("warm claims at a third of 64 bare clients' rate, refilled, p99", third.p99(), "ms")
            .beside("bare, with a refill's", bareThird.p99())
            .atMost(50),
        Row.of("warm claims, 64 clients", claims64.perSecond(), "/s")
            .beside("bare", bare64.perSecond())
            .atLeastOfPeer(0.6),
        Row.of("warm claims, 64 clients, p50", claims64.p50(), "ms").beside("bare", bare64.p50()),
        Row.of("warm claims, 64 clients, p99", claims64.p99(), "ms").beside("bare", bare64.p99()),
        Row.of("warm claims, 64 clients, refilled", claimsRefilled64.perSecond(), "/s")
            .beside("bare, with a refill's", bareRefilled64.perSecond())
            .atLeastOfPeer(0.6),
        Row.of("warm claims, 64 clients, refilled, p50", claimsRefilled64.p50(), "ms")
            .beside("bare, with a refill's", bareRefilled64.p50()),
        Row.of("warm claims, 64 clients, refilled, p99", claimsRefilled64.p99(), "ms")
            .beside("bare, with a refill's", bareRefilled64.p99()));
  }

  @Override
  public String toString() {
    return """
    bare 1: %s; 16: %s; 64: %s; refilled: %s; alone: %s; third: %s
            alone: %s; third: %s; 64: %s; refilled: %s\
    """
        .formatted(
            bare1,
            bare16,
            bare64,
            bareRefilled64,
            bareAlone,
            bareThird,
            alone,
            third,
            claims64,
            claimsRefilled64);
  }
}
