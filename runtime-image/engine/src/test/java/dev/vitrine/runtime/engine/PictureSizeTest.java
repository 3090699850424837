package dev.vitrine.runtime.engine;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureSizeTest {

  @ParameterizedTest
  @CsvSource({
    "1281,720,width",
    "14,720,width",
    "7682,720,width",
    "1280,721,height",
    "16,4322,height"
  })
  void sizes_out_of_range_or_odd_are_refused(int width, int height, String named) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PictureSize(width, height))
        .withMessageContaining("a picture's " + named);
  }
}
