package dev.vitrine.runtime.app.http;

import static java.util.Objects.requireNonNullElse;

import dev.vitrine.protocol.Assignment;
import dev.vitrine.protocol.RuntimeState;
import dev.vitrine.runtime.app.cluster.AssignmentDesk;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Plain requests in a pod of the cluster: {@code POST /assignment} and {@code GET /state}. */
public final class PodRequests implements Handler<HttpServerRequest> {

  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int TOO_LARGE = 413;

  private final AssignmentDesk desk;
  private final Consumer<Assignment> accepted;
  private final Supplier<CompletionStage<RuntimeState>> state;

  /**
   * @param accepted told of the pod's one assignment, on the server's thread
   * @param state how the session stands
   */
  public PodRequests(
      AssignmentDesk desk,
      Consumer<Assignment> accepted,
      Supplier<CompletionStage<RuntimeState>> state) {
    this.desk = desk;
    this.accepted = accepted;
    this.state = state;
  }

  @Override
  public void handle(HttpServerRequest request) {
    var path = requireNonNullElse(request.path(), "/");
    if (request.method().equals(HttpMethod.POST) && path.equals("/assignment")) {
      readBody(request);
    } else if (request.method().equals(HttpMethod.GET) && path.equals("/state")) {
      state.get().thenAccept(known -> tell(request, known));
    } else {
      answer(request, NOT_FOUND, "There is nothing here.");
    }
  }

  private static void tell(HttpServerRequest request, RuntimeState state) {
    request.response().putHeader("Content-Type", "application/json").end(state.toJson());
  }

  private void readBody(HttpServerRequest request) {
    var body = Buffer.buffer();
    request.handler(
        chunk -> {
          if (body.length() <= Assignment.MAX_BYTES) {
            body.appendBuffer(chunk);
          }
        });
    request.endHandler(
        end -> {
          if (body.length() > Assignment.MAX_BYTES) {
            answer(request, TOO_LARGE, "An assignment holds at most 512 KiB.");
          } else {
            receive(request, body.toString(StandardCharsets.UTF_8));
          }
        });
  }

  private void receive(HttpServerRequest request, String compact) {
    switch (desk.receive(compact.strip())) {
      case AssignmentDesk.Outcome.Accepted(var assignment) -> {
        accepted.accept(assignment);
        answer(request, OK, "accepted");
      }
      case AssignmentDesk.Outcome.Known(var assignment) -> answer(request, OK, "accepted before");
      case AssignmentDesk.Outcome.Taken(var sentence) -> answer(request, CONFLICT, sentence);
      case AssignmentDesk.Outcome.Untrusted(var sentence) ->
          answer(request, UNAUTHORIZED, sentence);
      case AssignmentDesk.Outcome.Malformed(var sentence) -> answer(request, BAD_REQUEST, sentence);
    }
  }

  private static void answer(HttpServerRequest request, int status, String sentence) {
    request.response().setStatusCode(status).end(sentence + "\n");
  }
}
