package dev.vitrine.runtime.app.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.protocol.StageState;
import dev.vitrine.protocol.ViewerReply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StageNewsTest {

  private static String message(StageState state) {
    return new ViewerReply.StageStateChanged(state, "There is no such file.").toMessage().toJson();
  }

  @Test
  void a_stage_that_failed_says_why() {
    assertThat(StageNews.failureIn(message(StageState.FAILED))).contains("There is no such file.");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FAILED")
  void any_other_state_may_become_good(StageState state) {
    assertThat(StageNews.failureIn(message(state))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "failed",
        "{}",
        "{\"event_type\":\"vitrine.stageState\"}",
        "{\"event_type\":\"mine\",\"payload\":{\"state\":\"failed\"}}"
      })
  void what_says_nothing_of_the_stage_is_no_failure(String text) {
    assertThat(StageNews.failureIn(text)).isEmpty();
  }
}
