package dev.vitrine.runtime.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class DecodedPictureTest {

  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;
  private static final int STRIDE = 1344;

  private final ByteBuffer luma = ByteBuffer.allocateDirect(STRIDE * HEIGHT);

  /** What lies beyond a row's end is no part of the picture. */
  private void paint(int x, int y, int width, int height, int level) {
    for (int row = y; row < y + height; row++) {
      for (int column = x; column < x + width; column++) {
        luma.put(row * STRIDE + column, (byte) level);
      }
    }
  }

  private DecodedPicture look() {
    return DecodedPicture.of(WIDTH, HEIGHT, luma, STRIDE);
  }

  @Test
  void one_colour_is_no_picture_whatever_follows_its_rows() {
    paint(0, 0, WIDTH, HEIGHT, 120);
    paint(WIDTH, 0, STRIDE - WIDTH, HEIGHT, 255);

    assertThat(look()).isEqualTo(new DecodedPicture(WIDTH, HEIGHT, 0));
    assertThat(look().showsSomething()).isFalse();
  }

  @Test
  void what_a_codec_makes_of_one_colour_is_none_either() {
    for (int y = 0; y < HEIGHT; y++) {
      paint(0, y, WIDTH, 1, 120 + y % 8);
    }

    assertThat(look().showsSomething()).isFalse();
  }

  @Test
  void a_small_thing_on_a_plain_ground_is_a_picture() {
    paint(0, 0, WIDTH, HEIGHT, 40);
    paint(600, 300, 24, 24, 200);

    assertThat(look()).isEqualTo(new DecodedPicture(WIDTH, HEIGHT, 160));
    assertThat(look().showsSomething()).isTrue();
  }

  @Test
  void levels_above_127_are_brighter_and_not_negative() {
    paint(0, 0, WIDTH, HEIGHT, 235);
    paint(0, 0, WIDTH / 2, HEIGHT, 16);

    assertThat(look().contrast()).isEqualTo(219);
  }

  @Test
  void a_picture_without_pixels_is_none() {
    assertThat(DecodedPicture.of(0, 0, ByteBuffer.allocate(0), 0))
        .isEqualTo(new DecodedPicture(0, 0, 0));
    assertThat(new DecodedPicture(0, 720, 200).showsSomething()).isFalse();
  }

  @Test
  void a_picture_of_few_pixels_is_looked_at_whole() {
    var few = ByteBuffer.wrap(new byte[] {16, 16, 16, 16, 16, 90});

    assertThat(DecodedPicture.of(3, 2, few, 3).contrast()).isEqualTo(74);
  }
}
