package dev.vitrine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayRefusalTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"detail\":\"It has ended.\"} | It has ended.",
        "<html>Bad Gateway</html> | <html>Bad Gateway</html>",
        "{\"detail\":[]} | {\"detail\":[]}",
        "'' | ''",
      })
  void the_sentence_is_found_or_the_body_quoted(String body, String sentence) {
    assertThat(GatewayRefusal.sentenceIn(body)).isEqualTo(sentence);
  }

  @Test
  void a_long_body_is_quoted_from_its_beginning() {
    assertThat(GatewayRefusal.sentenceIn("x".repeat(100_000))).hasSize(301).endsWith("x…");
  }
}
