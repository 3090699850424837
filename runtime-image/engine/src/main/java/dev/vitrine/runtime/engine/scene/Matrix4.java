package dev.vitrine.runtime.engine.scene;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A 4x4 transform of column vectors, stored column by column. OpenUSD's row-major matrices for row
 * vectors have the very same sixteen numbers in the same order.
 */
public final class Matrix4 {

  /** Bytes of one matrix as sixteen little-endian floats, the form that crosses to the GPU. */
  public static final long FLOAT_BYTES = 64;

  public static final Matrix4 IDENTITY =
      new Matrix4(new double[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1});

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final double[] m;

  private Matrix4(double[] columns) {
    this.m = columns;
  }

  /** Reads sixteen finite numbers, column by column. */
  public static Matrix4 ofColumns(double... columns) {
    if (columns.length != 16) {
      throw new IllegalArgumentException(
          "a matrix needs 16 numbers, but has %d".formatted(columns.length));
    }
    if (!Arrays.stream(columns).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          "a matrix needs finite numbers, but is " + Arrays.toString(columns));
    }
    return new Matrix4(columns.clone());
  }

  /** Whether all numbers are within a float's range, so that products of a few stay finite. */
  boolean fitsFloats() {
    return Arrays.stream(m).allMatch(number -> Math.abs(number) <= Float.MAX_VALUE);
  }

  /** Reads sixteen little-endian floats at a byte offset. */
  public static Matrix4 ofFloats(MemorySegment segment, long offset) {
    var columns = new double[16];
    for (int i = 0; i < 16; i++) {
      columns[i] = segment.get(FLOAT, offset + 4L * i);
    }
    return ofColumns(columns);
  }

  public static Matrix4 translation(Vec3 by) {
    return ofColumns(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, by.x(), by.y(), by.z(), 1);
  }

  public double at(int row, int column) {
    return m[column * 4 + row];
  }

  /** The transform that applies {@code first} and then this. */
  public Matrix4 times(Matrix4 first) {
    var product = new double[16];
    for (int column = 0; column < 4; column++) {
      for (int row = 0; row < 4; row++) {
        double sum = 0;
        for (int k = 0; k < 4; k++) {
          sum += m[k * 4 + row] * first.m[column * 4 + k];
        }
        product[column * 4 + row] = sum;
      }
    }
    return new Matrix4(product);
  }

  /** A point moved by this affine transform. */
  public Vec3 point(Vec3 p) {
    return direction(p).plus(new Vec3(m[12], m[13], m[14]));
  }

  /** A direction turned and scaled by this transform, not normalised. */
  public Vec3 direction(Vec3 d) {
    return new Vec3(
        m[0] * d.x() + m[4] * d.y() + m[8] * d.z(),
        m[1] * d.x() + m[5] * d.y() + m[9] * d.z(),
        m[2] * d.x() + m[6] * d.y() + m[10] * d.z());
  }

  /** Sixteen floats, column by column. */
  public float[] toFloats() {
    var floats = new float[16];
    for (int i = 0; i < 16; i++) {
      floats[i] = (float) m[i];
    }
    return floats;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Matrix4 matrix && Arrays.equals(m, matrix.m);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(m);
  }

  @Override
  public String toString() {
    return "Matrix4" + Arrays.toString(m);
  }
}
