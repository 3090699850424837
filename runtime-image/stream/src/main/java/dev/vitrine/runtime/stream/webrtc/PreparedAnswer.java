package dev.vitrine.runtime.stream.webrtc;

import dev.vitrine.runtime.stream.TransportException;
import dev.vitrine.runtime.stream.TransportOptions;
import dev.vitrine.runtime.stream.UdpPorts;
import dev.vitrine.runtime.stream.sdp.IceCandidates;
import dev.vitrine.runtime.stream.sdp.MediaSection;
import dev.vitrine.runtime.stream.sdp.SessionDescription;

/** Our answer as the browser shall see it. */
final class PreparedAnswer {

  private static final String MESSAGE_SIZE = "a=max-message-size:";

  private PreparedAnswer() {}

  static String of(String answerSdp, TransportOptions options) throws TransportException {
    var answer = SessionDescription.parse(answerSdp);
    if (answer.media().stream().allMatch(PreparedAnswer::hasNoCandidate)
        && options.iceServers().isEmpty()) {
      throw new TransportException(noCandidate(options.ports()));
    }
    return answer
        .changed(section -> IceCandidates.announce(section, options.announcedAddresses()))
        .changed(PreparedAnswer::withMessageSize)
        .text();
  }

  private static boolean hasNoCandidate(MediaSection section) {
    return section.attribute("candidate").isEmpty();
  }

  private static String noCandidate(UdpPorts ports) {
    var free =
        ports.equals(UdpPorts.ANY)
            ? ""
            : " or UDP ports %d to %d are in use".formatted(ports.first(), ports.last());
    return "This machine has no network but loopback, which WebRTC does not use%s.".formatted(free);
  }

  /** The browser then refuses to send more, instead of being cut off for it. */
  private static MediaSection withMessageSize(MediaSection section) {
    return new MediaSection(
        section.lines().stream()
            .map(
                line ->
                    line.startsWith(MESSAGE_SIZE)
                        ? MESSAGE_SIZE + TextChannel.MAX_INBOUND_BYTES
                        : line)
            .toList());
  }
}
