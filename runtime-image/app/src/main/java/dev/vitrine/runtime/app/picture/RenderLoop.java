package dev.vitrine.runtime.app.picture;

import dev.vitrine.runtime.engine.Picture;
import dev.vitrine.runtime.engine.PictureOptions;
import dev.vitrine.runtime.engine.PictureSize;
import dev.vitrine.runtime.engine.Renderer;
import dev.vitrine.runtime.engine.RendererOptions;
import dev.vitrine.runtime.engine.camera.Camera;
import dev.vitrine.runtime.engine.vk.VulkanException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The thread that owns the renderer. While somebody watches it renders at a steady rate, each
 * picture with the camera's newest place; while nobody does it only takes changes of the scene.
 */
public final class RenderLoop implements AutoCloseable {

  /** Takes finished pictures, and closes them. */
  public interface Audience {
    void show(Picture picture);

    /** How the next picture is to be made. */
    PictureOptions options();
  }

  /** Something to do between two pictures. */
  private record Task<T>(Function<Renderer, T> work, CompletableFuture<T> result) {

    /** A GPU that failed is of no more use: the loop ends with the task. */
    void perform(Renderer renderer) {
      try {
        result.complete(work.apply(renderer));
      } catch (VulkanException | Error e) {
        result.completeExceptionally(e);
        throw e;
      } catch (RuntimeException e) {
        result.completeExceptionally(e);
      }
    }

    void refuse(String sentence) {
      result.completeExceptionally(new IllegalStateException(sentence));
    }
  }

  private static final int MOST_WAITING = 64;
  private static final long CLOSE_LIMIT_MILLIS = 5_000;

  private final PictureSize size;
  private final long frameNanos;
  private final Supplier<Camera> camera;
  private final Consumer<Throwable> failure;
  private final BlockingQueue<Task<?>> work = new ArrayBlockingQueue<>(MOST_WAITING);
  private final CompletableFuture<String> device = new CompletableFuture<>();
  private final Thread thread;
  private volatile boolean closing;
  private @Nullable Audience audience; // only the render thread touches it

  /**
   * Opens the GPU in the background.
   *
   * @param fps pictures a second while somebody watches
   * @param camera where the scene is looked at from; asked just before each picture
   * @param failure told once when the GPU cannot be opened or fails, after which nothing is
   *     rendered any more
   */
  public RenderLoop(
      RendererOptions options,
      PictureSize size,
      double fps,
      Supplier<Camera> camera,
      Consumer<Throwable> failure) {
    this.size = size;
    this.frameNanos = Math.round(TimeUnit.SECONDS.toNanos(1) / fps);
    this.camera = camera;
    this.failure = failure;
    this.thread = Thread.ofPlatform().daemon().name("render").start(() -> run(options));
  }

  /** The GPU's name once it is open; fails with what to check if it cannot be opened. */
  public CompletionStage<String> device() {
    return device;
  }

  /**
   * Has something done with the renderer between two pictures.
   *
   * @return the task's result; fails when it failed, and when too much is waiting already
   */
  public <T> CompletionStage<T> with(Function<Renderer, T> task) {
    var waiting = new Task<>(task, new CompletableFuture<T>());
    if (closing) {
      waiting.refuse("Nothing is rendered any more.");
    } else if (!work.offer(waiting)) {
      waiting.refuse("The renderer is too busy; try again.");
    } else if (closing && work.remove(waiting)) {
      waiting.refuse("Nothing is rendered any more."); // the loop ended in between
    }
    return waiting.result();
  }

  /**
   * Shows pictures to this audience from now on, or to nobody.
   *
   * @return whether there is an audience now; fails as {@link #with} does
   */
  public CompletionStage<Boolean> showTo(@Nullable Audience next) {
    return with(
        renderer -> {
          audience = next;
          return next != null;
        });
  }

  /**
   * Renders a picture for nobody, unless somebody watches anyway: a scene's first picture takes
   * longest. For tasks, on the render thread.
   */
  public void rehearse(Renderer renderer) {
    if (audience == null) {
      renderer.render(camera.get(), size).close();
    }
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join(CLOSE_LIMIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(RendererOptions options) {
    try (var renderer = Renderer.create(options)) {
      device.complete(renderer.device());
      long nextFrameAt = System.nanoTime();
      while (!closing) {
        nextFrameAt = workUntil(nextFrameAt, renderer);
        var watching = audience;
        if (watching != null) {
          watching.show(renderer.render(camera.get(), size, watching.options()));
        }
      }
      Thread.interrupted(); // the wake-up of close(): the renderer waits for its pictures now
    } catch (InterruptedException e) {
      device.cancel(false);
    } catch (RuntimeException | Error e) {
      device.completeExceptionally(e);
      failure.accept(e);
    } finally {
      closing = true;
      for (var left = work.poll(); left != null; left = work.poll()) {
        left.refuse("Nothing is rendered any more.");
      }
    }
  }

  /** Does what waits until the next picture is due; says when the one after it is. */
  private long workUntil(long frameAt, Renderer renderer) throws InterruptedException {
    for (long left = 1; audience == null || left > 0; left = frameAt - System.nanoTime()) {
      var task = audience == null ? work.take() : work.poll(left, TimeUnit.NANOSECONDS);
      if (task != null) {
        task.perform(renderer);
      }
    }
    // What comes from now on waits for the picture: however much comes, pictures are made.
    for (int due = work.size(); due > 0; due--) {
      var task = work.poll();
      if (task != null) {
        task.perform(renderer);
      }
    }
    // After a pause or a slow picture the rate goes on from now: nobody wants the lost ones.
    return Math.max(frameAt + frameNanos, System.nanoTime());
  }
}
