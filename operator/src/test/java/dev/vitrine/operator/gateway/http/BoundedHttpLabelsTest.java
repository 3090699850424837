package dev.vitrine.operator.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoundedHttpLabelsTest {

  @ParameterizedTest
  @CsvSource({
    "/streaming/stream, /streaming/stream",
    "/streaming/stream/, /streaming/stream",
    "/namespaces/team-a/streaming/stream, /streaming/stream",
    "/streaming/stream/team.one, /streaming/stream/{id}",
    "/namespaces/team-a/streaming/stream/team.one, /streaming/stream/{id}",
    "/cfg/apps/viewer/versions/1.4/profiles, /cfg/apps/{app}/versions/{version}/profiles",
    "/signal/team/one, /signal/{namespace}/{session}",
    "/view/team/viewer, /view/{namespace}/{app}",
    "/reports, /reports",
    "/readyz, /readyz",
    "/signal/team/one/more, OTHER",
    "/namespaces/team-a/reports, OTHER",
    "/{made-up}, OTHER",
    "/, OTHER",
  })
  void a_path_is_one_that_we_serve_or_another(String path, String label) {
    assertThat(BoundedHttpLabels.path(path)).isEqualTo(label);
  }

  @Test
  void a_method_is_one_that_is_known_or_another() {
    assertThat(BoundedHttpLabels.method(HttpMethod.POST)).isEqualTo("POST");
    assertThat(BoundedHttpLabels.method(HttpMethod.valueOf("BREW"))).isEqualTo("OTHER");
  }

  @Test
  void a_request_without_a_path_is_another() {
    assertThat(BoundedHttpLabels.path(null)).isEqualTo("OTHER");
  }
}
