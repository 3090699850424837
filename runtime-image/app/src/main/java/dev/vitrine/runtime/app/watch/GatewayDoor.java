package dev.vitrine.runtime.app.watch;

import dev.vitrine.protocol.BadMessageException;
import dev.vitrine.protocol.ConnectGrant;
import dev.vitrine.protocol.GatewayRefusal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Asks the gateway for a connection, as the watching pod that this is. */
final class GatewayDoor implements Door {

  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(5);
  private static final int MOST_BYTES = 64 * 1024;
  private static final int OK = 200;
  private static final int FORBIDDEN = 403;
  private static final int GONE = 410;

  private final URI grants;
  private final Path tokenFile;
  private final HttpClient http;

  GatewayDoor(Target.Session session, HttpClient http) {
    this.http = http;
    this.grants = session.grants();
    this.tokenFile = session.tokenFile();
  }

  @Override
  public Endpoint ask(Countdown countdown) throws SetbackException {
    var limit = countdown.leftUpTo(REQUEST_LIMIT);
    var request =
        HttpRequest.newBuilder(grants)
            .timeout(limit.plusMillis(1)) // none is no limit to HttpClient
            .header("Authorization", "Bearer " + token())
            .POST(BodyPublishers.noBody())
            .build();
    var body = BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES);
    var sent = http.sendAsync(request, body);
    return endpointIn(
        Patience.await(
            sent,
            limit,
            () -> SetbackException.passing("The gateway did not answer in time."),
            failure ->
                SetbackException.passing(
                    "The gateway at %s cannot be reached: %s."
                        .formatted(grants.getRawAuthority(), Reasons.of(failure)))));
  }

  private static Endpoint endpointIn(HttpResponse<String> response) throws SetbackException {
    if (response.statusCode() != OK) {
      throw refusal(response.statusCode(), response.body());
    }
    try {
      var grant = ConnectGrant.parse(response.body());
      return new Endpoint(grant.url(), Optional.of(grant.token()), grant.iceServers());
    } catch (BadMessageException e) {
      throw SetbackException.lasting("The gateway's answer cannot be read: " + e.getMessage());
    }
  }

  private static SetbackException refusal(int status, String body) {
    var sentence = "The gateway answered %d: %s".formatted(status, GatewayRefusal.sentenceIn(body));
    return status == FORBIDDEN || status == GONE
        ? SetbackException.lasting(sentence)
        : SetbackException.passing(sentence);
  }

  /** Read anew each time, because it rotates. */
  private String token() throws SetbackException {
    try {
      var token = Files.readString(tokenFile).strip();
      if (!token.matches("[\\x21-\\x7e]+")) {
        throw SetbackException.lasting(tokenFile + " holds no token.");
      }
      return token;
    } catch (IOException e) {
      throw SetbackException.passing("The token %s cannot be read.".formatted(tokenFile));
    }
  }
}
