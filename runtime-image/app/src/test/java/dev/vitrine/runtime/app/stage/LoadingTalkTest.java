package dev.vitrine.runtime.app.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.protocol.ViewerReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.junit.jupiter.api.Test;

class LoadingTalkTest {

  private final List<ViewerReply> heard = new ArrayList<>();
  private long now;
  private DoubleConsumer progress = fraction -> {};
  private final LoadingTalk loading = new LoadingTalk(() -> now);

  LoadingTalkTest() {
    loading.follow(heard::add);
  }

  @Test
  void loading_is_told_from_its_beginning_to_its_end() {
    progress = loading.begin();
    reach(0.5);
    loading.end();
    assertHeard(0, 0.5, 1);
  }

  @Test
  void what_comes_too_soon_is_not_told_but_for_the_end() {
    progress = loading.begin();
    progress.accept(0.1);
    reach(0.2);
    progress.accept(0.3);
    loading.end();
    assertHeard(0, 0.2, 1);
  }

  @Test
  void it_goes_forward_only() {
    progress = loading.begin();
    reach(0.6);
    reach(0.4);
    loading.end();
    loading.end();
    reach(0.7);
    assertHeard(0, 0.6, 1);
  }

  @Test
  void the_next_stage_begins_anew() {
    progress = loading.begin();
    loading.end();
    progress = loading.begin();
    reach(0.5);
    assertHeard(0, 1, 0, 0.5);
  }

  @Test
  void a_stage_that_another_has_overtaken_says_no_more() {
    var overtaken = loading.begin();
    progress = loading.begin();
    now += Duration.ofMillis(100).toNanos();
    overtaken.accept(0.9);
    reach(0.5);
    assertHeard(0, 0, 0.5);
  }

  private void reach(double fraction) {
    now += Duration.ofMillis(100).toNanos();
    progress.accept(fraction);
  }

  private void assertHeard(double... fractions) {
    assertThat(heard)
        .containsExactlyElementsOf(
            Arrays.stream(fractions).mapToObj(ViewerReply.UpdateProgressAmount::new).toList());
  }
}
