package dev.vitrine.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectGrantTest {

  private static final ConnectGrant GRANT =
      new ConnectGrant(
          URI.create("ws://vitrine-gateway.vitrine-system.svc:8080/signal/team/viewer-1"),
          "a-b.c_d.e",
          List.of(new IceServer(List.of("turn:relay.example:3478"), "someone", "secret")),
          Instant.parse("2026-11-22T13:01:00Z"));

  @Test
  void a_grant_survives_writing_and_reading() throws Exception {
    assertThat(ConnectGrant.parse(GRANT.toJson())).isEqualTo(GRANT);
  }

  @Test
  void a_grant_is_in_no_log_line() {
    assertThat(GRANT.toString()).doesNotContain("a-b.c_d.e").doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "url, http://gateway/signal/a/b",
    "url, /signal/a/b",
    "url, ws://",
    "url, ws://a b",
    "token, a.b",
    "token, 'a.b.c, vitrine.v1'",
    "token, ''",
    "expiresAt, soon",
  })
  void a_bad_field_is_named(String field, String value) {
    var json = Json.tree(GRANT).put(field, value).toString();

    assertThatExceptionOfType(BadMessageException.class)
        .isThrownBy(() -> ConnectGrant.parse(json))
        .withMessageStartingWith("The connect grant has a bad `" + field + "`: it must be")
        .withMessageNotContaining("vitrine.v1");
  }

  @Test
  void a_missing_field_is_named() {
    for (var field : List.of("url", "token", "iceServers", "expiresAt")) {
      assertThatExceptionOfType(BadMessageException.class)
          .isThrownBy(() -> ConnectGrant.parse(Json.tree(GRANT).without(field).toString()))
          .withMessageStartingWith("The connect grant has no `" + field + "`; it must be");
    }
  }
}
