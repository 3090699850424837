package dev.vitrine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatchVerdictTest {

  @Test
  void a_decoded_picture_survives_writing_and_reading() throws Exception {
    var verdict = new WatchVerdict.Decoded(1280, 720, 1834);

    assertThat(verdict.toJson())
        .isEqualTo("{\"decoded\":{\"width\":1280,\"height\":720,\"milliseconds\":1834}}");
    assertThat(WatchVerdict.parse(verdict.toJson())).isEqualTo(verdict);
  }

  @Test
  void a_failure_is_one_line_that_Kubernetes_keeps_whole() throws Exception {
    var verdict = new WatchVerdict.Failed("\u0001\n".repeat(3000));

    assertThat(verdict.toJson()).doesNotContain("\n").startsWith("{\"failed\":\"");
    assertThat(verdict.toJson().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(4096);
    assertThat(WatchVerdict.parse(verdict.toJson())).isEqualTo(verdict);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Segmentation fault",
        "{}",
        "{\"failed\":7}",
        "{\"decoded\":{}}",
        "{\"decoded\":{\"width\":0,\"height\":720,\"milliseconds\":1}}",
        "{\"decoded\":{\"width\":1280,\"height\":720,\"milliseconds\":-1}}"
      })
  void what_is_no_verdict_is_refused(String text) {
    assertThatExceptionOfType(BadMessageException.class)
        .isThrownBy(() -> WatchVerdict.parse(text))
        .withMessageStartingWith("The watch verdict");
  }
}
