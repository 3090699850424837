package dev.vitrine.runtime.app.watch;

import dev.vitrine.protocol.WatchVerdict;
import dev.vitrine.runtime.stream.DecodedPicture;
import dev.vitrine.runtime.stream.webrtc.WebRtcTransportFactory;
import java.net.http.HttpClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries, until the time is over, to see a picture of what it watches. */
final class Watch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(5);

  /** With less, an attempt finds out nothing but that the time is over. */
  private static final Duration SHORTEST_ATTEMPT = Duration.ofSeconds(1);

  private final Door door;
  private final Countdown countdown;
  private final WebRtcTransportFactory transports = new WebRtcTransportFactory();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(REQUEST_LIMIT)
          .build();
  private @Nullable String resume;

  /** The countdown has begun, for even to load what decodes takes a while. */
  Watch(Target target, Countdown countdown) {
    this.countdown = countdown;
    this.door =
        switch (target) {
          case Target.LocalRuntime(var signal) -> _ -> Endpoint.open(signal);
          case Target.Session session -> new GatewayDoor(session, http);
        };
  }

  /** Watches; returns at the latest some seconds after the countdown is over. */
  WatchVerdict verdict() {
    var setback = "";
    do {
      try {
        return attempt();
      } catch (SetbackException e) {
        if (!e.isPassing()) {
          return new WatchVerdict.Failed(e.sentence());
        }
        if (!setback.equals(e.sentence())) {
          setback = e.sentence();
          LOG.info("not yet: {}", setback);
        }
      }
      countdown.pause(RETRY);
    } while (countdown.left().compareTo(SHORTEST_ATTEMPT) >= 0);
    return new WatchVerdict.Failed(
        "No picture was seen within %d seconds. %s"
            .formatted(countdown.passed().toSeconds(), setback));
  }

  @Override
  public void close() {
    http.shutdownNow();
    transports.close();
  }

  private WatchVerdict attempt() throws SetbackException {
    var endpoint = door.ask(countdown);
    try (var viewing = new Viewing(transports, endpoint)) {
      resume = viewing.connect(http, endpoint, resume, countdown);
      try {
        var picture = viewing.picture(countdown);
        var seen = decoded(picture);
        viewing.sayGoodbye();
        return seen;
      } catch (SetbackException e) {
        // Whoever tries again must not have left.
        if (!e.isPassing()) {
          viewing.sayGoodbye();
        }
        throw e;
      }
    }
  }

  private WatchVerdict decoded(DecodedPicture picture) {
    return new WatchVerdict.Decoded(
        picture.width(), picture.height(), countdown.passed().toMillis());
  }
}
