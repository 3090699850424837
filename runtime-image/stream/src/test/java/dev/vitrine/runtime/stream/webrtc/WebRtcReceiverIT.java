package dev.vitrine.runtime.stream.webrtc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.protocol.SignalMessage;
import dev.vitrine.protocol.VideoSettings;
import dev.vitrine.runtime.stream.DecodedPicture;
import dev.vitrine.runtime.stream.Receiver;
import dev.vitrine.runtime.stream.ReceiverListener;
import dev.vitrine.runtime.stream.Transport;
import dev.vitrine.runtime.stream.TransportException;
import dev.vitrine.runtime.stream.TransportOptions;
import dev.vitrine.runtime.stream.UdpPorts;
import dev.vitrine.runtime.stream.VideoCodec;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A receiver and a transport of one process, over the machine's own address. */
class WebRtcReceiverIT {

  private static final int WIDTH = 320;
  private static final int HEIGHT = 180;
  private static WebRtcTransportFactory factory;

  private final RecordingListener sent = new RecordingListener();
  private final Recorder seen = new Recorder();
  private Transport transport;
  private Receiver receiver;

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
  void open() {
    transport =
        factory.create(
            new TransportOptions(
                new VideoSettings(WIDTH, HEIGHT, 30, 2000),
                List.of(VideoCodec.H264),
                UdpPorts.ANY,
                List.of(),
                List.of()),
            sent);
    receiver = factory.createReceiver(List.of(), seen);
  }

  @AfterEach
  void closeBoth() {
    transport.close();
    receiver.close();
  }

  @Test
  void pictures_are_decoded_and_those_of_one_colour_show_nothing() throws Exception {
    try (var pictures = new ColourSource(transport, WIDTH, HEIGHT, 120, 90, 200)) {
      connect();

      eventually().until(() -> !seen.pictures.isEmpty());
      assertThat(pictures.openCount()).isLessThan(5);
      assertThat(seen.pictures)
          .allSatisfy(
              picture -> {
                assertThat(picture.width()).isEqualTo(WIDTH);
                assertThat(picture.height()).isEqualTo(HEIGHT);
                assertThat(picture.showsSomething()).isFalse();
              });
      assertThat(seen.connections).containsExactly("connected");
    }
  }

  @Test
  void texts_go_both_ways() throws Exception {
    connect();
    eventually().until(() -> receiver.send("hello"));
    eventually().until(() -> transport.send("grüße"));

    eventually()
        .untilAsserted(
            () -> {
              assertThat(sent.messages).containsExactly("hello");
              assertThat(seen.messages).containsExactly("grüße");
            });
  }

  @Test
  void a_runtime_that_closes_is_noticed_at_once() throws Exception {
    connect();
    eventually().until(() -> receiver.send("hello"));

    transport.close();

    eventually()
        .untilAsserted(
            () -> assertThat(seen.closed).containsExactly("The runtime closed the connection."));
    assertThat(receiver.send("hello")).isFalse();
  }

  @Test
  void an_answer_that_is_none_says_so() throws Exception {
    given(receiver.offer());

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> given(receiver.accept("v=0\r\n")))
        .havingCause()
        .isInstanceOf(TransportException.class)
        .withMessageStartingWith("The answer cannot be used:");
  }

  @Test
  void one_offer_is_made_and_none_after_the_end() throws Exception {
    given(receiver.offer());
    refused(receiver.offer());
    receiver.close();
    refused(receiver.offer());
    refused(receiver.accept("v=0\r\n"));
  }

  private void connect() throws Exception {
    given(receiver.accept(given(transport.answer(given(receiver.offer())))));
    eventually().until(() -> !seen.connections.isEmpty());
  }

  private static <T> T given(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(15, TimeUnit.SECONDS);
  }

  private static void refused(CompletionStage<?> stage) {
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> given(stage))
        .withMessageContaining("The connection has ended; make a new one.");
  }

  private static ConditionFactory eventually() {
    return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
  }

  /** Keeps what a receiver reports. */
  private static final class Recorder implements ReceiverListener {

    private final Queue<DecodedPicture> pictures = new ConcurrentLinkedQueue<>();
    private final Queue<String> connections = new ConcurrentLinkedQueue<>();
    private final Queue<String> messages = new ConcurrentLinkedQueue<>();
    private final Queue<String> closed = new ConcurrentLinkedQueue<>();

    @Override
    public void onCandidate(SignalMessage.Candidate candidate) {}

    @Override
    public void onConnected() {
      connections.add("connected");
    }

    @Override
    public void onPicture(DecodedPicture picture) {
      pictures.add(picture);
    }

    @Override
    public void onMessage(String text) {
      messages.add(text);
    }

    @Override
    public void onClosed(String sentence) {
      closed.add(sentence);
    }
  }
}
