package dev.vitrine.runtime.app.selection;

import dev.vitrine.protocol.InputEvent;
import dev.vitrine.runtime.app.failure.Failures;
import dev.vitrine.runtime.app.picture.Cameraman;
import dev.vitrine.runtime.app.picture.RenderLoop;
import dev.vitrine.runtime.engine.PictureArea;
import dev.vitrine.runtime.engine.PictureSize;
import dev.vitrine.runtime.engine.Renderer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The selection: the viewer picks it in the picture, the page sets it, and the picture shows it by
 * a line around it. Safe for use by several threads: the selection itself is changed on the render
 * thread, between two pictures, so that it always fits the scene there.
 */
public final class SelectionHost {

  private static final Logger LOG = LoggerFactory.getLogger(SelectionHost.class);

  private final RenderLoop render;
  private final Cameraman cameraman;
  private final PictureSize size;
  private volatile Consumer<List<String>> page = prims -> {};
  private Pointing pointing;
  private Selection selection = Selection.INITIAL; // only the render thread touches it

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
   * @param viewer is told all that is selected then, if the viewer has picked; on the render thread
   * @return whether the camera is to follow as well
   */
  public synchronized boolean take(InputEvent event, Consumer<List<String>> viewer) {
    long now = System.nanoTime();
    pointing.picks(event, now).ifPresent(pick -> pick(pick, viewer));
    pointing = pointing.after(event, now);
    return pointing.steers(event, now);
  }

  private void pick(Pick pick, Consumer<List<String>> viewer) {
    var camera = cameraman.camera();
    var unused =
        render
            .with(
                renderer -> {
                  var drawn =
                      renderer.pick(
                          camera, size, pick.area(), prim -> selection.target(prim).isPresent());
                  var next = selection.after(pick.change(), drawn);
                  boolean changed = !next.prims().equals(selection.prims());
                  become(next, renderer);
                  if (changed) {
                    viewer.accept(next.prims());
                  }
                  return changed;
                })
            .exceptionally(
                failed -> {
                  LOG.warn("a click picked nothing: {}", Failures.sentence(failed));
                  return false;
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
    return render.with(
        renderer -> {
          become(selection.with(paths).among(path -> isDrawn(path, renderer)), renderer);
          return paths.stream().filter(path -> !isDrawn(path, renderer)).distinct().toList();
        });
  }

  /**
   * From now on the viewer can pick these prims only, by what is drawn at or below them; none for
   * an empty list, and every one for the root {@code /}.
   *
   * @return done once that holds
   */
  public CompletionStage<Boolean> makePickable(List<String> paths) {
    return render.with(
        renderer -> {
          selection = selection.pickingOnly(paths);
          return true;
        });
  }

  /** Begins anew for another viewer. */
  public synchronized void beginAnew() {
    pointing = Pointing.on(size);
    var unused =
        render
            .with(
                renderer -> {
                  stageChanged(renderer);
                  return true;
                })
            .exceptionally(
                failed -> {
                  LOG.warn("the selection of before stays: {}", Failures.sentence(failed));
                  return false;
                });
  }

  /** Another stage is drawn now. Render thread. */
  public void stageChanged(Renderer renderer) {
    become(Selection.INITIAL, renderer);
  }

  /** The stage was edited, or came back after a crash: what is not drawn any more drops out. */
  public void sceneChanged(Renderer renderer) {
    var next = selection.among(path -> isDrawn(path, renderer));
    if (!next.equals(selection)) {
      become(next, renderer);
      page.accept(next.prims());
    }
  }

  private void become(Selection next, Renderer renderer) {
    selection = next;
    renderer.outline(next.prims());
  }

  private static boolean isDrawn(String path, Renderer renderer) {
    return renderer.bounds(path).isPresent();
  }
}
