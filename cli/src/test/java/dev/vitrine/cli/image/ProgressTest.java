package dev.vitrine.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressTest {

  @Test
  void each_tenth_is_told_once_and_none_twice() {
    var told = new ArrayList<String>();
    var progress = new Progress(told::add);
    IntStream.of(0, 1, 1, 4, 3, 10, 10).forEach(progress::tell);
    assertThat(told).containsExactly("10 %", "40 %", "100 %");
  }
}
