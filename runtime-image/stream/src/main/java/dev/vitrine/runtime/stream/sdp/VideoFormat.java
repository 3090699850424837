package dev.vitrine.runtime.stream.sdp;

import dev.vitrine.runtime.stream.VideoCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One way to send video that an offer lists.
 *
 * @param payloadType its number in RTP and in the offer
 */
public record VideoFormat(VideoCodec codec, int payloadType) {

  /** The constrained baseline profile, which is what OpenH264 makes. */
  private static final String H264_PROFILE = "profile-level-id=42e0";

  /** Pictures larger than a packet (RFC 6184, 6.3). */
  private static final String H264_MODE = "packetization-mode=1";

  /** The format of the most wanted codec that the section lists; empty where it lists none. */
  public static Optional<VideoFormat> choose(MediaSection video, List<VideoCodec> preference) {
    return preference.stream()
        .flatMap(codec -> formats(video, codec).stream())
        .filter(format -> format.suitable(video))
        .findFirst();
  }

  /**
   * The section with this format as the first choice and with what libwebrtc reads from the other
   * side's format: where its bandwidth estimate starts, without which it takes 20 s to get there.
   */
  public MediaSection prefer(MediaSection video, int startKbps, int maxKbps) {
    var bitrates =
        "x-google-start-bitrate=%d;x-google-max-bitrate=%d".formatted(startKbps, maxKbps);
    var lines = new ArrayList<String>();
    lines.add(firstChoice(video.lines().getFirst()));
    var parameters = fmtpOf(video);
    for (var line : video.lines().subList(1, video.lines().size())) {
      if (line.startsWith("a=fmtp:" + payloadType + " ")) {
        lines.add(line + ";" + bitrates);
      } else {
        lines.add(line);
      }
      if (parameters.isEmpty() && line.startsWith("a=rtpmap:" + payloadType + " ")) {
        lines.add("a=fmtp:" + payloadType + " " + bitrates);
      }
    }
    return new MediaSection(lines);
  }

  private static List<VideoFormat> formats(MediaSection video, VideoCodec codec) {
    return video
        .attributes("rtpmap")
        .filter(map -> map.matches("\\d{1,3} (?i)" + codec.name() + "/90000"))
        .map(map -> Integer.parseInt(map.substring(0, map.indexOf(' '))))
        .map(payloadType -> new VideoFormat(codec, payloadType))
        .toList();
  }

  private boolean suitable(MediaSection video) {
    var parameters = fmtpOf(video).toLowerCase(Locale.ROOT);
    return codec != VideoCodec.H264
        || (parameters.contains(H264_PROFILE) && parameters.contains(H264_MODE));
  }

  private String fmtpOf(MediaSection video) {
    return video
        .attributes("fmtp")
        .filter(fmtp -> fmtp.startsWith(payloadType + " "))
        .findFirst()
        .orElse("");
  }

  /** {@code m=video 9 UDP/TLS/RTP/SAVPF 96 97 98} with this payload type before the others. */
  private String firstChoice(String mediaLine) {
    var words = new ArrayList<>(List.of(mediaLine.split(" ")));
    var own = String.valueOf(payloadType);
    var firstFormat = 3;
    if (words.subList(firstFormat, words.size()).remove(own)) {
      words.add(firstFormat, own);
    }
    return String.join(" ", words);
  }
}
