package dev.vitrine.runtime.engine;

import org.jspecify.annotations.Nullable;

/**
 * What may differ from one picture to the next.
 *
 * @param colors the codec's colour matrix
 * @param timeCode painted along the top edge for latency probes; absent in normal pictures
 * @param band whose frame is painted over the picture while a viewer draws it
 */
public record PictureOptions(
    ColorMatrix colors, @Nullable TimeCode timeCode, @Nullable PictureArea band) {

  public static final PictureOptions DEFAULT = new PictureOptions(ColorMatrix.BT709, null, null);
}
