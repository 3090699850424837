package dev.vitrine.runtime.app.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.protocol.AppMessage;
import dev.vitrine.protocol.ViewerReply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtensionTalkTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{'event_type':'vitrine.ended'} | Types that begin with vitrine. are the runtime's own.",
        "{'event_type':'x','payload':{'a':1}} }  | is not valid JSON",
        "{'event_type':'x','payload':7} | has a bad `payload`",
      })
  void what_no_extension_may_say_is_told_in_its_place(String text, String words) {
    assertThat(ExtensionTalk.checked(text.replace('\'', '"')))
        .isInstanceOfSatisfying(
            ViewerReply.ViewerError.class,
            told -> {
              assertThat(told.eventType()).isEqualTo(AppMessage.EXTENSION);
              assertThat(told.message()).contains(words);
            });
  }
}
