package dev.vitrine.runtime.app.viewer;

import dev.vitrine.protocol.ViewerReply;
import dev.vitrine.protocol.ViewerReply.Result;
import dev.vitrine.protocol.ViewerRequest.MakePrimsPickable;
import dev.vitrine.protocol.ViewerRequest.SelectPrimsRequest;
import dev.vitrine.protocol.ViewerRequest.SelectionRequest;
import dev.vitrine.runtime.app.failure.Failures;
import dev.vitrine.runtime.app.selection.SelectionHost;
import java.util.List;
import java.util.function.Consumer;

/** Answers what the page asks of selection and picking. */
final class SelectionAnswers {

  private final SelectionHost selection;

  SelectionAnswers(SelectionHost selection) {
    this.selection = selection;
  }

  /**
   * Answers one request, sooner or later.
   *
   * @param replies takes the replies, on any thread
   */
  void answer(SelectionRequest request, Consumer<ViewerReply> replies) {
    switch (request) {
      case SelectPrimsRequest(var paths) -> select(paths, replies);
      case MakePrimsPickable(var paths) -> makePickable(paths, replies);
    }
  }

  /** The vocabulary has no answer to this: only what went wrong is told. */
  private void select(List<String> paths, Consumer<ViewerReply> replies) {
    selection
        .select(paths)
        .whenComplete(
            (leftOut, failed) -> {
              if (failed != null) {
                replies.accept(refusal(Failures.sentence(failed)));
              } else if (!leftOut.isEmpty()) {
                replies.accept(refusal(notDrawn(leftOut)));
              }
            });
  }

  private static ViewerReply refusal(String sentence) {
    return new ViewerReply.ViewerError("selectPrimsRequest", sentence);
  }

  private static String notDrawn(List<String> paths) {
    var others =
        switch (paths.size()) {
          case 1 -> "";
          case 2 -> " and at another path";
          default -> " and at %d other paths".formatted(paths.size() - 1);
        };
    return "Nothing is drawn at or below %s%s, which cannot be selected."
        .formatted(paths.getFirst(), others);
  }

  private void makePickable(List<String> paths, Consumer<ViewerReply> replies) {
    selection
        .makePickable(paths)
        .whenComplete(
            (done, failed) ->
                replies.accept(
                    failed == null
                        ? new ViewerReply.MakePrimsPickableResponse(Result.SUCCESS, "")
                        : new ViewerReply.MakePrimsPickableResponse(
                            Result.ERROR, Failures.sentence(failed))));
  }
}
