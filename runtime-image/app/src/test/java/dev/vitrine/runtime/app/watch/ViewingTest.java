package dev.vitrine.runtime.app.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.protocol.AppMessage;
import dev.vitrine.protocol.ViewerRequest;
import org.junit.jupiter.api.Test;

class ViewingTest {

  @Test
  void a_runtime_understands_what_a_viewer_says() throws Exception {
    assertThat(ViewerRequest.of(AppMessage.parse(Viewing.FIRST_FRAME)))
        .isEqualTo(new ViewerRequest.FirstFrame());
    assertThat(ViewerRequest.of(AppMessage.parse(Viewing.GOODBYE)))
        .isEqualTo(new ViewerRequest.Goodbye());
  }
}
