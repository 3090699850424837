package dev.vitrine.runtime.app.viewer;

import dev.vitrine.protocol.ViewerReply;
import dev.vitrine.protocol.ViewerReply.Change;
import dev.vitrine.protocol.ViewerReply.Point;
import dev.vitrine.protocol.ViewerReply.Result;
import dev.vitrine.protocol.ViewerReply.StageCamera;
import dev.vitrine.protocol.ViewerRequest.CameraRequest;
import dev.vitrine.protocol.ViewerRequest.FitCameraRequest;
import dev.vitrine.protocol.ViewerRequest.GetCamerasRequest;
import dev.vitrine.protocol.ViewerRequest.SetCameraRequest;
import dev.vitrine.protocol.ViewerRequest.SetCameraStateRequest;
import dev.vitrine.runtime.app.failure.Failures;
import dev.vitrine.runtime.app.picture.Cameraman;
import dev.vitrine.runtime.app.picture.RenderLoop;
import dev.vitrine.runtime.engine.Renderer;
import dev.vitrine.runtime.engine.scene.Bounds;
import dev.vitrine.runtime.engine.scene.CameraData;
import dev.vitrine.runtime.engine.scene.Vec3;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/** Answers what the page asks of the camera. */
final class CameraAnswers {

  /** More would not be a list that anybody reads. */
  private static final int MOST_CAMERAS = 1000;

  private final Cameraman cameraman;
  private final RenderLoop render;

  CameraAnswers(Cameraman cameraman, RenderLoop render) {
    this.cameraman = cameraman;
    this.render = render;
  }

  /**
   * Answers one request, sooner or later.
   *
   * @param replies takes the replies, on any thread
   */
  void answer(CameraRequest request, Consumer<ViewerReply> replies) {
    switch (request) {
      case GetCamerasRequest() ->
          render
              .with(Renderer::cameras)
              .whenComplete(
                  (found, failed) ->
                      replies.accept(
                          failed == null
                              ? cameras(found)
                              : new ViewerReply.ViewerError(
                                  "getCamerasRequest", Failures.sentence(failed))));
      case SetCameraRequest(var path) -> setCamera(path, replies);
      case FitCameraRequest(var paths) ->
          go(Change.CAMERA_FIT, renderer -> bounds(renderer, paths), this::fit, replies);
      case SetCameraStateRequest(var position, var target, var fieldOfView) -> {
        if (position.equals(target)) {
          var sentence = "The camera needs a `target` that is not its `position`.";
          replies.accept(new ViewerReply.Outcome(Change.CAMERA_STATE, Result.ERROR, sentence));
          return;
        }
        var angle =
            fieldOfView == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.toRadians(fieldOfView));
        cameraman.look(vector(position), vector(target), angle);
        replies.accept(new ViewerReply.Outcome(Change.CAMERA_STATE, Result.SUCCESS, ""));
      }
    }
  }

  private void setCamera(String path, Consumer<ViewerReply> replies) {
    if (path.isEmpty()) {
      cameraman.goBack();
      replies.accept(new ViewerReply.Outcome(Change.CAMERA, Result.SUCCESS, ""));
      return;
    }
    go(
        Change.CAMERA,
        renderer -> renderer.cameras().stream().filter(it -> it.owner().equals(path)).findFirst(),
        camera -> goThrough(camera, path),
        replies);
  }

  private String goThrough(Optional<CameraData> camera, String path) {
    camera.ifPresent(cameraman::goThrough);
    return camera.isPresent() ? "" : "The stage has no perspective camera at %s.".formatted(path);
  }

  private String fit(Optional<Bounds> box) {
    box.ifPresent(cameraman::fit);
    return box.isPresent() ? "" : "Nothing is drawn there.";
  }

  /**
   * @param move does it, or says in a sentence why not
   */
  private <T> void go(
      Change change,
      Function<Renderer, T> look,
      Function<T, String> move,
      Consumer<ViewerReply> replies) {
    CompletionStage<String> moved = render.with(look).thenApply(move);
    moved.whenComplete(
        (refused, failed) -> {
          var sentence = failed == null ? refused : Failures.sentence(failed);
          var result = sentence.isEmpty() ? Result.SUCCESS : Result.ERROR;
          replies.accept(new ViewerReply.Outcome(change, result, sentence));
        });
  }

  private static Optional<Bounds> bounds(Renderer renderer, List<String> paths) {
    return paths.isEmpty()
        ? renderer.bounds()
        : new LinkedHashSet<>(paths)
            .stream().map(renderer::bounds).flatMap(Optional::stream).reduce(Bounds::union);
  }

  private static ViewerReply cameras(List<CameraData> found) {
    return new ViewerReply.GetCamerasResponse(
        found.stream()
            .limit(MOST_CAMERAS)
            .map(CameraData::owner)
            .map(path -> new StageCamera(path.substring(path.lastIndexOf('/') + 1), path))
            .toList());
  }

  private static Vec3 vector(Point point) {
    return new Vec3(point.x(), point.y(), point.z());
  }
}
