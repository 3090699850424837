package dev.vitrine.runtime.app.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WatchOptionsTest {

  private static final Map<String, String> POD =
      Map.of(
          "VITRINE_WATCH_URL", "http://vitrine-gateway.vitrine-system.svc:8080/watches",
          "VITRINE_NAMESPACE", "team",
          "VITRINE_SESSION", "viewer-verify-1",
          "VITRINE_WATCH_SECONDS", "60");

  private static Map<String, String> pod(String name, String value) {
    var changed = new HashMap<>(POD);
    changed.put(name, value);
    return changed;
  }

  @Test
  void a_pod_is_told_its_session_by_the_environment() {
    assertThat(WatchOptions.read("", null, POD))
        .isEqualTo(
            new WatchOptions(
                new Target.Session(
                    URI.create(
                        "http://vitrine-gateway.vitrine-system.svc:8080/watches/team/viewer-verify-1"),
                    Path.of("/var/run/secrets/vitrine/report-token")),
                Duration.ofSeconds(60)));
  }

  @Test
  void a_slash_at_the_address_s_end_is_one_and_not_two() {
    var options = WatchOptions.read("", null, pod("VITRINE_WATCH_URL", "https://a.example/x/"));

    assertThat(((Target.Session) options.target()).grants())
        .isEqualTo(URI.create("https://a.example/x/team/viewer-verify-1"));
  }

  @Test
  void a_runtime_without_a_cluster_is_told_by_its_address() {
    assertThat(WatchOptions.read("ws://10.0.0.7:8080/signal", "20", Map.of()))
        .isEqualTo(
            new WatchOptions(
                new Target.LocalRuntime(URI.create("ws://10.0.0.7:8080/signal")),
                Duration.ofSeconds(20)));
  }

  @Test
  void the_seconds_of_the_command_line_count() {
    assertThat(WatchOptions.read("", "3600", POD).limit()).isEqualTo(Duration.ofHours(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "3601", "-1", "1.5", "soon", "99999999999", ""})
  void a_time_limit_that_is_none_is_refused(String seconds) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WatchOptions.read("ws://a/signal", seconds, Map.of()))
        .withMessage(
            "--seconds must be a whole number of seconds from 1 to 3600, but is " + seconds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "VITRINE_WATCH_URL",
        "VITRINE_NAMESPACE",
        "VITRINE_SESSION",
        "VITRINE_WATCH_SECONDS"
      })
  void what_is_missing_is_named_with_the_remedy(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WatchOptions.read("", null, pod(name, " ")))
        .withMessage(
            name
                + " is not set; set it, or name a runtime: --watch ws://host:8080/signal --seconds"
                + " 20");
  }

  @ParameterizedTest
  @CsvSource({
    "VITRINE_WATCH_URL, ws://a.example/watches",
    "VITRINE_WATCH_URL, /watches",
    "VITRINE_WATCH_URL, http://",
    "VITRINE_WATCH_URL, http://a b",
    "VITRINE_WATCH_URL, http://a.example/?token=x",
    "VITRINE_NAMESPACE, ../default",
    "VITRINE_NAMESPACE, Team",
    "VITRINE_SESSION, a/b",
    "VITRINE_SESSION, -a",
    "VITRINE_WATCH_SECONDS, 0",
  })
  void what_makes_no_sense_is_named(String name, String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WatchOptions.read("", null, pod(name, value)))
        .withMessageStartingWith(name + " must be ")
        .withMessageEndingWith(", but is " + value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://a/signal", "a:8080", "ws://", "not an address"})
  void an_address_that_is_no_socket_s_is_refused(String address) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WatchOptions.read(address, "20", Map.of()))
        .withMessage("--watch must be an address such as ws://host:8080/path, but is " + address);
  }
}
