package dev.vitrine.runtime.stream.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.runtime.stream.VideoCodec;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SessionDescriptionTest {

  @Test
  void what_is_not_changed_stays_as_it_was() {
    for (var offer : new String[] {BrowserOffers.chromium(), BrowserOffers.firefox()}) {
      assertThat(SessionDescription.parse(offer).text()).isEqualTo(offer);
    }
  }

  @Test
  void sections_know_their_kind() {
    assertThat(SessionDescription.parse(BrowserOffers.chromium()).media())
        .extracting(MediaSection::kind)
        .containsExactly("video", "application");
  }

  @Test
  void a_section_that_only_sends_does_not_want_to_receive() {
    var offer = BrowserOffers.firefox();

    assertThat(video(offer).wantsToReceive()).isTrue();
    assertThat(video(offer.replace("a=recvonly\r\n", "")).wantsToReceive()).isTrue();
    assertThat(video(offer.replace("a=recvonly", "a=sendonly")).wantsToReceive()).isFalse();
    assertThat(video(offer.replace("a=recvonly", "a=inactive")).wantsToReceive()).isFalse();
  }

  @Test
  void any_text_can_be_parsed() {
    var random = new Random(3);
    for (var round = 0; round < 2000; round++) {
      var text = new StringBuilder(BrowserOffers.chromium());
      for (var cut = 0; cut < 5; cut++) {
        var from = random.nextInt(text.length());
        text.delete(from, Math.min(text.length(), from + random.nextInt(40)));
        text.insert(random.nextInt(text.length()), (char) random.nextInt(128));
      }
      var description = SessionDescription.parse(text.toString());
      description.media().forEach(SessionDescriptionTest::readAll);
    }
  }

  static MediaSection video(String sdp) {
    return SessionDescription.parse(sdp).media().getFirst();
  }

  private static void readAll(MediaSection section) {
    assertThat(section.kind()).isNotNull();
    assertThat(section.attributes("rtpmap")).doesNotContainNull();
    assertThat(IceCandidates.withoutNames(section).lines()).isNotEmpty();
    for (var codec : VideoCodec.values()) {
      VideoFormat.choose(section, List.of(codec))
          .ifPresent(format -> assertThat(format.prefer(section, 1, 2).lines()).isNotEmpty());
    }
  }
}
