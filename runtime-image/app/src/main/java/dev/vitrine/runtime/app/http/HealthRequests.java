package dev.vitrine.runtime.app.http;

import static java.util.Objects.requireNonNullElse;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Supplier;

/** The kubelet's questions: {@code /livez} and {@code /readyz}. */
public final class HealthRequests implements Handler<HttpServerRequest> {

  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;

  private final Supplier<Optional<String>> notReadyBecause;

  /**
   * @param notReadyBecause what is still missing, a sentence; empty once pictures can be made
   */
  public HealthRequests(Supplier<Optional<String>> notReadyBecause) {
    this.notReadyBecause = notReadyBecause;
  }

  @Override
  public void handle(HttpServerRequest request) {
    var response = request.response();
    switch (requireNonNullElse(request.path(), "/")) {
      case "/livez" -> response.end("alive\n");
      case "/readyz" ->
          notReadyBecause
              .get()
              .ifPresentOrElse(
                  why -> response.setStatusCode(UNAVAILABLE).end(why + "\n"),
                  () -> response.end("ready\n"));
      default -> response.setStatusCode(NOT_FOUND).end();
    }
  }
}
