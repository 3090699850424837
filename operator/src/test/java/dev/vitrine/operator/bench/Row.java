package dev.vitrine.operator.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A line of the table of figures, as e2e/bench/row.ts reads it.
 *
 * @param peer what the figure is compared with; null: nothing
 * @param bar what it must hold; null: nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Row(
    String name,
    BigDecimal value,
    String unit,
    String peer,
    BigDecimal peerValue,
    String bar,
    Boolean holds) {

  static Row of(String name, double value, String unit) {
    return new Row(name, rounded(value), unit, null, null, null, null);
  }

  /** With another's figure of the same run and unit. */
  Row beside(String other, double otherValue) {
    return new Row(name, value, unit, other, rounded(otherValue), bar, holds);
  }

  Row atMost(double limit) {
    return withBar("≤ %s %s".formatted(plain(limit), unit), value.doubleValue() <= limit);
  }

  Row atLeast(double limit) {
    return withBar("≥ %s %s".formatted(plain(limit), unit), value.doubleValue() >= limit);
  }

  /** At least such a share of the figure beside it. */
  Row atLeastOfPeer(double share) {
    return withBar(
        "≥ %s of it".formatted(plain(share)),
        value.doubleValue() >= share * peerValue.doubleValue());
  }

  /** At most so many times the figure beside it. */
  Row atMostOfPeer(double times) {
    return withBar(
        "≤ %s times it".formatted(plain(times)),
        value.doubleValue() <= times * peerValue.doubleValue());
  }

  private Row withBar(String words, boolean itHolds) {
    return new Row(name, value, unit, peer, peerValue, words, itHolds);
  }

  private static String plain(double number) {
    return rounded(number).stripTrailingZeros().toPlainString();
  }

  private static BigDecimal rounded(double number) {
    return BigDecimal.valueOf(number).setScale(1, RoundingMode.HALF_UP);
  }
}
