package dev.vitrine.runtime.engine;

import java.nio.ByteBuffer;

/**
 * One rendered picture in I420, in memory that the renderer takes back on close. The planes must
 * not be touched afterwards. Any thread may read and close it; closing twice does nothing.
 */
public interface Picture extends AutoCloseable {

  PictureSize size();

  /** Luma: {@link #lumaStride()} bytes a row, {@code height} rows; a new view on each call. */
  ByteBuffer luma();

  /** Cb: {@link #chromaStride()} bytes a row, half the rows; a new view on each call. */
  ByteBuffer chromaBlue();

  /** Cr: {@link #chromaStride()} bytes a row, half the rows; a new view on each call. */
  ByteBuffer chromaRed();

  /** Bytes from one row of luma to the next, at least the width. */
  int lumaStride();

  /** Bytes from one row of chroma to the next, at least half the width. */
  int chromaStride();

  /** When rendering began, by {@link System#nanoTime()}. */
  long capturedAtNanos();

  @Override
  void close();
}
