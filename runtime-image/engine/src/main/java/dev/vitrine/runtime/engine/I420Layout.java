package dev.vitrine.runtime.engine;

/** Where the planes of a picture lie in memory: luma, Cb, Cr, one after the other. */
record I420Layout(PictureSize size) {

  /** i420.comp writes eight pixels of luma at a time, and encoders like wide rows aligned. */
  private static final int LUMA_ALIGNMENT = 16;

  int lumaStride() {
    return Math.ceilDiv(size.width(), LUMA_ALIGNMENT) * LUMA_ALIGNMENT;
  }

  int chromaStride() {
    return lumaStride() / 2;
  }

  int lumaBytes() {
    return lumaStride() * size.height();
  }

  int chromaBytes() {
    return chromaStride() * (size.height() / 2);
  }

  int bytes() {
    return lumaBytes() + 2 * chromaBytes();
  }
}
