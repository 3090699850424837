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
  void why_a_session_ended_arrives_with_the_refusal() throws Exception {
    var ended = new GatewayRefusal("It has ended.", EndReason.APP_DELETED);
    assertThat(GatewayRefusal.parse(ended.toJson())).isEqualTo(ended);
    assertThat(ended.toJson())
        .isEqualTo("{\"detail\":\"It has ended.\",\"reason\":\"AppDeleted\"}");
  }

  @Test
  void a_long_body_is_quoted_from_its_beginning() {
    assertThat(GatewayRefusal.sentenceIn("x".repeat(100_000))).hasSize(301).endsWith("x…");
  }
}
