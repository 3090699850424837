package dev.vitrine.runtime.stream.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A session description as lines: those of the session, and those of each medium.
 *
 * @param session the lines before the first {@code m=}
 */
public record SessionDescription(List<String> session, List<MediaSection> media) {

  private static final String END_OF_LINE = "\r\n";

  public SessionDescription {
    session = List.copyOf(session);
    media = List.copyOf(media);
  }

  public static SessionDescription parse(String sdp) {
    var session = new ArrayList<String>();
    var media = new ArrayList<List<String>>();
    for (var line : sdp.lines().filter(line -> !line.isBlank()).toList()) {
      if (line.startsWith("m=")) {
        media.add(new ArrayList<>());
      }
      (media.isEmpty() ? session : media.getLast()).add(line);
    }
    return new SessionDescription(session, media.stream().map(MediaSection::new).toList());
  }

  /** A description whose sections the change has gone over. */
  public SessionDescription changed(UnaryOperator<MediaSection> change) {
    return new SessionDescription(session, media.stream().map(change).toList());
  }

  /** The description as text. */
  public String text() {
    return Stream.concat(session.stream(), media.stream().flatMap(m -> m.lines().stream()))
        .collect(Collectors.joining(END_OF_LINE, "", END_OF_LINE));
  }
}
