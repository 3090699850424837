package dev.vitrine.runtime.app.picture;

import dev.vitrine.runtime.engine.ColorMatrix;
import dev.vitrine.runtime.engine.Picture;
import dev.vitrine.runtime.engine.PictureArea;
import dev.vitrine.runtime.engine.PictureOptions;
import dev.vitrine.runtime.engine.TimeCode;
import dev.vitrine.runtime.stream.I420Planes;
import dev.vitrine.runtime.stream.Transport;
import dev.vitrine.runtime.stream.VideoCodec;
import dev.vitrine.runtime.stream.VideoFrame;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Hands the renderer's pictures to a viewer's transport. For the render thread. */
public final class TransportAudience implements RenderLoop.Audience {

  private static final int SIXTEEN_BITS = 0xffff;
  private static final int EIGHT_BITS = 0xff;

  private final Transport transport;
  private final ColorMatrix colors;
  private final boolean timeCode;
  private final Supplier<Optional<PictureArea>> band;
  private int sequence;

  /**
   * @param codec decides by which matrix browsers turn the picture into colours
   * @param timeCode whether pictures carry the time of their making, for latency probes
   * @param band the frame of the area that the viewer is drawing; asked just before each picture
   */
  public TransportAudience(
      Transport transport,
      VideoCodec codec,
      boolean timeCode,
      Supplier<Optional<PictureArea>> band) {
    this.transport = transport;
    this.colors =
        switch (codec.matrix()) {
          case BT601 -> ColorMatrix.BT601;
          case BT709 -> ColorMatrix.BT709;
        };
    this.timeCode = timeCode;
    this.band = band;
  }

  @Override
  public PictureOptions options() {
    return new PictureOptions(colors, timeCode ? nextTimeCode() : null, band.get().orElse(null));
  }

  @Override
  public void show(Picture picture) {
    var planes =
        new I420Planes(
            picture.luma(),
            picture.lumaStride(),
            picture.chromaBlue(),
            picture.chromaStride(),
            picture.chromaRed(),
            picture.chromaStride());
    transport.offerFrame(
        new VideoFrame(
            picture.size().width(),
            picture.size().height(),
            planes,
            picture.capturedAtNanos(),
            picture::close));
  }

  /** The machine's monotonic clock, which a probe on the same machine can read too. */
  private TimeCode nextTimeCode() {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    return new TimeCode((int) (millis & SIXTEEN_BITS), sequence++ & EIGHT_BITS, false);
  }
}
