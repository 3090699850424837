package dev.vitrine.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain http without a flag: loopback and private addresses, and nothing else. */
class RegistryTrustTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:5000",
        "127.0.0.1:5000",
        "127.8.8.8",
        "10.1.2.3:5055",
        "172.16.0.1",
        "172.31.255.255:5000",
        "192.168.1.1:80",
        "169.254.1.1",
        "[::1]:5000",
        "[fd00::1]",
        "[fe80::1]:5000"
      })
  void allowed(String registry) {
    assertThat(RegistryTrust.allowsPlainHttp(registry)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "registry-1.docker.io",
        "registry.example",
        "registry.example:5000",
        "localhost.example:5000",
        "10.example:5000",
        "10.0.0.1.example",
        "8.8.8.8:5000",
        "172.32.0.1",
        "192.169.0.1:5000",
        "100.64.0.1",
        "0.0.0.0:5000",
        "999.1.1.1",
        "[2001:db8::1]:5000",
        "[::ffff:8.8.8.8]"
      })
  void not_allowed(String registry) {
    assertThat(RegistryTrust.allowsPlainHttp(registry)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:5000, true",
    "127.0.0.1:5000, true",
    "[::1]:5000, true",
    "10.1.2.3:5000, false",
    "registry.example, false"
  })
  void passwords_go_without_tls_to_this_machine_alone(String registry, boolean here) {
    assertThat(RegistryTrust.isHere(registry)).isEqualTo(here);
  }
}
