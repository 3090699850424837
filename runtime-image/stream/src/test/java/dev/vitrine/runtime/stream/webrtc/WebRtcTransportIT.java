package dev.vitrine.runtime.stream.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.vitrine.protocol.VideoSettings;
import dev.vitrine.runtime.stream.Transport;
import dev.vitrine.runtime.stream.TransportException;
import dev.vitrine.runtime.stream.TransportOptions;
import dev.vitrine.runtime.stream.UdpPorts;
import dev.vitrine.runtime.stream.VideoCodec;
import dev.vitrine.runtime.stream.sdp.BrowserOffers;
import java.net.DatagramSocket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two peers of one process, over the machine's own address: no packet leaves the machine. */
class WebRtcTransportIT {

  private static final int WIDTH = 320;
  private static final int HEIGHT = 180;
  private static WebRtcTransportFactory factory;

  private final RecordingListener listener = new RecordingListener();
  private BrowserPeer browser;
  private Transport transport;

  @BeforeAll
  static void makeFactory() throws SocketException {
    assumeTrue(
        Networks.carryWebRtc(),
        "this machine has no network but loopback, which WebRTC does not use");
    factory = new WebRtcTransportFactory();
  }

  @AfterAll
  static void closeFactory() {
    if (factory != null) {
      factory.close();
    }
  }

  @BeforeEach
  void openBrowser() {
    browser = new BrowserPeer();
    transport = factory.create(options(UdpPorts.ANY, List.of(), VideoCodec.VP8), listener);
  }

  @AfterEach
  void closeBoth() {
    transport.close();
    browser.close();
  }

  @ParameterizedTest
  @EnumSource
  void pictures_arrive_in_their_size_and_colour(VideoCodec codec) throws Exception {
    transport.close();
    transport = factory.create(options(UdpPorts.ANY, List.of(), codec), listener);
    var pictures = new ColourSource(transport, WIDTH, HEIGHT, 120, 90, 200);
    try (pictures) {
      connect();

      eventually().untilAsserted(() -> assertThat(browser.latest()).isNotNull());
      assertThat(listener.connected).containsExactly(codec);
      assertThat(browser.latest().width()).isEqualTo(WIDTH);
      assertThat(browser.latest().height()).isEqualTo(HEIGHT);
      assertThat(browser.latest().y()).isCloseTo(120, within(6));
      assertThat(browser.latest().u()).isCloseTo(90, within(6));
      assertThat(browser.latest().v()).isCloseTo(200, within(6));
      eventually()
          .untilAsserted(
              () -> {
                assertThat(listener.stats).isNotNull();
                assertThat(listener.stats.framesEncoded()).isPositive();
                assertThat(listener.stats.bytesSent()).isPositive();
                assertThat(listener.stats.framesOffered()).isPositive();
              });
    }
    transport.close();
    assertThat(pictures.openCount()).isZero();
  }

  @Test
  void texts_go_both_ways_whole() throws Exception {
    connect();
    eventually().until(browser::isOpen);
    var large = "é".repeat(30_000);

    browser.sendMessage("hello");
    browser.sendMessage(large);
    browser.sendInput("{\"t\":\"blur\"}");
    eventually().until(() -> transport.send("grüße"));
    assertThat(transport.send(large)).isTrue();

    eventually()
        .untilAsserted(
            () -> {
              assertThat(listener.messages).containsExactly("hello", large);
              assertThat(listener.inputs).containsExactly("{\"t\":\"blur\"}");
              assertThat(browser.received).containsExactly("grüße", large);
            });
  }

  @Test
  void a_text_cannot_be_sent_before_there_is_a_connection() {
    assertThat(transport.send("hello")).isFalse();
  }

  @Test
  void what_a_browser_has_not_read_does_not_pile_up() throws Exception {
    connect();
    eventually().until(browser::isOpen);
    var large = "x".repeat(200_000);

    eventually().until(() -> transport.send("first"));

    // More than is kept waiting, at once: it must be refused, and not pile up.
    assertThat(IntStream.range(0, 100).filter(_ -> transport.send(large)).count())
        .isBetween(1L, 99L);
    eventually().until(() -> transport.send("after it was read"));
  }

  @Test
  void texts_that_belong_together_are_sent_all_or_none() throws Exception {
    connect();
    eventually().until(browser::isOpen);
    eventually().until(() -> transport.send("first"));

    assertThat(transport.send(Collections.nCopies(60, "x".repeat(200_000)))).isFalse();
    assertThat(transport.send(List.of("left", "right"))).isTrue();
    eventually()
        .untilAsserted(
            () -> assertThat(browser.received).containsExactly("first", "left", "right"));
  }

  @Test
  void a_message_that_is_too_large_ends_the_connection() throws Exception {
    // A browser that ignores what our answer says it may send.
    connect(answer -> answer.replace("max-message-size:65536", "max-message-size:262144"));
    eventually().until(browser::isOpen);

    browser.sendMessage("x".repeat(64 * 1024));
    eventually().until(() -> listener.messages.size() == 1);
    browser.sendMessage("x".repeat(64 * 1024 + 1));

    eventually()
        .untilAsserted(
            () ->
                assertThat(listener.closed)
                    .containsExactly(
                        "The browser sent more than 65536 bytes at once on `messages`; send"
                            + " less."));
    assertThat(listener.messages).hasSize(1);
  }

  @Test
  void binary_data_ends_the_connection() throws Exception {
    connect();
    eventually().until(browser::isOpen);

    browser.sendBinary("hello");

    eventually()
        .untilAsserted(
            () ->
                assertThat(listener.closed)
                    .containsExactly("The browser sent binary data on `messages`; send text."));
  }

