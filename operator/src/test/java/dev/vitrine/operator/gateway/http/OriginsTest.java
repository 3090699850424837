package dev.vitrine.operator.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {

  @Test
  void only_origins_on_the_list_may_read_our_answers() {
    var origins = Origins.of(List.of("https://Portal.example", " http://a.example:81"));

    assertThat(origins.allows("https://portal.example")).isTrue();
    assertThat(origins.allows("http://a.example:81")).isTrue();
    assertThat(origins.allows("http://portal.example")).isFalse();
    assertThat(origins.allows("https://portal.example.evil.example")).isFalse();
    assertThat(origins.allows("null")).isFalse();
  }

  @Test
  void without_a_list_the_sample_front_end_may() {
    assertThat(Origins.standard().allows("http://localhost:5173")).isTrue();
  }

  @Test
  void the_gateways_own_origin_is_where_it_was_reached() {
    var reached = PublicAddress.of(Map.of("Host", "10.0.0.7:8080")::get);

    assertThat(Origins.own("http://10.0.0.7:8080", reached)).isTrue();
    assertThat(Origins.own("http://10.0.0.7", reached)).isFalse();
    assertThat(Origins.own("http://evil.example:8080", reached)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "[::1]", "localhost", "a.localhost", "portal.example"})
  void addresses_and_names_on_the_list_are_trusted(String host) {
    assertThat(Origins.of(List.of("https://portal.example")).trustsHost(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example", "localhost.evil.example"})
  void names_that_an_attackers_dns_can_make_are_not(String host) {
    assertThat(Origins.of(List.of("https://portal.example")).trustsHost(host)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "portal.example", "https://portal.example/", "ftp://a", "https://"})
  void what_is_no_origin_is_refused_with_an_example(String text) {
    assertThatThrownBy(() -> Origins.of(List.of(text)))
        .hasMessage(
            "VITRINE_ORIGINS has \"%s\", which is no origin: write scheme, host and port, as in https://a.example:8443"
                .formatted(text));
  }
}
