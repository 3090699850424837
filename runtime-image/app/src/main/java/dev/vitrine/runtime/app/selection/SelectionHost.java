package dev.vitrine.runtime.app.selection;

import dev.vitrine.protocol.InputEvent;
import dev.vitrine.runtime.app.failure.Failures;
import dev.vitrine.runtime.app.picture.Cameraman;
import dev.vitrine.runtime.app.picture.RenderLoop;
import dev.vitrine.runtime.engine.PictureArea;
import dev.vitrine.runtime.engine.PictureSize;
import dev.vitrine.runtime.engine.Renderer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The selection: the viewer picks it in the picture, the page sets it, and the picture shows it by
 * a line around it. Safe for use by several threads: the selection itself is changed on the render
 * thread, between two pictures, so that it always fits the scene there.
 */
public final class SelectionHost {

  private static final Logger LOG = LoggerFactory.getLogger(SelectionHost.class);

  /** A viewer who clicks faster than the GPU finds out what was hit loses the rest. */
  private static final int MOST_PICKS_WAITING = 4;

  private final RenderLoop render;
  private final Cameraman cameraman;
  private final PictureSize size;
  private final AtomicInteger picksWaiting = new AtomicInteger();
  private volatile Consumer<List<String>> page = prims -> {};
  private volatile int viewer; // the number of the one who is there
  private Pointing pointing;
  // Only the render thread touches these.
  private Selection selection = Selection.INITIAL;
  private int selecting; // the number of the viewer whose selection it is

  /**
   * @param cameraman knows from where the viewer looks
   * @param size of the picture
   */
  public SelectionHost(RenderLoop render, Cameraman cameraman, PictureSize size) {
    this.render = render;
    this.cameraman = cameraman;
    this.size = size;
    this.pointing = Pointing.on(size);
  }

  /**
   * Tells one page of changes that neither its viewer nor itself has made.
   *
   * @param page called on the render thread with all that is selected; returns quickly
   */
  public void follow(Consumer<List<String>> page) {
    this.page = page;
  }

  /**
   * Takes what the viewer did.
   *
   * @param picked is told all that is selected then, if the viewer has picked; on the render thread
   * @return whether the camera is to follow as well
   */
  public synchronized boolean take(InputEvent event, Consumer<List<String>> picked) {
    long now = System.nanoTime();
    pointing.picks(event, now).ifPresent(pick -> pick(pick, picked));
    pointing = pointing.after(event, now);
    return pointing.steers(event, now);
  }

  private void pick(Pick pick, Consumer<List<String>> picked) {
    if (picksWaiting.incrementAndGet() > MOST_PICKS_WAITING) {
      picksWaiting.decrementAndGet();
      LOG.debug("a click is left out: too many wait");
      return;
    }
    var camera = cameraman.camera();
    var unused =
        with(renderer -> {
              var drawn =
                  renderer.pick(
                      camera, size, pick.area(), prim -> selection.target(prim).isPresent());
              var next = selection.after(pick.change(), drawn);
              boolean changed = !next.prims().equals(selection.prims());
              become(next, renderer);
              if (changed) {
                picked.accept(next.prims());
              }
              return changed;
            })
            .whenComplete(
                (changed, failed) -> {
                  picksWaiting.decrementAndGet();
                  if (failed != null) {
                    LOG.debug("a click picked nothing: {}", Failures.sentence(failed));
                  }
                });
  }

  /** The frame of the area that the viewer is drawing. */
  public synchronized Optional<PictureArea> band() {
    return pointing.band();
  }

  /**
   * Selects what the page asks for, and nothing else.
   *
   * @return the paths that nothing is drawn at or below, and that are left out
   */
  public CompletionStage<List<String>> select(List<String> paths) {
    return with(
        renderer -> {
          var drawn = new ArrayList<String>();
          var leftOut = new ArrayList<String>();
          for (var path : new LinkedHashSet<>(paths)) {
            (renderer.isDrawn(path) ? drawn : leftOut).add(path);
          }
          become(selection.with(drawn), renderer);
          return leftOut;
        });
  }

  /**
   * From now on the viewer can pick these prims only, by what is drawn at or below them; none for
   * an empty list, and every one for the root {@code /}.
   *
   * @return done once that holds
   */
  public CompletionStage<Boolean> makePickable(List<String> paths) {
    return with(
        renderer -> {
          selection = selection.pickingOnly(paths);
          return true;
        });
  }

  /** All that is selected, in the order in which it was. */
  public CompletionStage<List<String>> prims() {
    return with(renderer -> selection.prims());
  }

  /** Begins anew for another viewer. */
  public synchronized void beginAnew() {
    pointing = Pointing.on(size);
    viewer++;
    var unused =
        prims()
            .exceptionally(
                failed -> {
                  LOG.debug("the selection is cleared later: {}", Failures.sentence(failed));
                  return List.of();
                });
  }

  /** Another stage is drawn now. Render thread. */
  public void stageChanged(Renderer renderer) {
    become(Selection.INITIAL, renderer);
  }

  /** The stage was edited, or came back after a crash: what is not drawn any more drops out. */
  public void sceneChanged(Renderer renderer) {
    clearForAnother(viewer, renderer);
    var next = selection.among(renderer::isDrawn);
    if (!next.equals(selection)) {
      become(next, renderer);
      page.accept(next.prims());
    }
  }

  private void become(Selection next, Renderer renderer) {
    selection = next;
    renderer.outline(next.prims());
  }

  /** Has something done for the viewer who is there now, unless another comes before its turn. */
  private <T> CompletionStage<T> with(Function<Renderer, T> task) {
    int asker = viewer;
    return render.with(
        renderer -> {
          int now = viewer;
          clearForAnother(now, renderer);
          if (asker != now) {
            throw new IllegalStateException("Another viewer has come.");
          }
          return task.apply(renderer);
        });
  }

  /** Nobody finds what was selected before them, even if there was no place for a task. */
  private void clearForAnother(int now, Renderer renderer) {
    if (selecting != now) {
      selecting = now;
      become(Selection.INITIAL, renderer);
    }
  }
}
