package dev.vitrine.runtime.stream.sdp;

import static dev.vitrine.runtime.stream.sdp.SessionDescriptionTest.video;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.runtime.stream.VideoCodec;
import java.util.List;
import org.junit.jupiter.api.Test;

class VideoFormatTest {

  private static final List<VideoCodec> PREFERENCE = List.of(VideoCodec.H264, VideoCodec.VP8);

  @Test
  void the_first_wanted_codec_that_the_browser_has_is_chosen() {
    assertThat(chosen(BrowserOffers.chromium()).codec()).isEqualTo(VideoCodec.H264);
    assertThat(chosen(BrowserOffers.firefox()).codec()).isEqualTo(VideoCodec.VP8);
  }

  @Test
  void a_browser_without_any_wanted_codec_gets_none() {
    assertThat(VideoFormat.choose(video(BrowserOffers.firefox()), List.of(VideoCodec.H264)))
        .isEmpty();
  }

  @Test
  void of_H264_the_constrained_baseline_in_fragments_is_chosen() {
    var section = video(BrowserOffers.chromium());

    var format = chosen(BrowserOffers.chromium());

    assertThat(section.attributes("fmtp").filter(f -> f.startsWith(format.payloadType() + " ")))
        .singleElement()
        .asString()
        .contains("packetization-mode=1", "profile-level-id=42e0");
  }

  @Test
  void the_chosen_format_comes_first_and_none_is_lost() {
    var section = video(BrowserOffers.chromium());
    var format = chosen(BrowserOffers.chromium());

    var preferred = format.prefer(section, 2000, 4000);

    var before = section.lines().getFirst().split(" ");
    var after = preferred.lines().getFirst().split(" ");
    assertThat(after[3]).isEqualTo(String.valueOf(format.payloadType()));
    assertThat(after).containsExactlyInAnyOrder(before);
  }

  @Test
  void bitrates_are_added_to_what_the_format_already_says() {
    var preferred = chosen(BrowserOffers.chromium()).prefer(video(BrowserOffers.chromium()), 1, 2);

    assertThat(preferred.attributes("fmtp").filter(fmtp -> fmtp.contains("x-google")))
        .singleElement()
        .asString()
        .endsWith(";x-google-start-bitrate=1;x-google-max-bitrate=2")
        .contains("profile-level-id");
  }

  @Test
  void bitrates_are_said_for_a_format_that_said_nothing() {
    var section = video(BrowserOffers.chromium());
    var vp8 = VideoFormat.choose(section, List.of(VideoCodec.VP8)).orElseThrow();

    var preferred = vp8.prefer(section, 1, 2);

    assertThat(preferred.lines())
        .contains(
            "a=fmtp:%d x-google-start-bitrate=1;x-google-max-bitrate=2"
                .formatted(vp8.payloadType()));
    assertThat(preferred.lines()).hasSize(section.lines().size() + 1);
  }

  private static VideoFormat chosen(String offer) {
    return VideoFormat.choose(video(offer), PREFERENCE).orElseThrow();
  }
}
