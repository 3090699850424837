package dev.vitrine.runtime.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class OriginPolicyTest {

  private final OriginPolicy policy =
      new OriginPolicy(
          Set.of("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "192.0.2.7", "2001:db8::1"),
          Set.of("http://localhost:5173", "https://viewer.example.org"));

  @Test
  void a_page_of_this_server_may_connect() {
    assertThat(policy.allows("http://127.0.0.1:8080", "127.0.0.1:8080")).isTrue();
    assertThat(policy.allows("http://[::1]:8080", "[::1]:8080")).isTrue();
    assertThat(policy.allows("http://[2001:db8:0::1]:8080", "[2001:db8::1]:8080")).isTrue();
  }

  @Test
  void a_page_behind_a_proxy_on_this_machine_may_connect() {
    assertThat(policy.allows("http://192.0.2.7:9000", "127.0.0.1:8080")).isTrue();
  }

  @Test
  void a_listed_page_may_connect_under_its_own_host_too() {
    assertThat(policy.allows("https://Viewer.example.org", "127.0.0.1:8080")).isTrue();
    assertThat(policy.allows("https://viewer.example.org", "viewer.example.org")).isTrue();
  }

  @Test
  void a_foreign_page_may_not() {
    assertThat(policy.allows("https://evil.example.org", "127.0.0.1:8080")).isFalse();
    assertThat(policy.allows("null", "127.0.0.1:8080")).isFalse();
    assertThat(policy.allows("not an address", "127.0.0.1:8080")).isFalse();
  }

  @Test
  void a_foreign_name_that_points_here_may_not() {
    assertThat(policy.allows("http://evil.example.org", "evil.example.org")).isFalse();
    assertThat(policy.allows(null, "evil.example.org:8080")).isFalse();
  }

  @Test
  void a_client_that_is_no_browser_needs_only_a_known_host() {
    assertThat(policy.allows(null, "localhost:8080")).isTrue();
    assertThat(policy.allows(null, null)).isFalse();
  }
}
