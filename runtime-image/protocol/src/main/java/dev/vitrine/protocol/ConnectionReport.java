package dev.vitrine.protocol;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A session's connection, whole: what the session's status shows as {@code connection}.
 *
 * @param connectedAt when the first, or the latest, viewer's connection stood
 * @param endsAt when the session's longest duration is over, extensions included; null where it has
 *     none, and once the session has ended
 * @param transport such as {@code webrtc-java}
 * @param codec such as {@code H264}
 * @param endReason null until the session has ended
 * @param message a sentence about the end
 */
public record ConnectionReport(
    ConnectionState state,
    @Nullable Instant connectedAt,
    @Nullable Instant firstFrameAt,
    @Nullable Instant disconnectedAt,
    @Nullable Instant lastInputAt,
    @Nullable Instant endsAt,
    @Nullable String transport,
    @Nullable String codec,
    @Nullable EndReason endReason,
    @Nullable String message,
    @Nullable StageReport stage) {

  static ConnectionReport read(Fields fields) throws BadMessageException {
    return new ConnectionReport(
        fields.oneOf("state", ConnectionState.class),
        fields.optionalTime("connectedAt"),
        fields.optionalTime("firstFrameAt"),
        fields.optionalTime("disconnectedAt"),
        fields.optionalTime("lastInputAt"),
        fields.optionalTime("endsAt"),
        fields.optionalText("transport", 64),
        fields.optionalText("codec", 64),
        fields.optionalOneOf("endReason", EndReason.class),
        fields.optionalText("message", 4096),
        fields.has("stage") ? StageReport.read(fields.object("stage")) : null);
  }
}
