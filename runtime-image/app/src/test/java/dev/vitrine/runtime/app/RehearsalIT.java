package dev.vitrine.runtime.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.runtime.app.picture.Cameraman;
import dev.vitrine.runtime.app.viewer.Conversation;
import dev.vitrine.runtime.stream.webrtc.WebRtcTransportFactory;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rehearsal of a session, with the real transport. */
class RehearsalIT {

  private final Vertx vertx = Vertx.vertx();
  private final WebRtcTransportFactory transports = new WebRtcTransportFactory();
  private final Rehearsal rehearsal =
      new Rehearsal(
          vertx,
          transports,
          new Conversation.Partner(null, new Cameraman(1), null, null),
          InstantSource.system());

  @AfterEach
  void close() {
    if (rehearsal.cancel()) {
      transports.close();
    }
    vertx.close();
  }

  @Test
  void an_assignment_a_token_and_an_offer_are_taken() throws Exception {
    rehearsal.begin();

    assertThat(rehearsal.over().toCompletableFuture().get(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void one_that_was_cancelled_before_it_began_never_begins() {
    assertThat(rehearsal.cancel()).isTrue();
    rehearsal.begin();

    assertThat(rehearsal.over().toCompletableFuture()).isNotDone();
  }
}
