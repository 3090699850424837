package dev.vitrine.runtime.stream.webrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.onvoid.webrtc.media.audio.AudioLayer;
import dev.vitrine.protocol.IceServer;
import dev.vitrine.runtime.stream.Receiver;
import dev.vitrine.runtime.stream.ReceiverListener;
import dev.vitrine.runtime.stream.Transport;
import dev.vitrine.runtime.stream.TransportFactory;
import dev.vitrine.runtime.stream.TransportListener;
import dev.vitrine.runtime.stream.TransportOptions;
import java.util.List;

/** Owns libwebrtc's threads and codecs; a process makes one and closes it last. */
public final class WebRtcTransportFactory implements TransportFactory {

  /** Any other audio device aborts the process where there is no sound card. */
  private final AudioDeviceModule silence = new AudioDeviceModule(AudioLayer.kDummyAudio);

  private final PeerConnectionFactory factory = new PeerConnectionFactory(silence);
  private boolean closed;

  @Override
  public String name() {
    return "webrtc-java";
  }

  @Override
  public Transport create(TransportOptions options, TransportListener listener) {
    return new WebRtcTransport(factory, options, listener);
  }

  /**
   * The other side: a receiver that waits to be asked for its offer, owned by the caller.
   *
   * @param iceServers servers that help to find a way; often none
   */
  public Receiver createReceiver(List<IceServer> iceServers, ReceiverListener listener) {
    return new WebRtcReceiver(factory, iceServers, listener);
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      factory.dispose();
      silence.dispose();
    }
  }
}
