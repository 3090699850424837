package dev.vitrine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentsTest {

  @Test
  void a_pod_file_survives_writing_and_reading() throws Exception {
    var file =
        new PodFile(
            SigningKey.generate().publicKeys(),
            URI.create("http://vitrine-gateway.vitrine-system.svc:8080/reports"));

    assertThat(PodFile.parse(file.toJson())).isEqualTo(file);
  }

  @Test
  void a_pod_file_needs_an_http_address() {
    for (var url : List.of("file:///etc/passwd", "/reports", "http://", "not an address")) {
      assertThatExceptionOfType(BadMessageException.class)
          .isThrownBy(
              () ->
                  PodFile.parse("{\"assignmentKeys\":{\"keys\":[]},\"reportUrl\":\"" + url + "\"}"))
          .withMessageContaining("`reportUrl`");
    }
  }

  @Test
  void a_runtime_state_survives_writing_and_reading() throws Exception {
    var connection =
        new ConnectionReport(
            ConnectionState.CONNECTED,
            Instant.parse("2026-11-22T13:00:00.000001Z"),
            null,
            null,
            null,
            Instant.parse("2026-11-22T21:00:00Z"),
            "webrtc-java",
            "VP8",
            null,
            null,
            new StageReport("stages/kitchen.usda", StageState.FAILED, "There is no such file."));
    var assigned = new RuntimeState("p", new SessionName("default", "s-1", "u"), connection);
    var waiting = new RuntimeState("p", null, connection);

    assertThat(RuntimeState.parse(assigned.toJson())).isEqualTo(assigned);
    assertThat(RuntimeState.parse(waiting.toJson())).isEqualTo(waiting);
  }

  @Test
  void a_termination_message_is_one_line_that_Kubernetes_keeps_whole() throws Exception {
    var message = new TerminationMessage(EndReason.DEVICE_LOST, "\u0001\n".repeat(3000));

    assertThat(message.toJson()).doesNotContain("\n");
    assertThat(message.toJson().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(4096);
    assertThat(TerminationMessage.parse(message.toJson())).isEqualTo(message);
  }

  @Test
  void a_termination_message_of_something_else_is_refused() {
    assertThatExceptionOfType(BadMessageException.class)
        .isThrownBy(() -> TerminationMessage.parse("Segmentation fault"));
  }

  @Test
  void a_picture_must_be_even() throws Exception {
    var settings = new VideoSettings(1280, 720, 30, 4000);
    assertThat(VideoSettings.parse(settings.toJson())).isEqualTo(settings);

    assertThatExceptionOfType(BadMessageException.class)
        .isThrownBy(
            () -> VideoSettings.parse("{\"width\":1281,\"height\":720,\"fps\":30,\"kbps\":4000}"))
        .withMessage("The video settings has a bad `width`: it must be even.");
  }

  @Test
  void a_frame_may_be_as_large_as_its_limit_and_not_larger() throws Exception {
    var head = "{\"event_type\":\"x\",\"payload\":{\"a\":\"";
    var tail = "\"}}";
    var room = AppMessage.MAX_BYTES - head.length() - tail.length();

    assertThat(AppMessage.parse(head + "a".repeat(room) + tail)).isNotNull();
    assertThatExceptionOfType(BadMessageException.class)
        .isThrownBy(() -> AppMessage.parse(head + "a".repeat(room + 1) + tail))
        .withMessage("The message is larger than 65536 bytes; send less.");
    assertThatExceptionOfType(BadMessageException.class)
        .isThrownBy(() -> AppMessage.parse(head + "é".repeat(room / 2 + 1) + tail));
  }

  @Test
  void words_are_those_of_the_design() {
    assertThat(EndReason.CLOSED_BY_VIEWER.word()).isEqualTo("ClosedByViewer");
    assertThat(EndReason.of("ClosedByApi")).contains(EndReason.CLOSED_BY_API);
    assertThat(EndReason.of("Nothing")).isEmpty();
    assertThat(SignalCloseCode.NO_SESSION.word()).isEqualTo("NoSession");
    assertThat(StageState.READY.word()).isEqualTo("ready");
  }

  @Test
  void the_connect_token_is_found_among_the_subprotocols() {
    var offered = List.of(SignalSubprotocol.V1, SignalSubprotocol.carrying("a.b.c"));

    assertThat(SignalSubprotocol.tokenIn(offered)).contains("a.b.c");
    assertThat(SignalSubprotocol.tokenIn(List.of(SignalSubprotocol.V1))).isEmpty();
  }
}
