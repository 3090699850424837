package dev.vitrine.runtime.stream.webrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.onvoid.webrtc.media.audio.AudioLayer;
import dev.vitrine.runtime.stream.Transport;
import dev.vitrine.runtime.stream.TransportFactory;
import dev.vitrine.runtime.stream.TransportListener;
import dev.vitrine.runtime.stream.TransportOptions;
import org.jspecify.annotations.Nullable;

/** Owns libwebrtc's threads and codecs; a process makes one and closes it last. */
public final class WebRtcTransportFactory implements TransportFactory {

  /** Any other audio device aborts the process where there is no sound card. */
  private final AudioDeviceModule silence = new AudioDeviceModule(AudioLayer.kDummyAudio);

  private final PeerConnectionFactory factory = new PeerConnectionFactory(silence);
  private @Nullable Rehearsal rehearsal;
  private boolean closed;

  @Override
  public String name() {
    return "webrtc-java";
  }

  @Override
  public synchronized void warmUp() {
    if (rehearsal == null && !closed) {
      rehearsal = new Rehearsal(factory);
    }
  }

  @Override
  public Transport create(TransportOptions options, TransportListener listener) {
    return new WebRtcTransport(factory, options, listener);
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      if (rehearsal == null || rehearsal.awaitEnd()) {
        factory.dispose();
        silence.dispose();
      }
    }
  }
}
