package dev.vitrine.runtime.engine;

import org.jspecify.annotations.Nullable;

/**
 * What may differ from one picture to the next.
 *
 * @param colors the codec's colour matrix
 * @param timeCode painted along the top edge for latency probes; absent in normal pictures
 */
public record PictureOptions(ColorMatrix colors, @Nullable TimeCode timeCode) {

  public static final PictureOptions DEFAULT = new PictureOptions(ColorMatrix.BT709, null);
}
