package dev.vitrine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessageFramesTest {

  @Test
  void what_fits_into_a_frame_is_one() {
    var message = message("7", "a".repeat(60_000));

    assertThat(MessageFrames.of(message)).containsExactly(message.toJson());
  }

  @Test
  void what_does_not_is_parts_that_do_and_make_up_the_whole() throws BadMessageException {
    // Quotes and characters beyond the basic plane are what grows most on its way.
    var message = message("7", "\"\\\ud83d\ude00é".repeat(30_000) + "x");
    var whole = new StringBuilder();
    var frames = MessageFrames.of(message);

    for (int i = 0; i < frames.size(); i++) {
      assertThat(frames.get(i).getBytes(StandardCharsets.UTF_8))
          .hasSizeLessThanOrEqualTo(AppMessage.MAX_BYTES);
      var part = AppMessage.parse(frames.get(i));
      assertThat(part.eventType()).isEqualTo("vitrine.chunk");
      assertThat(part.payload().get("id").asText()).isEqualTo("7");
      assertThat(part.payload().get("index").asInt()).isEqualTo(i);
      assertThat(part.payload().get("count").asInt()).isEqualTo(frames.size());
      assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(data(part))).isTrue();
      whole.append(data(part));
    }
    assertThat(frames).hasSizeGreaterThan(5);
    assertThat(whole).hasToString(message.toJson());
  }

  @Test
  void without_an_id_there_are_no_parts() {
    assertThat(MessageFrames.of(message(null, "a".repeat(100_000)))).hasSize(1);
    assertThat(MessageFrames.of(message(null, "a".repeat(MessageFrames.MAX_WHOLE_BYTES))))
        .isEmpty();
  }

  @Test
  void what_is_too_large_by_far_is_not_sent() {
    assertThat(MessageFrames.of(message("7", "a".repeat(MessageFrames.MAX_BYTES)))).isEmpty();
    assertThat(MessageFrames.of(message("7", "万".repeat(MessageFrames.MAX_BYTES / 3)))).isEmpty();
  }

  private static String data(AppMessage part) {
    return part.payload().get("data").asText();
  }

  private static AppMessage message(String id, String text) {
    ObjectNode payload = Json.newObject().put("text", text);
    return new AppMessage("textResponse", id, payload);
  }
}
