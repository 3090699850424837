package dev.vitrine.operator.testing;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * What a number of like operations took.
 *
 * @param millis of each, sorted
 * @param seconds of all, from the first one's begin to the last one's end
 */
public record Timings(double[] millis, double seconds) {

  public Timings {
    millis = millis.clone();
    Arrays.sort(millis);
  }

  public double p50() {
    return quantile(0.5);
  }

  public double p99() {
    return quantile(0.99);
  }

  public double perSecond() {
    return millis.length / seconds;
  }

  /** Of two rounds together. */
  public Timings and(Timings other) {
    var both = DoubleStream.concat(Arrays.stream(millis), Arrays.stream(other.millis));
    return new Timings(both.toArray(), seconds + other.seconds);
  }

  private double quantile(double share) {
    return millis[Math.min(millis.length - 1, (int) (millis.length * share))];
  }

  @Override
  public String toString() {
    return "%.0f/s, %.1f / %.1f ms".formatted(perSecond(), p50(), p99());
  }
}
