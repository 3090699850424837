package dev.vitrine.runtime.engine;

/** One pixel of an I420 picture turned back into RGB, each channel 0..255. */
record DecodedPixel(double red, double green, double blue) {

  static DecodedPixel at(Picture picture, int x, int y, ColorMatrix matrix) {
    double luma = (level(picture.luma(), picture.lumaStride(), x, y) - 16) / 219.0;
    double cb = (level(picture.chromaBlue(), picture.chromaStride(), x / 2, y / 2) - 128) / 224.0;
    double cr = (level(picture.chromaRed(), picture.chromaStride(), x / 2, y / 2) - 128) / 224.0;
    double red = luma + 2 * (1 - matrix.red()) * cr;
    double blue = luma + 2 * (1 - matrix.blue()) * cb;
    double green =
        (luma - matrix.red() * red - matrix.blue() * blue) / (1 - matrix.red() - matrix.blue());
    return new DecodedPixel(red * 255, green * 255, blue * 255);
  }

  static int level(java.nio.ByteBuffer plane, int stride, int x, int y) {
    return Byte.toUnsignedInt(plane.get(y * stride + x));
  }

  int toRgb() {
    return channel(red) << 16 | channel(green) << 8 | channel(blue);
  }

  private static int channel(double value) {
    return Math.clamp(Math.round(value), 0, 255);
  }
}
