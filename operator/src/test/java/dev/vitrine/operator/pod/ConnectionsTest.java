package dev.vitrine.operator.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.Connection;
import dev.vitrine.api.v1alpha1.EndReason;
import dev.vitrine.protocol.ConnectionState;
import dev.vitrine.protocol.RuntimeReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectionsTest {

  private static Connection connection(String json) throws Exception {
    var report =
        RuntimeReport.parse(
            """
            {"namespace":"a","session":"b","sessionUid":"s","podUid":"p","seq":3,"connection":%s}
            """
                .formatted(json));
    return Connections.of(report.seq(), report.connection());
  }

  @Test
  void all_that_a_report_says_is_in_the_status() throws Exception {
    var connection =
        connection(
            """
            {"state":"Ended","connectedAt":"2026-11-22T13:00:00.5Z",
             "endsAt":"2026-11-22T21:00:00Z","codec":"H264",
             "transport":"webrtc-java","endReason":"IdleTimeout","message":"m",
             "stage":{"url":"stages/a.usda","state":"ready","error":null}}
            """);

    assertThat(connection)
        .isEqualTo(
            new Connection(
                3,
                Connection.State.Ended,
                "2026-11-22T13:00:00.500000Z",
                null,
                null,
                null,
                "2026-11-22T21:00:00.000000Z",
                "webrtc-java",
                "H264",
                EndReason.IdleTimeout,
                "m",
                new Connection.Stage("stages/a.usda", "ready", null)));
  }

  @ParameterizedTest
  @EnumSource(ConnectionState.class)
  void every_state_a_runtime_knows_is_one_of_the_resource(ConnectionState state) throws Exception {
    assertThat(connection("{\"state\":\"" + state.word() + "\"}").state().name())
        .isEqualTo(state.word());
  }

  @ParameterizedTest
  @EnumSource(dev.vitrine.protocol.EndReason.class)
  void every_end_a_runtime_knows_is_one_of_the_resource(dev.vitrine.protocol.EndReason reason)
      throws Exception {
    var json = "{\"state\":\"Ended\",\"endReason\":\"" + reason.word() + "\"}";

    assertThat(connection(json).endReason().name()).isEqualTo(reason.word());
  }

  @Test
  void the_furthest_time_that_a_runtime_can_say_fits_into_the_resource() throws Exception {
    var furthest = "9999-12-31T23:59:59.999999999Z";

    assertThat(connection("{\"state\":\"Waiting\",\"endsAt\":\"" + furthest + "\"}").endsAt())
        .isEqualTo("9999-12-31T23:59:59.999999Z");
  }

  @Test
  void what_is_longer_than_the_resource_allows_is_cut_and_not_refused() throws Exception {
    var message =
        connection("{\"state\":\"Ended\",\"message\":\"" + "é".repeat(3000) + "\"}").message();

    assertThat(message).hasSize(1024).endsWith("…");
  }
}
