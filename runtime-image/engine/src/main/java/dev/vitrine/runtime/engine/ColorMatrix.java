package dev.vitrine.runtime.engine;

/** How RGB becomes Y'CbCr, always in limited range (Y' 16..235, chroma 16..240). */
public enum ColorMatrix {
  /** ITU-R BT.709: what browsers assume of H.264, VP9 and AV1 that say nothing. */
  BT709(0.2126, 0.0722),
  /** ITU-R BT.601: what browsers assume of VP8. */
  BT601(0.299, 0.114);

  private final double red;
  private final double blue;

  ColorMatrix(double red, double blue) {
    this.red = red;
    this.blue = blue;
  }

  /** The weight of red in luma (Kr). */
  public double red() {
    return red;
  }

  /** The weight of blue in luma (Kb). */
  public double blue() {
    return blue;
  }
}
