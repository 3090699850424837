package dev.vitrine.runtime.engine;

import java.util.List;

/**
 * What a picture says about itself to a latency probe: black and white bars along its top edge.
 *
 * @param millis a time, modulo 2^16 milliseconds
 * @param sequence the picture's number, modulo 2^8
 * @param state toggled by input, so that a probe sees when a picture answers it
 */
public record TimeCode(int millis, int sequence, boolean state) {

  /** How many bars there are across the picture. */
  public static final int BARS = 40;

  /** Where the bars lie in a picture of 720 rows. */
  private static final int FROM = 8;

  private static final int TO = 24;
  private static final int OF = 720;

  private static final byte WHITE = (byte) 235;
  private static final byte BLACK = 16;
  private static final byte GRAY = (byte) 128;

  public TimeCode {
    if (millis < 0 || millis > 0xffff) {
      throw new IllegalArgumentException("millis must lie in 0..65535, but is " + millis);
    }
    if (sequence < 0 || sequence > 0xff) {
      throw new IllegalArgumentException("sequence must lie in 0..255, but is " + sequence);
    }
  }

  /**
   * The bars from the left, the first in the highest of {@link #BARS} bits: 1, 0, millis (16),
   * sequence (8), state, a checksum (4) of all nibbles, and zeros.
   */
  public long bars() {
    int stateBit = state ? 1 : 0;
    int checksum =
        (millis & 15)
            + (millis >> 4 & 15)
            + (millis >> 8 & 15)
            + (millis >> 12)
            + (sequence & 15)
            + (sequence >> 4)
            + stateBit;
    long bits = 0b10;
    bits = bits << 16 | millis;
    bits = bits << 8 | sequence;
    bits = bits << 1 | stateBit;
    bits = bits << 4 | (checksum & 15);
    return bits << (BARS - 31);
  }

  /** Paints the bars over a picture. */
  void paintOn(Picture picture) {
    var size = picture.size();
    int from = FROM * size.height() / OF & ~1;
    int to = Math.ceilDiv(TO * size.height(), OF);
    var luma = picture.luma();
    for (int x = 0; x < size.width(); x++) {
      int bar = x * BARS / size.width();
      byte level = (bars() >>> (BARS - 1 - bar) & 1) == 1 ? WHITE : BLACK;
      for (int y = from; y < to; y++) {
        luma.put(y * picture.lumaStride() + x, level);
      }
    }
    for (var chroma : List.of(picture.chromaBlue(), picture.chromaRed())) {
      for (int at = from / 2 * picture.chromaStride();
          at < Math.ceilDiv(to, 2) * picture.chromaStride();
          at++) {
        chroma.put(at, GRAY);
      }
    }
  }
}
