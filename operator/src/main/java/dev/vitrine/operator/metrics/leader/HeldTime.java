package dev.vitrine.operator.metrics.leader;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * For how long things have been held, by account: it grows with the clock, and needs no end. Of a
 * clock that is set back, the time until it has caught up does not count.
 */
final class HeldTime<K> {

  private static final class Account {
    int held;
    double seconds;
    Instant until;

    Account(Instant now) {
      until = now;
    }

    void settle(Instant now) {
      if (now.isAfter(until)) {
        seconds += held * SessionTimes.seconds(until, now);
        until = now;
      }
    }
  }

  private final Map<K, Account> accounts = new HashMap<>();

  /**
   * So many more are held; or fewer, if it is below 0.
   *
   * @param change in units
   */
  void hold(K key, int change, Instant now) {
    var account = accounts.computeIfAbsent(key, _ -> new Account(now));
    account.settle(now);
    account.held += change;
  }

  /** Unit-seconds of each account, up to now. */
  Map<K, Double> seconds(Instant now) {
    var seconds = new HashMap<K, Double>();
    accounts.forEach(
        (key, account) -> {
          account.settle(now);
          seconds.put(key, account.seconds);
        });
    return seconds;
  }

  /** Forgets those of them in which nothing is held. */
  void forget(Predicate<K> which) {
    accounts.entrySet().removeIf(it -> it.getValue().held == 0 && which.test(it.getKey()));
  }
}
