package dev.vitrine.runtime.stream;

/** How pictures are encoded; the names are those of SDP. */
public enum VideoCodec {
  VP8(ColourMatrix.BT601),
  VP9(ColourMatrix.BT709),
  H264(ColourMatrix.BT709),
  AV1(ColourMatrix.BT709);

  /** How luma and chroma are made of red, green and blue. */
  public enum ColourMatrix {
    BT601,
    BT709
  }

  private final ColourMatrix matrix;

  VideoCodec(ColourMatrix matrix) {
    this.matrix = matrix;
  }

  /** The matrix by which browsers decode pictures that do not name theirs, as ours do not. */
  public ColourMatrix matrix() {
    return matrix;
  }
}
