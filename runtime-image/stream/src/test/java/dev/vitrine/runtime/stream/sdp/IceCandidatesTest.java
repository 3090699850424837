package dev.vitrine.runtime.stream.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IceCandidatesTest {

  private static final String HOST = "a=candidate:1 1 udp 2122260223 10.0.0.5 47998 typ host";
  private static final String HOST_6 = "a=candidate:2 1 udp 2122262783 fd00::5 47998 typ host";
  private static final String REFLEXIVE =
      "a=candidate:3 1 udp 1686052607 198.51.100.1 47998 typ srflx raddr 10.0.0.5 rport 47998";

  @Test
  void host_candidates_are_announced_at_addresses_of_their_family() {
    var announced =
        IceCandidates.announce(
            section(HOST, HOST_6, REFLEXIVE), List.of("203.0.113.9", "2001:db8::9"));

    assertThat(announced.lines())
        .containsExactly(
            "m=video 9 UDP/TLS/RTP/SAVPF 96",
            "a=candidate:190 1 udp 2122260223 203.0.113.9 47998 typ host",
            HOST,
            "a=candidate:291 1 udp 2122262783 2001:db8::9 47998 typ host",
            HOST_6,
            REFLEXIVE);
  }

  @Test
  void an_address_is_announced_once_for_each_port() {
    var second = HOST.replace("10.0.0.5", "10.0.0.6");
    var other = HOST.replace("47998", "47999");

    assertThat(IceCandidates.announce(section(HOST, second, other), List.of("203.0.113.9")).lines())
        .filteredOn(line -> line.contains("203.0.113.9"))
        .hasSize(2);
  }

  @Test
  void what_is_already_there_is_not_announced_again() {
    assertThat(IceCandidates.announce(section(HOST), List.of("10.0.0.5"))).isEqualTo(section(HOST));
  }

  @Test
  void without_addresses_nothing_changes() {
    assertThat(IceCandidates.announce(section(HOST), List.of())).isEqualTo(section(HOST));
  }

  @Test
  void names_are_taken_out() {
    var name = HOST.replace("10.0.0.5", "0f3c5e6a-1234.local");

    assertThat(IceCandidates.withoutNames(section(HOST, name, HOST_6)))
        .isEqualTo(section(HOST, HOST_6));
  }

  @Test
  void what_is_no_candidate_has_no_address() {
    assertThat(IceCandidates.hasNumericAddress("")).isFalse();
    assertThat(IceCandidates.hasNumericAddress("candidate:1 1 udp 1 evil.example 9 typ host"))
        .isFalse();
    assertThat(IceCandidates.hasNumericAddress("candidate:1 1 udp 1 192.0.2.1 9 typ host"))
        .isTrue();
    assertThat(IceCandidates.hasNumericAddress("candidate:1 1 udp 1 fe80::1 9 typ host")).isTrue();
  }

  private static MediaSection section(String... candidates) {
    var lines = new ArrayList<String>();
    lines.add("m=video 9 UDP/TLS/RTP/SAVPF 96");
    lines.addAll(List.of(candidates));
    return new MediaSection(lines);
  }
}
