package dev.vitrine.runtime.stream;

/**
 * What a transport did since it was made.
 *
 * @param framesOffered pictures that it was given
 * @param framesDropped those that it closed unsent because a newer one came
 * @param framesEncoded those that the encoder took
 * @param bytesSent of video, with headers
 * @param packetsLost as the viewer reports
 * @param roundTripMillis the latest, or 0 before the first
 * @param availableKbps what the network is thought to carry, or 0 before the first estimate
 * @param messagesReceived texts from both channels
 * @param messagesSent texts on {@code messages}
 */
public record TransportStats(
    long framesOffered,
    long framesDropped,
    long framesEncoded,
    long bytesSent,
    long packetsLost,
    double roundTripMillis,
    int availableKbps,
    long messagesReceived,
    long messagesSent) {}
