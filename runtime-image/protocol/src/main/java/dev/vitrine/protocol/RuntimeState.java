package dev.vitrine.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a runtime answers to {@code GET /state}.
 *
 * @param podUid empty in local mode
 * @param session null until one is assigned
 */
public record RuntimeState(
    String podUid, @Nullable SessionName session, ConnectionReport connection) {

  private static final int MAX_BYTES = 64 * 1024;

  /** Reads a reply's body. */
  public static RuntimeState parse(String text) throws BadMessageException {
    var fields = Json.object("runtime state", text, MAX_BYTES);
    return new RuntimeState(
        fields.text("podUid", 64),
        fields.has("session") ? SessionName.read(fields.object("session")) : null,
        ConnectionReport.read(fields.object("connection")));
  }

  /** This state as a reply's body. */
  public String toJson() {
    return Json.text(Json.tree(this));
  }
}
