package dev.vitrine.operator.pod;

import dev.vitrine.api.v1alpha1.StreamClassSpec.VideoCeilings;
import dev.vitrine.api.v1alpha1.StreamingAppSpec.Video;
import dev.vitrine.protocol.VideoSettings;

/** Brings an app's wishes for its picture down to what its class allows. */
final class VideoFit {

  /** Smallest side that is sent, in pixels. */
  private static final int MIN_SIDE = 16;

  private VideoFit() {}

  /** Keeps the shape of the picture; both sides stay even. */
  static VideoSettings fit(Video wish, VideoCeilings ceilings) {
    double pixels = (double) wish.width() * wish.height();
    double scale = Math.min(1, Math.sqrt(ceilings.maxPixels() / pixels));
    return new VideoSettings(
        even(wish.width() * scale),
        even(wish.height() * scale),
        Math.min(wish.fps(), ceilings.maxFps()),
        Math.min(wish.kbps(), ceilings.maxKbps()));
  }

  private static int even(double side) {
    return Math.max(MIN_SIDE, (int) side / 2 * 2);
  }
}
