package dev.vitrine.runtime.stream.webrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.vitrine.protocol.SignalMessage;
import dev.vitrine.protocol.VideoSettings;
import dev.vitrine.runtime.stream.TransportListener;
import dev.vitrine.runtime.stream.TransportOptions;
import dev.vitrine.runtime.stream.TransportStats;
import dev.vitrine.runtime.stream.UdpPorts;
import dev.vitrine.runtime.stream.VideoCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers an offer that no browser made. libwebrtc's first answer in a process takes over a second,
 * each further one a tenth of that: no viewer should be the one who waits for it.
 */
final class Rehearsal {

  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
  private static final int LIMIT_SECONDS = 15;
  private static final TransportOptions OPTIONS =
      new TransportOptions(
          new VideoSettings(640, 360, 30, 1000),
          List.of(VideoCodec.H264, VideoCodec.VP8),
          UdpPorts.ANY,
          List.of(),
          List.of());

  private final CompletableFuture<Void> over;

  /** Begins in the background. */
  Rehearsal(PeerConnectionFactory factory) {
    var transport = new WebRtcTransport(factory, OPTIONS, new Nobody());
    over =
        transport
            .answer(offer())
            .<Void>handleAsync(
                (answer, failed) -> {
                  transport.close();
                  if (failed != null) {
                    LOG.warn("The rehearsal of a connection failed.", failed);
                  }
                  return null;
                })
            .toCompletableFuture();
  }

  /** Waits for its end; false if it does not come, and libwebrtc is still in use. */
  boolean awaitEnd() {
    try {
      over.get(LIMIT_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      LOG.error("The rehearsal of a connection does not end.", e);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static String offer() {
    try (var file = Rehearsal.class.getResourceAsStream("rehearsal.sdp")) {
      if (file == null) {
        throw new IllegalStateException("the build left out rehearsal.sdp");
      }
      return new String(file.readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Nobody implements TransportListener {
    @Override
    public void onCandidate(SignalMessage.Candidate candidate) {}

    @Override
    public void onConnected(VideoCodec codec) {}

    @Override
    public void onDisconnected() {}

    @Override
    public void onClosed(String sentence) {}

    @Override
    public void onMessage(String text) {}

    @Override
    public void onInput(String text) {}

    @Override
    public void onStats(TransportStats stats) {}
  }
}
