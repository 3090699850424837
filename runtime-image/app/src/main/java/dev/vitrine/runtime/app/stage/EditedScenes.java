package dev.vitrine.runtime.app.stage;

import dev.vitrine.runtime.app.failure.Failures;
import dev.vitrine.runtime.app.picture.RenderLoop;
import dev.vitrine.runtime.engine.Renderer;
import dev.vitrine.runtime.stage.OpenedStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what handlers edited into the picture, with the camera where it is. Edits may come faster
 * than pictures: of those that wait only the newest is worth drawing.
 */
final class EditedScenes {

  private static final Logger LOG = LoggerFactory.getLogger(EditedScenes.class);

  private final RenderLoop render;
  private final Consumer<Renderer> drawn;
  private volatile AtomicReference<@Nullable OpenedStage> newest = new AtomicReference<>();

  /**
   * @param drawn called on the render thread when an edit is drawn
   */
  EditedScenes(RenderLoop render, Consumer<Renderer> drawn) {
    this.render = render;
    this.drawn = drawn;
  }

  /** Shows the stage, which this closes. */
  void show(OpenedStage stage) {
    var own = newest; // what waits there is drawn in one go
    var waiting = own.getAndSet(stage);
    if (waiting != null) {
      waiting.close(); // whoever was to draw it finds the newer one
      return;
    }
    var unused =
        render
            .with(
                renderer -> {
                  try (var edited = own.getAndSet(null)) {
                    if (edited != null) {
                      renderer.apply(edited.scene());
                      drawn.accept(renderer);
                    }
                    return edited != null;
                  }
                })
            .exceptionally(
                failed -> {
                  LOG.warn("an edit cannot be shown: {}", Failures.sentence(failed));
                  empty(own);
                  return false;
                });
  }

  /** What waits is of a stage that another one takes the place of, and is drawn before. */
  void drop() {
    var dropped = newest;
    newest = new AtomicReference<>();
    empty(dropped);
  }

  private static void empty(AtomicReference<@Nullable OpenedStage> slot) {
    var waiting = slot.getAndSet(null);
    if (waiting != null) {
      waiting.close();
    }
  }
}
