package dev.vitrine.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever arrives, a parser reads it or throws a sentence; it never does anything else. */
class ParserFuzzTest {

  private static final int ROUNDS = 2_000;
  private static final String SPICE = "{}[]\",:\\-+.eE0123456789ntfu \u0000\u00e9\ud83d\uffff";

  private final Random random = new Random(20261122);

  @Test
  void mutated_frames_are_read_or_refused_by_a_sentence() throws IOException {
    var seeds = new ArrayList<String>();
    for (var file :
        List.of(
            "signal-from-browser.json",
            "signal-from-runtime.json",
            "input-events.json",
            "messages-from-page.json",
            "runtime-reports.json",
            "report-answers.json")) {
      FixturesTest.fixtures(file).forEach(fixture -> seeds.add(fixture.get("text").asText()));
    }
    var refused = 0;
    for (var round = 0; round < ROUNDS; round++) {
      var text = mutated(seeds.get(random.nextInt(seeds.size())));
      refused += readAll(text);
    }
    assertThat(refused).isPositive();
  }

  private static int readAll(String text) {
    var refused = 0;
    for (FixturesTest.Reading reading : readings()) {
      try {
        assertThat(reading.readAndWrite(text)).isNotEmpty();
      } catch (BadMessageException e) {
        assertThat(e.getMessage()).startsWith("The ").endsWith(".");
        refused++;
      }
    }
    return refused;
  }

  private static List<FixturesTest.Reading> readings() {
    return List.of(
        text -> SignalMessage.fromBrowser(text).toJson(),
        text -> SignalMessage.fromRuntime(text).toJson(),
        text -> InputEvent.parse(text).toJson(),
        text -> ViewerRequest.of(AppMessage.parse(text)).toString(),
        text -> RuntimeReport.parse(text).toJson(),
        text -> ReportAnswer.parse(text).toJson(),
        text -> RuntimeState.parse(text).toJson(),
        text -> PodFile.parse(text).toJson(),
        text -> KeySet.parse(text).toJson(),
        text -> TerminationMessage.parse(text).toJson(),
        text -> WatchVerdict.parse(text).toJson(),
        text -> ConnectGrant.parse(text).toJson(),
        text -> VideoSettings.parse(text).toJson());
  }

  private String mutated(String seed) {
    var text = new StringBuilder(seed);
    for (var edits = random.nextInt(4); edits >= 0; edits--) {
      var at = random.nextInt(text.length() + 1);
      switch (random.nextInt(3)) {
        case 0 -> text.insert(at, SPICE.charAt(random.nextInt(SPICE.length())));
        case 1 -> text.setLength(at);
        default -> text.insert(at, text.substring(random.nextInt(at + 1), at));
      }
    }
    return text.toString();
  }
}
