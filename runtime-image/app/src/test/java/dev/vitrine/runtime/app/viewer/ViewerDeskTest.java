package dev.vitrine.runtime.app.viewer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.protocol.SignalCloseCode;
import dev.vitrine.protocol.SignalMessage;
import dev.vitrine.protocol.ViewerReply;
import dev.vitrine.runtime.app.picture.Cameraman;
import dev.vitrine.runtime.stream.Transport;
import dev.vitrine.runtime.stream.TransportFactory;
import dev.vitrine.runtime.stream.TransportListener;
import dev.vitrine.runtime.stream.TransportOptions;
import dev.vitrine.runtime.stream.VideoCodec;
import dev.vitrine.runtime.stream.VideoFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose place it is when signalling sockets come and go. */
class ViewerDeskTest {

  private static final String OFFER = "{\"type\":\"offer\",\"sdp\":\"v=0\\r\\n\"}";

  private final ScheduledExecutorService session = Executors.newSingleThreadScheduledExecutor();
  private final FakeTransports transports = new FakeTransports();
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final AtomicInteger secrets = new AtomicInteger();
  private final ViewerDesk desk =
      new ViewerDesk(
          session,
          Entrance.open(),
          SeatRule.KEPT,
          () -> "secret-" + secrets.incrementAndGet(),
          transports,
          () -> null,
          new Conversation.Partner(null, new Cameraman(1), null, null),
          new Notes());

  @AfterEach
  void end() {
    session.shutdownNow();
  }

  @Test
  void a_page_whose_socket_broke_in_the_middle_of_its_set_up_finds_its_place_free()
      throws Exception {
    var first = new Page();
    first.handler.onText(OFFER);
    first.handler.onClosed();

    var second = new Page();
    second.handler.onText(OFFER);
    settle();

    assertThat(second.sent).hasOnlyElementsOfType(SignalMessage.Answer.class).hasSize(1);
    assertThat(transports.open()).hasSize(1);
  }

  @Test
  void the_end_of_its_socket_means_nothing_to_a_connection_that_stands() throws Exception {
    var first = new Page();
    first.handler.onText(OFFER);
    settle();
    transports.open().getFirst().listener.onConnected(VideoCodec.VP8);
    first.handler.onClosed();

    var second = new Page();
    second.handler.onText(OFFER);
    settle();

    assertThat(second.refusals).containsExactly(SignalCloseCode.SESSION_IN_USE);
    assertThat(transports.open()).hasSize(1);
  }

  @Test
  void an_interruption_is_not_taken_for_the_viewers_leave() throws Exception {
    var page = new Page();
    page.handler.onText(OFFER);
    settle();
    var listener = transports.open().getFirst().listener;
    listener.onConnected(VideoCodec.VP8);
    listener.onDisconnected();
    listener.onConnected(VideoCodec.VP8);
    listener.onClosed("It is lost.");
    settle();

    assertThat(heard)
        .containsExactly("new viewer", "connected", "interrupted", "connected", "disconnected");
  }

  @Test
  void a_viewer_who_comes_back_is_the_same_and_another_is_new() throws Exception {
    var first = new Page();
    first.handler.onText(OFFER);
    settle();
    transports.open().getFirst().listener.onConnected(VideoCodec.VP8);
    settle();
    var again = new Page();
    again.handler.onText(OFFER.replace("}", ",\"resume\":\"secret-1\"}"));
    settle();
    transports.open().getFirst().listener.onConnected(VideoCodec.VP8);
    settle();

    assertThat(heard).containsExactly("new viewer", "connected", "connected");
  }

  @Test
  void a_page_that_has_something_to_say_is_heard_of() throws Exception {
    var page = new Page();
    page.handler.onText(OFFER);
    settle();
    var listener = transports.open().getFirst().listener;
    listener.onConnected(VideoCodec.VP8);
    listener.onMessage("{\"event_type\":\"vitrine.firstFrame\",\"payload\":{}}");
    settle();
    assertThat(heard).containsExactly("new viewer", "connected");

    listener.onMessage("{\"event_type\":\"echoRequest\",\"payload\":{}}");
    settle();
    assertThat(heard).containsExactly("new viewer", "connected", "message");
  }

  @ParameterizedTest
  @MethodSource
  void a_message_that_cannot_be_read_is_told_and_the_connection_goes_on(String text, String words)
      throws Exception {
    var page = new Page();
    page.handler.onText(OFFER);
    settle();
    var transport = transports.open().getFirst();
    transport.listener.onConnected(VideoCodec.VP8);
    transport.listener.onMessage(text);
    settle();

    assertThat(page.refusals).isEmpty();
    assertThat(transport.closed).isFalse();
    assertThat(transport.told).hasSize(1);
    assertThat(transport.told.getFirst())
        .startsWith("{\"event_type\":\"viewerError\",\"payload\":{\"event_type\":\"\",")
        .contains(words);
  }

