package dev.vitrine.runtime.stream.sdp;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** ICE candidates in session descriptions (RFC 8839, 5.1). */
public final class IceCandidates {

  private static final int FOUNDATION = 0;
  private static final int PROTOCOL = 2;
  private static final int ADDRESS = 4;
  private static final int PORT = 5;
  private static final int TYPE = 7;
  private static final int MIN_WORDS = 8;

  private IceCandidates() {}

  /**
   * Adds, before each host candidate, the same port at addresses known from outside, as where an
   * address is translated one to one.
   */
  public static MediaSection announce(MediaSection section, List<String> addresses) {
    var lines = new ArrayList<String>();
    var announced = new HashSet<String>();
    for (var line : section.lines()) {
      if (line.startsWith("a=candidate:")) {
        for (var address : addresses) {
          var added = at(address, line, addresses.indexOf(address));
          if (!added.isEmpty() && announced.add(address + " " + words(line)[PORT])) {
            lines.add(added);
          }
        }
      }
      lines.add(line);
    }
    return new MediaSection(lines);
  }

  /** The section without candidates that are names, for nobody looks up what a browser sends. */
  public static MediaSection withoutNames(MediaSection section) {
    return new MediaSection(
        section.lines().stream()
            .filter(line -> !line.startsWith("a=candidate:") || hasNumericAddress(line))
            .toList());
  }

  /** Whether a candidate line says where it is by number, and not by a name to look up. */
  public static boolean hasNumericAddress(String candidate) {
    var words = words(candidate);
    return words.length >= MIN_WORDS
        && words[ADDRESS].matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
  }

  private static String at(String address, String hostCandidate, int index) {
    var words = words(hostCandidate);
    if (words.length < MIN_WORDS
        || !words[TYPE].equals("host")
        || !words[PROTOCOL].equalsIgnoreCase("udp")
        || words[ADDRESS].equals(address)
        || isIpv6(words[ADDRESS]) != isIpv6(address)) {
      return "";
    }
    // A foundation of its own (RFC 8445, 5.1.1.3): checks of one must not freeze the other's.
    words[FOUNDATION] = words[FOUNDATION] + "9" + index;
    words[ADDRESS] = address;
    return String.join(" ", words);
  }

  private static boolean isIpv6(String address) {
    return address.contains(":");
  }

  private static String[] words(String candidate) {
    return candidate.split(" ", -1);
  }
}
