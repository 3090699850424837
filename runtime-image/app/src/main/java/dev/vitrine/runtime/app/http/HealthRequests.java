package dev.vitrine.runtime.app.http;

import static java.util.Objects.requireNonNullElse;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The kubelet's questions: {@code /livez}, {@code /readyz}, and {@code /warmz}, which is asked of
 * pods that no session waits for.
 */
public final class HealthRequests implements Handler<HttpServerRequest> {

  private static final int NOT_FOUND = 404;
  private static final int UNAVAILABLE = 503;

  private final Supplier<Optional<String>> notReadyBecause;
  private final Supplier<Optional<String>> notWarmBecause;

  /**
   * @param notReadyBecause what is still missing, a sentence; empty once pictures can be made
   * @param notWarmBecause so too; empty once the first picture has been made
   */
  public HealthRequests(
      Supplier<Optional<String>> notReadyBecause, Supplier<Optional<String>> notWarmBecause) {
    this.notReadyBecause = notReadyBecause;
    this.notWarmBecause = notWarmBecause;
  }

  @Override
  public void handle(HttpServerRequest request) {
    var response = request.response();
    switch (requireNonNullElse(request.path(), "/")) {
      case "/livez" -> response.end("alive\n");
      case "/readyz" -> answer(response, notReadyBecause.get(), "ready");
      case "/warmz" -> answer(response, notWarmBecause.get(), "warm");
      default -> response.setStatusCode(NOT_FOUND).end();
    }
  }

  private static void answer(HttpServerResponse response, Optional<String> missing, String well) {
    missing.ifPresentOrElse(
        why -> response.setStatusCode(UNAVAILABLE).end(why + "\n"),
        () -> response.end(well + "\n"));
  }
}
