package dev.vitrine.operator.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PublicAddressTest {

  private static String signalAt(Map<String, String> headers) {
    return PublicAddress.of(headers::get).webSocket("/signal/a/b");
  }

  @Test
  void without_a_proxy_the_host_header_tells() {
    assertThat(signalAt(Map.of("Host", "10.0.0.7:8080")))
        .isEqualTo("ws://10.0.0.7:8080/signal/a/b");
    assertThat(signalAt(Map.of("Host", "[::1]:8080"))).isEqualTo("ws://[::1]:8080/signal/a/b");
  }

  @Test
  void a_proxy_that_ends_tls_makes_it_wss_without_the_standard_port() {
    assertThat(
            signalAt(
                Map.of(
                    "Host", "gateway:8080",
                    "X-Forwarded-Proto", "https",
                    "X-Forwarded-Host", "Stream.example")))
        .isEqualTo("wss://stream.example/signal/a/b");
  }

  @Test
  void a_port_and_a_prefix_that_a_proxy_took_off_are_put_back() {
    assertThat(
            signalAt(
                Map.of(
                    "Host", "x",
                    "X-Forwarded-Proto", "https, http",
                    "X-Forwarded-Host", "a.example, b",
                    "X-Forwarded-Port", "8443",
                    "X-Forwarded-Prefix", "/lab/vitrine")))
        .isEqualTo("wss://a.example:8443/lab/vitrine/signal/a/b");
  }

  @Test
  void malformed_headers_are_as_if_absent() {
    assertThat(
            signalAt(
                Map.of(
                    "Host", "ok.example",
                    "X-Forwarded-Host", "evil\"<x>",
                    "X-Forwarded-Port", "99999",
                    "X-Forwarded-Prefix", "//evil.example")))
        .isEqualTo("ws://ok.example/signal/a/b");
    assertThat(signalAt(Map.of())).isEqualTo("ws://localhost/signal/a/b");
  }
}
