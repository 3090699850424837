package dev.vitrine.runtime.stream.webrtc;

import dev.vitrine.runtime.stream.BadOfferException;
import dev.vitrine.runtime.stream.TransportOptions;
import dev.vitrine.runtime.stream.VideoCodec;
import dev.vitrine.runtime.stream.sdp.IceCandidates;
import dev.vitrine.runtime.stream.sdp.MediaSection;
import dev.vitrine.runtime.stream.sdp.SessionDescription;
import dev.vitrine.runtime.stream.sdp.VideoFormat;

/**
 * A browser's offer as libwebrtc shall see it.
 *
 * @param sdp with the chosen codec first, and without candidates that would have to be looked up
 * @param maxMessageBytes what the browser takes as one message of a data channel
 */
record PreparedOffer(String sdp, VideoCodec codec, int maxMessageBytes) {

  /** What a side takes that does not say (RFC 8841, 6.1). */
  private static final int DEFAULT_MESSAGE_BYTES = 64 * 1024;

  /** What libwebrtc sends at most. */
  private static final int MAX_MESSAGE_BYTES = 256 * 1024;

  static PreparedOffer of(String offerSdp, TransportOptions options) throws BadOfferException {
    var offer = SessionDescription.parse(offerSdp);
    var video = wantedVideo(offer);
    var format =
        VideoFormat.choose(video, options.codecs())
            .orElseThrow(
                () ->
                    new BadOfferException(
                        "The browser can decode none of %s; use one that can."
                            .formatted(options.codecs())));
    var maxKbps = options.video().kbps();
    var prepared =
        offer
            .changed(
                section ->
                    section.equals(video) ? format.prefer(video, maxKbps / 2, maxKbps) : section)
            .changed(IceCandidates::withoutNames);
    return new PreparedOffer(prepared.text(), format.codec(), maxMessageBytes(offer));
  }

  private static MediaSection wantedVideo(SessionDescription offer) throws BadOfferException {
    return offer.media().stream()
        .filter(section -> section.kind().equals("video") && section.wantsToReceive())
        .findFirst()
        .orElseThrow(
            () ->
                new BadOfferException(
                    "The offer asks for no video; add a video transceiver that receives."));
  }

  private static int maxMessageBytes(SessionDescription offer) {
    var said =
        offer.media().stream()
            .flatMap(section -> section.attributes("max-message-size"))
            .filter(size -> size.matches("\\d{1,18}"))
            .mapToLong(Long::parseLong)
            .findFirst()
            .orElse(DEFAULT_MESSAGE_BYTES);
    // 0 means any size.
    return said == 0 ? MAX_MESSAGE_BYTES : (int) Math.min(said, MAX_MESSAGE_BYTES);
  }
}
