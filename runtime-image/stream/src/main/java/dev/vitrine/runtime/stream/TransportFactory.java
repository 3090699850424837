package dev.vitrine.runtime.stream;

/**
 * Makes transports of one kind; the one owner of what they share, closed after the last of them.
 */
public interface TransportFactory extends AutoCloseable {

  /** The kind's name in reports, such as {@code webrtc-java}. */
  String name();

  /** A transport that waits for an offer, owned by the caller. */
  Transport create(TransportOptions options, TransportListener listener);

  @Override
  void close();
}
