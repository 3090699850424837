package dev.vitrine.operator.bench;

import dev.vitrine.operator.testing.Timings;
import java.util.List;

/**
 * One round of bare writes and warm claims, in turns, so that whatever else the machine does falls
 * on both.
 *
 * @param bare1 bare writes of one client, each after the other; so {@code bare16}, {@code bare64}
 * @param bareRefilled64 with those that put a pod in the claimed one's place
 * @param bareSeldom bare writes and refills at the pace of {@code seldom}
 * @param bareThird bare writes and refills at the pace of {@code third}
 * @param claims1 claims of one client, each after the other; so {@code claims64}
 * @param seldom claims between which the machine rests
 * @param third at a third of the rate that {@code claims64} must have: whoever is slow gets no less
 */
record ClaimRound(
    Timings bare1,
    Timings bare16,
    Timings bare64,
    Timings bareRefilled64,
    Timings bareSeldom,
    Timings bareThird,
    Timings claims1,
    Timings claims64,
    Timings claimsRefilled64,
    Timings seldom,
    Timings third) {

  /** The pool is refilled a second after each: that comes halfway between two others. */
  private static final double SELDOM_PER_SECOND = 2.5;

  /** The bar: claims for each of the bare writes in the same time. */
  private static final double CLAIMS_OF_BARE = 0.6;

  private static final int SELDOM = 50;
  private static final int ONE_CLIENTS = 100;
  private static final int THIRD_SECONDS = 15;
  private static final int MANY = 64;
  private static final int SESSIONS = 400;

  /** A pool is refilled a second after a claim: more than are claimed until then have to wait. */
  private static final int IDLE = 256;

  static ClaimRound measure(BareWrites bare, WarmClaims warm) throws Exception {
    var bare1 = bare.claims(1, ONE_CLIENTS);
    var claims1 = warm.inTurn(1, ONE_CLIENTS);
    var bareSeldom = bare.claimsAndRefillsAtRate(SELDOM_PER_SECOND, SELDOM);
    var seldom = warm.atRate(SELDOM_PER_SECOND, SELDOM, IDLE);
    var bare16 = bare.claims(16, SESSIONS);
    var bare64 = bare.claims(MANY, SESSIONS);
    var claims64 = warm.inTurn(MANY, SESSIONS);
    var rate = CLAIMS_OF_BARE * bare64.perSecond() / 3;
    var bareThird = bare.claimsAndRefillsAtRate(rate, (int) (rate * THIRD_SECONDS));
    var third = warm.atRate(rate, (int) (rate * THIRD_SECONDS), IDLE);
    var bareRefilled64 = bare.claimsAndRefills(MANY, SESSIONS);
    var claimsRefilled64 = warm.inTurnRefilled(MANY, SESSIONS, IDLE);
    return new ClaimRound(
        bare1,
        bare16,
        bare64,
        bareRefilled64,
        bareSeldom,
        bareThird,
        claims1,
        claims64,
        claimsRefilled64,
        seldom,
        third);
  }

  ClaimRound and(ClaimRound other) {
    return new ClaimRound(
        bare1.and(other.bare1),
        bare16.and(other.bare16),
        bare64.and(other.bare64),
        bareRefilled64.and(other.bareRefilled64),
        bareSeldom.and(other.bareSeldom),
        bareThird.and(other.bareThird),
        claims1.and(other.claims1),
        claims64.and(other.claims64),
        claimsRefilled64.and(other.claimsRefilled64),
        seldom.and(other.seldom),
        third.and(other.third));
  }

  List<Row> rows() {
    return List.of(
        Row.of("bare writes of a claim, 16 clients", bare16.perSecond(), "/s"),
        Row.of("bare writes of a claim, 16 clients, p50", bare16.p50(), "ms"),
        Row.of("bare writes of a claim, 16 clients, p99", bare16.p99(), "ms"),
        Row.of("warm claim, alone, p50", claims1.p50(), "ms")
            .beside("bare", bare1.p50())
            .atMost(15),
        Row.of("warm claim, alone, p99", claims1.p99(), "ms").beside("bare", bare1.p99()),
        Row.of("warm claim after a rest, refilled, p50", seldom.p50(), "ms")
            .beside("bare, with a refill's", bareSeldom.p50())
            .atMost(15),
        Row.of("warm claim after a rest, refilled, p99", seldom.p99(), "ms")
            .beside("bare, with a refill's", bareSeldom.p99()),
        Row.of("warm claims, 64 clients", claims64.perSecond(), "/s")
            .beside("bare", bare64.perSecond())
            .atLeastOfPeer(CLAIMS_OF_BARE),
        Row.of("warm claims, 64 clients, p50", claims64.p50(), "ms").beside("bare", bare64.p50()),
        Row.of("warm claims, 64 clients, p99", claims64.p99(), "ms").beside("bare", bare64.p99()),
        Row.of("warm claims, 64 clients, refilled", claimsRefilled64.perSecond(), "/s")
            .beside("bare, with a refill's", bareRefilled64.perSecond())
            .atLeastOfPeer(CLAIMS_OF_BARE),
        Row.of("warm claims, 64 clients, refilled, p50", claimsRefilled64.p50(), "ms")
            .beside("bare, with a refill's", bareRefilled64.p50()),
        Row.of("warm claims, 64 clients, refilled, p99", claimsRefilled64.p99(), "ms")
            .beside("bare, with a refill's", bareRefilled64.p99()),
        Row.of("warm claims at a third of the bar's rate, refilled", third.perSecond(), "/s")
            .beside("bare, with a refill's", bareThird.perSecond()),
        Row.of("warm claims at a third of the bar's rate, refilled, p50", third.p50(), "ms")
            .beside("bare, with a refill's", bareThird.p50()),
        Row.of("warm claims at a third of the bar's rate, refilled, p99", third.p99(), "ms")
            .beside("bare, with a refill's", bareThird.p99())
            .atMost(50));
  }

  @Override
  public String toString() {
    return """
    bare 1: %s; 16: %s; 64: %s; refilled: %s; seldom: %s; third: %s
            1: %s; 64: %s; refilled: %s; seldom: %s; third: %s\
    """
        .formatted(
            bare1,
            bare16,
            bare64,
            bareRefilled64,
            bareSeldom,
            bareThird,
            claims1,
            claims64,
            claimsRefilled64,
            seldom,
            third);
  }
}