  static Stream<Arguments> a_message_that_cannot_be_read_is_told_and_the_connection_goes_on() {
    return Stream.of(
        Arguments.of("nonsense", "is not valid JSON"),
        Arguments.of("[]", "is not a JSON object"),
        Arguments.of("{\"payload\":{}}", "has no `event_type`"),
        Arguments.of("{\"event_type\":\"x\",\"payload\":7}", "has a bad `payload`"),
        Arguments.of("[".repeat(60_000), "is not valid JSON"),
        Arguments.of(
            "{\"event_type\":\"x\",\"payload\":{\"a\":\"" + "x".repeat(65_536) + "\"}}",
            "is larger than 65536 bytes"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"echoRequest", "selectPrimsRequest", "makePrimsPickable"})
  void a_message_that_comes_before_its_connection_stands_is_refused(String type) throws Exception {
    var page = new Page();
    page.handler.onText(OFFER);
    settle();
    var transport = transports.open().getFirst();
    transport.listener.onMessage(
        "{\"event_type\":\"%s\",\"payload\":{\"paths\":[]}}".formatted(type));
    settle();

    assertThat(transport.told).hasSize(1);
    assertThat(transport.told.getFirst()).contains(type, "The session has not started");
  }

  @Test
  void a_reply_that_the_page_does_not_take_is_told_by_its_id() throws Exception {
    var page = new Page();
    page.handler.onText(OFFER);
    settle();
    var transport = transports.open().getFirst();
    transport.refusals = 1;
    transport.listener.onMessage("{\"event_type\":\"echoRequest\",\"id\":\"7\"}");
    settle();

    assertThat(transport.told).hasSize(1);
    assertThat(transport.told.getFirst())
        .startsWith("{\"event_type\":\"viewerError\",\"id\":\"7\"")
        .contains("The reply is lost");
  }

  @Test
  void too_many_messages_are_told_and_the_connection_goes_on() throws Exception {
    var page = new Page();
    page.handler.onText(OFFER);
    settle();
    var transport = transports.open().getFirst();
    transport.listener.onConnected(VideoCodec.VP8);
    settle();
    for (int i = 0; i < 1000; i++) {
      transport.listener.onMessage("{\"event_type\":\"openStageRequest\"}");
    }
    settle();

    assertThat(page.refusals).isEmpty();
    assertThat(transport.closed).isFalse();
    assertThat(transport.told)
        .hasSizeBetween(51, 100)
        .filteredOn(text -> text.contains("Too many messages: 50 at once and 50 a second"))
        .hasSizeBetween(1, 3);
  }

  private void settle() throws Exception {
    for (var i = 0; i < 3; i++) { // what runs there may put more in line
      session.submit(() -> {}).get(60, TimeUnit.SECONDS);
    }
  }

  /** A page's socket, as the runtime sees it. */
  private final class Page implements SignalSocket {
    final List<SignalMessage.FromRuntime> sent = new CopyOnWriteArrayList<>();
    final List<SignalCloseCode> refusals = new CopyOnWriteArrayList<>();
    final SignalHandler handler = desk.enter(this, Optional.empty());

    @Override
    public void send(SignalMessage.FromRuntime message) {
      sent.add(message);
    }

    @Override
    public void refuse(SignalCloseCode code, String sentence) {
      refusals.add(code);
    }

    @Override
    public void close() {}
  }

  private static final class FakeTransports implements TransportFactory {
    private final List<FakeTransport> all = new ArrayList<>();

    List<FakeTransport> open() {
      return all.stream().filter(transport -> !transport.closed).toList();
    }

    @Override
    public String name() {
      return "fake";
    }

    @Override
    public Transport create(TransportOptions options, TransportListener listener) {
      var transport = new FakeTransport(listener);
      all.add(transport);
      return transport;
    }

    @Override
    public void close() {}
  }

  private static final class FakeTransport implements Transport {
    final TransportListener listener;
    final List<String> told = new CopyOnWriteArrayList<>();
    volatile boolean closed;
    int refusals; // so many of the next are not taken

    FakeTransport(TransportListener listener) {
      this.listener = listener;
    }

    @Override
    public CompletionStage<String> answer(String offerSdp) {
      return CompletableFuture.completedFuture("v=0\r\n");
    }

    @Override
    public void addCandidate(SignalMessage.Candidate candidate) {}

    @Override
    public void offerFrame(VideoFrame frame) {
      frame.close();
    }

    @Override
    public boolean send(List<String> texts) {
      return refusals-- <= 0 && told.addAll(texts);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private final class Notes implements ViewerListener {
    @Override
    public void onNewViewer() {
      heard.add("new viewer");
    }

    @Override
    public void onConnected(Transport transport, VideoCodec codec) {
      heard.add("connected");
    }

    @Override
    public void onInterrupted() {
      heard.add("interrupted");
    }

    @Override
    public void onDisconnected(boolean saidGoodbye) {
      heard.add("disconnected");
    }

    @Override
    public void onFirstFrame() {}

    @Override
    public void onMessage() {
      heard.add("message");
    }

    @Override
    public void onInput() {}

    @Override
    public ViewerReply.ExtensionReply onExtend() {
      throw new UnsupportedOperationException();
    }
  }
}
