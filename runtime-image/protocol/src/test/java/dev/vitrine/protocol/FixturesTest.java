package dev.vitrine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class FixturesTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** A parser that writes back what it read. */
  interface Reading {
    String readAndWrite(String text) throws BadMessageException;
  }

  @TestFactory
  Stream<DynamicTest> signalling_from_a_browser_is_read_as_the_fixtures_say() throws IOException {
    return cases("signal-from-browser.json", text -> SignalMessage.fromBrowser(text).toJson());
  }

  @TestFactory
  Stream<DynamicTest> signalling_from_a_runtime_is_read_as_the_fixtures_say() throws IOException {
    return cases("signal-from-runtime.json", text -> SignalMessage.fromRuntime(text).toJson());
  }

  @TestFactory
  Stream<DynamicTest> input_is_read_as_the_fixtures_say() throws IOException {
    return cases("input-events.json", text -> InputEvent.parse(text).toJson());
  }

  @TestFactory
  Stream<DynamicTest> messages_from_a_page_are_read_as_the_fixtures_say() throws IOException {
    return cases("messages-from-page.json", FixturesTest::readRequest);
  }

  @TestFactory
  Stream<DynamicTest> messages_from_a_runtime_are_read_as_the_fixtures_say() throws IOException {
    return cases("messages-from-runtime.json", text -> AppMessage.parse(text).toJson());
  }

  @TestFactory
  Stream<DynamicTest> reports_are_read_as_the_fixtures_say() throws IOException {
    return cases("runtime-reports.json", text -> RuntimeReport.parse(text).toJson());
  }

  @TestFactory
  Stream<DynamicTest> answers_to_reports_are_read_as_the_fixtures_say() throws IOException {
    return cases("report-answers.json", text -> ReportAnswer.parse(text).toJson());
  }

  @TestFactory
  Stream<DynamicTest> refusals_are_read_as_the_fixtures_say() throws IOException {
    return cases("gateway-refusals.json", text -> GatewayRefusal.parse(text).toJson());
  }

  private static String readRequest(String text) throws BadMessageException {
    var message = AppMessage.parse(text);
    assertThat(ViewerRequest.of(message)).isNotNull();
    return message.toJson();
  }

  static Stream<JsonNode> fixtures(String file) throws IOException {
    var fixtures = MAPPER.readTree(Path.of("fixtures", file).toFile());
    assertThat(fixtures).isNotEmpty();
    return fixtures.valueStream();
  }

  private static Stream<DynamicTest> cases(String file, Reading reading) throws IOException {
    return fixtures(file)
        .map(fixture -> dynamicTest(fixture.get("name").asText(), () -> check(fixture, reading)));
  }

  private static void check(JsonNode fixture, Reading reading) throws Exception {
    var text = fixture.get("text").asText();
    if (fixture.has("accepted")) {
      assertThat(MAPPER.readTree(reading.readAndWrite(text))).isEqualTo(fixture.get("accepted"));
    } else {
      assertThatExceptionOfType(BadMessageException.class)
          .isThrownBy(() -> reading.readAndWrite(text))
          .withMessage(fixture.get("refused").asText());
    }
  }
}
