package dev.vitrine.runtime.stream.sdp;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The lines of one medium, of which the first is its {@code m=}. */
public record MediaSection(List<String> lines) {

  public MediaSection {
    lines = List.copyOf(lines);
  }

  /** The medium: {@code video}, {@code audio} or {@code application}. */
  public String kind() {
    var first = lines.getFirst();
    var end = first.indexOf(' ');
    return end < 0 ? first.substring(2) : first.substring(2, end);
  }

  /** The values of all attributes of that name; an attribute without a value has an empty one. */
  public Stream<String> attributes(String name) {
    return lines.stream()
        .filter(line -> line.equals("a=" + name) || line.startsWith("a=" + name + ":"))
        .map(line -> line.length() > name.length() + 3 ? line.substring(name.length() + 3) : "");
  }

  public Optional<String> attribute(String name) {
    return attributes(name).findFirst();
  }

  /** Whether the side that described itself wants to receive; so it is unless it says otherwise. */
  public boolean wantsToReceive() {
    return attribute("sendonly").isEmpty() && attribute("inactive").isEmpty();
  }
}
