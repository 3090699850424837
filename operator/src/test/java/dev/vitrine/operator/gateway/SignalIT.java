package dev.vitrine.operator.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.protocol.ConnectTokenIssuer;
import dev.vitrine.protocol.SigningKey;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Signalling between a browser and a pod, and everyone who is not let through. */
class SignalIT {

  private static final String OFFER = "{\"type\":\"offer\",\"sdp\":\"v=0\\r\\n\"}";

  @Order(1)
  @RegisterExtension
  static final KubeApiServer cluster = new KubeApiServer();

  @Order(2)
  @RegisterExtension
  static final GatewayProcess gateway = new GatewayProcess(cluster, "none");

  private static EchoingPod runtime;
  private static StreamSession session;
  private static Pod pod;

  @BeforeAll
  static void fill() throws Exception {
    runtime = new EchoingPod(gateway.podPort());
    var stand = new Stand(cluster);
    session = stand.session(cluster.newNamespace(), "viewer-1");
    pod = stand.pod(session, "127.0.0.1");
    stand.ready(session);
  }

  @AfterAll
  static void close() {
    runtime.close();
  }

  private static String token(SigningKey key, Instant issuedAt, String sessionUid, String podUid) {
    return new ConnectTokenIssuer(key, InstantSource.fixed(issuedAt))
        .issue("", sessionUid, podUid)
        .compact();
  }

  private static String goodToken() {
    return token(
        gateway.connectKey(),
        Instant.now(),
        session.getMetadata().getUid(),
        pod.getMetadata().getUid());
  }

  private static Browser dial(String name, String token) throws Exception {
    var path = "/signal/" + session.getMetadata().getNamespace() + "/" + name;
    return Browser.dial("ws://127.0.0.1:" + gateway.port() + path, token);
  }

  private static Browser dial(String token) throws Exception {
    return dial("viewer-1", token);
  }

  @Test
  void an_offer_reaches_the_pod_with_its_token_and_the_answer_comes_back() throws Exception {
    var token = goodToken();
    try (var browser = dial(token)) {
      assertThat(browser.subprotocol()).isEqualTo("vitrine.v1");
      browser.send(OFFER);

      assertThat(browser.message()).isEqualTo(OFFER);
      assertThat(runtime.lastProtocols()).isEqualTo("vitrine.v1,vitrine.token." + token);
    }
    assertThat(gateway.log()).doesNotContain(token);
  }

  @Test
  void many_large_messages_come_through_whole_and_in_order() throws Exception {
    try (var browser = dial(goodToken())) {
      for (var i = 0; i < 40; i++) {
        browser.send(
            "{\"type\":\"offer\",\"sdp\":\"v=0\\r\\na=%d%s\"}".formatted(i, "x".repeat(60_000)));
      }
      for (var i = 0; i < 40; i++) {
        assertThat(browser.message()).contains("a=" + i + "x").hasSizeGreaterThan(60_000);
      }
    }
  }

  @Test
  void the_pods_close_code_is_the_browsers() throws Exception {
    try (var browser = dial(goodToken())) {
      browser.send("{\"type\":\"goodbye\"}");

      assertThat(browser.closeCode()).isEqualTo(4409);
    }
  }

  @Test
  void without_a_token_nobody_is_let_in() throws Exception {
    assertRefused(dial(null), 4401, "BadToken", "A connect token is needed: offer the subprotocol");
  }

  @Test
  void a_forged_token_is_refused() throws Exception {
    var forged =
        token(
            SigningKey.generate(),
            Instant.now(),
            session.getMetadata().getUid(),
            pod.getMetadata().getUid());

    assertRefused(dial(forged), 4401, "BadToken", "no known key signed it");
    assertRefused(dial("nonsense"), 4401, "BadToken", "is not a compact JWS");
  }

  @Test
  void an_expired_token_is_refused() throws Exception {
    var old =
        token(
            gateway.connectKey(),
            Instant.now().minus(Duration.ofMinutes(2)),
            session.getMetadata().getUid(),
            pod.getMetadata().getUid());

    assertRefused(dial(old), 4401, "BadToken", "it has expired");
  }

  @Test
  void a_token_of_another_session_or_pod_is_refused() throws Exception {
    var uid = session.getMetadata().getUid();
    var foreignSession =
        token(gateway.connectKey(), Instant.now(), "other", pod.getMetadata().getUid());
    var foreignPod = token(gateway.connectKey(), Instant.now(), uid, "other");

    assertRefused(dial(foreignSession), 4401, "BadToken", "for another session");
    assertRefused(dial(foreignPod), 4401, "BadToken", "for another pod");
  }

  @Test
  void a_session_that_is_not_there_is_said_to_be_so() throws Exception {
    assertRefused(dial("nosuch", goodToken()), 4404, "NoSession", "There is no session");
  }

  @Test
  void garbage_binary_and_oversized_messages_are_closed_with_their_codes() throws Exception {
    var garbage = dial(goodToken());
    garbage.send("garbage");
    assertRefused(garbage, 4400, "BadMessage", "signalling message");

    var binary = dial(goodToken());
    binary.sendBinary();
    assertRefused(binary, 4400, "BadMessage", "Signalling messages are text.");

    var oversized = dial(goodToken());
    oversized.send("{\"type\":\"offer\",\"sdp\":\"v=0" + "x".repeat(65 * 1024) + "\"}");
    assertRefused(oversized, 4413, "TooLarge", "at most 64 KiB");
  }

  @Test
  void a_socket_that_never_says_anything_is_closed() throws Exception {
    assertRefused(dial(goodToken()), 4408, "Timeout", "No offer came within 10 seconds.");
  }

  @Test
  void what_is_no_websocket_is_told_what_this_is() throws Exception {
    try (var front = new Front()) {
      assertThat(front.get(gateway.address("/signal/a/b")).status()).isEqualTo(426);
    }
  }

  private static void assertRefused(Browser browser, int closeCode, String code, String sentence)
      throws Exception {
    try (browser) {
      assertThat(browser.message()).contains("\"code\":\"" + code + "\"").contains(sentence);
      assertThat(browser.closeCode()).isEqualTo(closeCode);
    }
  }
}
