package dev.vitrine.operator.gateway.rest;

import static dev.vitrine.operator.gateway.Fixtures.app;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vitrine.api.v1alpha1.RevisionShare;
import dev.vitrine.api.v1alpha1.RolloutProgress;
import dev.vitrine.api.v1alpha1.StreamingAppStatus;
import dev.vitrine.operator.gateway.http.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CreateRequestTest {

  private static final String APP =
      """
      classes: [cpu, gpu]
      version: 1.4.0
      parameters: [{name: usd_stage_uri}]
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "               | body    | missing               | Field required: the body must be a JSON object",
        "{              | body    | json_invalid          | JSON decode error: the body must be a JSON object",
        "{} x           | body    | json_invalid          | JSON decode error: the body must be a JSON object",
        "[]             | body    | model_attributes_type | Input should be a JSON object",
        "{}             | id      | missing               | Field required",
        "{'id':7}       | id      | string_type           | Input should be a valid string",
        "{'id':'a','profile':[]}   | profile   | string_type | Input should be a valid string",
        "{'id':'a','arguments':[]} | arguments | dict_type   | Input should be a valid dictionary",
      })
  void a_bad_body_says_where_and_what(String body, String where, String type, String msg) {
    var text = body == null ? null : body.replace('\'', '"');

    var invalid = catchThrowableOfType(Invalid.class, () -> CreateRequest.parse(text));

    assertThat(invalid.faults())
        .singleElement()
        .satisfies(fault -> assertThat(fault.loc()).last().isEqualTo(where))
        .satisfies(fault -> assertThat(fault.type()).isEqualTo(type))
        .satisfies(fault -> assertThat(fault.msg()).isEqualTo(msg));
  }

  @Test
  void a_character_of_an_argument_counts_once_whatever_its_script() {
    var longest = "\uD83D\uDE00".repeat(1024);
    var body = "{\"id\":\"viewer\",\"arguments\":{\"a\":\"%s\"}}";

    var invalid =
        catchThrowableOfType(
            Invalid.class, () -> CreateRequest.parse(body.formatted(longest + "x")));

    assertThat(CreateRequest.parse(body.formatted(longest)).arguments())
        .containsOnly(Map.entry("a", longest));
    assertThat(invalid.faults())
        .containsExactly(
            new Invalid.Fault(
                List.of("body", "arguments", "a"),
                "String should have at most 1024 characters",
                "string_too_long"));
  }

  @Test
  void a_request_becomes_a_session_of_the_app_class_and_user() {
    var request =
        CreateRequest.parse(
            """
            {"id":"viewer","profile":"gpu","version":"1.4.0","unknown":1,
             "arguments":{"usd_stage_uri":"stages/a.usda"}}
            """);

    var spec = request.specFor(app(APP), "jane");

    assertThat(spec.app()).isEqualTo("viewer");
    assertThat(spec.className()).isEqualTo("gpu");
    assertThat(spec.user()).isEqualTo("jane");
    assertThat(spec.parameters()).containsOnly(Map.entry("usd_stage_uri", "stages/a.usda"));
  }

  @Test
  void what_is_left_open_is_left_to_the_app() {
    var spec = CreateRequest.parse("{\"id\":\"viewer\"}").specFor(app(APP), null);

    assertThat(spec.className()).isNull();
    assertThat(spec.user()).isNull();
    assertThat(spec.parameters()).isEmpty();
  }

  @Test
  void a_profile_or_version_that_the_app_lacks_is_not_found() {
    var profile = CreateRequest.parse("{\"id\":\"viewer\",\"profile\":\"tpu\"}");
    var version = CreateRequest.parse("{\"id\":\"viewer\",\"version\":\"9\"}");

    assertThatThrownBy(() -> profile.specFor(app(APP), null))
        .isInstanceOf(Refusal.class)
        .hasMessage("App viewer has no profile \"tpu\"; it has cpu, gpu.");
    assertThatThrownBy(() -> version.specFor(app(APP), null))
        .hasMessage("App viewer has no version \"9\".");
  }

  @Test
  void while_two_versions_serve_a_session_may_have_the_proved_one_for_sure() {
    var app = app(APP);
    app.setStatus(
        new StreamingAppStatus(
            List.of(),
            null,
            List.of(
                new RevisionShare("viewer-b", "1.4.0", 10),
                new RevisionShare("viewer-a", null, 90)),
            new RolloutProgress("viewer-b", "viewer-a", 0, "", "", null)));

    assertThat(AppVersion.of(app))
        .containsExactly(new AppVersion("1.4.0", null), new AppVersion("viewer-a", "viewer-a"));
    assertThat(
            CreateRequest.parse("{\"id\":\"viewer\",\"version\":\"1.4.0\"}")
                .specFor(app, null)
                .revision())
        .as("its share decides, although front ends ask for the newest")
        .isNull();
    assertThat(
            CreateRequest.parse("{\"id\":\"viewer\",\"version\":\"viewer-a\"}")
                .specFor(app, null)
                .revision())
        .isEqualTo("viewer-a");
    assertThat(CreateRequest.parse("{\"id\":\"viewer\"}").specFor(app, null).revision()).isNull();
  }

  @Test
  void an_undeclared_argument_reaches_no_session() {
    var request = CreateRequest.parse("{\"id\":\"viewer\",\"arguments\":{\"x\":\"1\"}}");

    var invalid =
        catchThrowableOfType(Invalid.class, () -> request.specFor(app("classes: [cpu]"), null));

    assertThat(invalid.faults())
        .containsExactly(
            new Invalid.Fault(
                List.of("body", "arguments", "x"),
                "App viewer declares no parameter \"x\": leave it out, or add it to the app's spec.parameters",
                "extra_forbidden"));
  }

  @Test
  void no_body_whatsoever_does_more_than_be_refused() {
    var random = new Random(7);
    var whole = "{\"id\":\"viewer\",\"profile\":\"gpu\",\"arguments\":{\"a\":\"b\"}}";
    for (var i = 0; i < 2_000; i++) {
      var text = new StringBuilder(whole);
      for (var n = random.nextInt(4) + 1; n > 0; n--) {
        text.setCharAt(random.nextInt(text.length()), (char) (random.nextInt(0x60) + 0x20));
      }
      try {
        assertThat(CreateRequest.parse(text.toString()).app()).isNotNull();
      } catch (Invalid refused) {
        assertThat(refused.faults()).isNotEmpty();
      }
    }
  }
}
