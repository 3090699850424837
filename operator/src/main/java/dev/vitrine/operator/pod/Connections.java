package dev.vitrine.operator.pod;

import dev.vitrine.api.v1alpha1.Connection;
import dev.vitrine.api.v1alpha1.EndReason;
import dev.vitrine.protocol.ConnectionReport;
import dev.vitrine.protocol.StageReport;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What runtimes say of their viewers as sessions' statuses show it, within the resource's bounds.
 */
public final class Connections {

  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final int SENTENCE = 1024;
  private static final int WORD = 63;

  private Connections() {}

  /**
   * What a runtime says.
   *
   * @param seq the number of its report
   */
  public static Connection of(long seq, ConnectionReport said) {
    return new Connection(
        seq,
        Connection.State.valueOf(said.state().word()),
        time(said.connectedAt()),
        time(said.firstFrameAt()),
        time(said.disconnectedAt()),
        time(said.lastInputAt()),
        time(said.endsAt()),
        cut(said.transport(), WORD),
        cut(said.codec(), WORD),
        endReason(said),
        cut(said.message(), SENTENCE),
        stage(said.stage()));
  }

  private static @Nullable EndReason endReason(ConnectionReport said) {
    var reason = said.endReason();
    return reason == null ? null : EndReason.valueOf(reason.word());
  }

  private static Connection.@Nullable Stage stage(@Nullable StageReport stage) {
    return stage == null
        ? null
        : new Connection.Stage(
            cut(stage.url(), SENTENCE), stage.state().word(), cut(stage.error(), SENTENCE));
  }

  private static @Nullable String time(@Nullable Instant time) {
    return Optional.ofNullable(time).map(MICROS::format).orElse(null);
  }

  /** Bounds are counted in code points, as the API server counts them. */
  private static @Nullable String cut(@Nullable String text, int limit) {
    if (text == null || text.codePointCount(0, text.length()) <= limit) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, limit - 1)) + "…";
  }
}
