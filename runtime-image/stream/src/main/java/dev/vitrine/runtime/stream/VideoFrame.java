package dev.vitrine.runtime.stream;

import java.util.concurrent.atomic.AtomicBoolean;

/** A picture with one owner: who takes it closes it, and its memory goes back to who made it. */
public final class VideoFrame implements AutoCloseable {

  private final int width;
  private final int height;
  private final I420Planes planes;
  private final long capturedAtNanos;
  private final Runnable release;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * A new frame, owned by the caller.
   *
   * @param width in pixels, even
   * @param height in pixels, even
   * @param capturedAtNanos when rendering began, by {@link System#nanoTime}
   * @param release gives the planes' memory back; called once, by the thread that closes
   */
  public VideoFrame(
      int width, int height, I420Planes planes, long capturedAtNanos, Runnable release) {
    this.width = width;
    this.height = height;
    this.planes = planes;
    this.capturedAtNanos = capturedAtNanos;
    this.release = release;
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** The pixels; not to be touched once the frame is closed. */
  public I420Planes planes() {
    return planes;
  }

  public long capturedAtNanos() {
    return capturedAtNanos;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release.run();
    }
  }
}