  @Test
  void a_browser_that_closes_is_noticed_at_once() throws Exception {
    connect();
    eventually().until(browser::isOpen);
    eventually().until(() -> transport.send("hello"));

    browser.close();

    eventually()
        .untilAsserted(
            () ->
                assertThat(listener.closed).containsExactly("The browser closed the connection."));
    assertThat(transport.send("hello")).isFalse();
  }

  @Test
  void closing_tells_the_browser_and_not_the_listener() throws Exception {
    connect();
    eventually().until(browser::isOpen);

    transport.close();

    eventually().until(() -> !browser.isOpen());
    assertThat(listener.closed).isEmpty();
  }

  @Test
  void an_offer_after_the_end_is_refused() {
    transport.close();

    refused("v=0\r\n", "The connection has ended; make a new one.");
  }

  @Test
  void a_second_offer_restarts_ice_and_pictures_go_on() throws Exception {
    try (var pictures = new ColourSource(transport, WIDTH, HEIGHT, 120, 90, 200)) {
      connect();
      eventually().until(() -> browser.latest() != null);
      var first = iceUser(browser.offer(false));

      var restart = browser.offer(true);
      assertThat(iceUser(restart)).isNotEqualTo(first);
      browser.accept(answerTo(restart));
      browser.forgetLatest();

      eventually().until(() -> browser.latest() != null);
      assertThat(browser.state).isEqualTo(RTCPeerConnectionState.CONNECTED);
      assertThat(listener.closed).isEmpty();
      assertThat(pictures.openCount()).isLessThan(5);
    }
  }

  @Test
  void one_port_is_used_and_announced_at_other_addresses() throws Exception {
    var port = freePort();
    transport.close();
    transport =
        factory.create(
            options(UdpPorts.only(port), List.of("192.0.2.77"), VideoCodec.VP8), listener);

    var answer = answerTo(browser.offer(false));

    var candidates = answer.lines().filter(line -> line.startsWith("a=candidate:")).toList();
    assertThat(candidates)
        .isNotEmpty()
        .allMatch(line -> line.contains(" " + port + " typ host"))
        .anyMatch(line -> line.contains(" 192.0.2.77 " + port + " "));
  }

  @Test
  void a_port_is_free_again_once_a_transport_is_closed() throws Exception {
    var port = freePort();
    var options = options(UdpPorts.only(port), List.of(), VideoCodec.VP8);
    for (var round = 0; round < 3; round++) {
      transport.close();
      transport = factory.create(options, listener);
      browser.close();
      browser = new BrowserPeer();
      connect();
      eventually().until(browser::isOpen);
    }
  }

  @Test
  void a_port_in_use_is_said_to_be() throws Exception {
    var port = freePort();
    var options = options(UdpPorts.only(port), List.of(), VideoCodec.VP8);
    try (var other = factory.create(options, new RecordingListener());
        var otherBrowser = new BrowserPeer()) {
      other.answer(otherBrowser.offer(false)).toCompletableFuture().get(10, TimeUnit.SECONDS);
      transport.close();
      transport = factory.create(options, listener);

      refused(browser.offer(false), "UDP ports %d to %d are in use".formatted(port, port));
    }
  }

  @Test
  void what_is_no_offer_is_refused_with_a_sentence() throws Exception {
    refused("v=0\r\n", "The offer asks for no video; add a video transceiver that receives.");
    refused(
        browser.offer(false).replace("a=recvonly", "a=inactive"), "The offer asks for no video");
    refused(
        browser.offer(false).replaceAll("(?i) VP8/90000", " H261/90000"),
        "The browser can decode none of [VP8]; use one that can.");
    refused(browser.offer(false).replaceAll("a=fingerprint.*\r\n", ""), "The offer cannot be");
  }

  @Test
  void offers_of_real_browsers_are_answered() throws Exception {
    for (var offer : List.of(BrowserOffers.chromium(), BrowserOffers.firefox())) {
      transport.close();
      transport = factory.create(options(UdpPorts.ANY, List.of(), VideoCodec.VP8), listener);

      assertThat(answerTo(offer))
          .contains("a=sendonly", "VP8/90000", "a=max-message-size:65536", "a=candidate:")
          .doesNotContain("x-google");
    }
  }

  private interface AnswerChange {
    String change(String answer);
  }

  private void connect() throws Exception {
    connect(answer -> answer);
  }

  private void connect(AnswerChange change) throws Exception {
    browser.accept(change.change(answerTo(browser.offer(false))));
    eventually().until(() -> !browser.candidates.isEmpty());
    browser.candidates.forEach(transport::addCandidate);
    eventually().until(() -> !listener.connected.isEmpty());
  }

  private String answerTo(String offer) throws Exception {
    return transport.answer(offer).toCompletableFuture().get(15, TimeUnit.SECONDS);
  }

  private void refused(String offer, String because) {
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> answerTo(offer))
        .havingCause()
        .isInstanceOf(TransportException.class)
        .withMessageContaining(because);
  }

  private static String iceUser(String sdp) {
    return sdp.lines().filter(line -> line.startsWith("a=ice-ufrag:")).findFirst().orElseThrow();
  }

  private static TransportOptions options(
      UdpPorts ports, List<String> announced, VideoCodec codec) {
    return new TransportOptions(
        new VideoSettings(WIDTH, HEIGHT, 30, 2000), List.of(codec), ports, announced, List.of());
  }

  private static int freePort() throws SocketException {
    try (var socket = new DatagramSocket()) {
      return socket.getLocalPort();
    }
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
  }
}
