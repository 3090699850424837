package dev.vitrine.operator.gateway.signal;

import io.quarkus.runtime.Quarkus;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the connect keys again and again, as the mounted Secret may come late and may change. */
public final class KeyWatch {

  private static final Logger log = LoggerFactory.getLogger(KeyWatch.class);

  private static final Duration PERIOD = Duration.ofSeconds(2);
  private static final Duration FIRST_KEY_LIMIT = Duration.ofMinutes(3);

  private final Vertx vertx;
  private final ConnectKeys keys;
  private final InstantSource clock;

  public KeyWatch(Vertx vertx, ConnectKeys keys, InstantSource clock) {
    this.vertx = vertx;
    this.keys = keys;
    this.clock = clock;
  }

  public void start() {
    keys.reload();
    if (keys.issuer().isEmpty()) {
      log.warn(
          "There are no connect keys yet: waiting for the controller to make Secret"
              + " vitrine-connect-key");
    }
    var giveUpAt = clock.instant().plus(FIRST_KEY_LIMIT);
    vertx.setPeriodic(PERIOD.toMillis(), _ -> vertx.executeBlocking(() -> look(giveUpAt)));
  }

  private boolean look(Instant giveUpAt) {
    keys.reload();
    if (keys.issuer().isPresent()) {
      return true;
    }
    if (clock.instant().isAfter(giveUpAt)) {
      log.error(
          "Still no connect keys after {} s: see that the controller runs and that Secret"
              + " vitrine-connect-key is mounted at VITRINE_CONNECT_KEYS",
          FIRST_KEY_LIMIT.toSeconds());
      Quarkus.asyncExit(1);
    }
    return false;
  }
}
