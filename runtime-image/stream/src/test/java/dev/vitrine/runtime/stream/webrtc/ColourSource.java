package dev.vitrine.runtime.stream.webrtc;

import dev.vitrine.runtime.stream.I420Planes;
import dev.vitrine.runtime.stream.Transport;
import dev.vitrine.runtime.stream.VideoFrame;
import java.nio.ByteBuffer;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Offers pictures of one colour, thirty a second, with rows longer than the picture is wide. */
final class ColourSource implements AutoCloseable {

  private static final int PADDING = 64;

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger open = new AtomicInteger();
  private final int width;
  private final int height;
  private final int y;
  private final int u;
  private final int v;

  @SuppressWarnings("FutureReturnValueIgnored")
  ColourSource(Transport transport, int width, int height, int y, int u, int v) {
    this.width = width;
    this.height = height;
    this.y = y;
    this.u = u;
    this.v = v;
    clock.scheduleAtFixedRate(() -> transport.offerFrame(frame()), 0, 33, TimeUnit.MILLISECONDS);
  }

  /** Frames that were offered and not yet given back. */
  int openCount() {
    return open.get();
  }

  VideoFrame frame() {
    open.incrementAndGet();
    var planes =
        new I420Planes(
            plane(width, height, y),
            width + PADDING,
            plane(width / 2, height / 2, u),
            width / 2 + PADDING,
            plane(width / 2, height / 2, v),
            width / 2 + PADDING);
    return new VideoFrame(width, height, planes, System.nanoTime(), open::decrementAndGet);
  }

  @Override
  public void close() {
    clock.close();
  }

  /** The padding is of another colour, so that it shows where it should not. */
  private static ByteBuffer plane(int width, int height, int value) {
    var plane = ByteBuffer.allocateDirect((width + PADDING) * height);
    for (var row = 0; row < height; row++) {
      for (var column = 0; column < width + PADDING; column++) {
        plane.put((byte) (column < width ? value : 255 - value));
      }
    }
    return plane.flip();
  }
}
