package dev.vitrine.protocol;

/**
 * What a runtime tells the gateway, by {@code POST /reports}.
 *
 * @param session the session's name
 * @param seq one more than the last report's; of two reports the higher is true
 */
public record RuntimeReport(
    String namespace,
    String session,
    String sessionUid,
    String podUid,
    long seq,
    ConnectionReport connection) {

  private static final int MAX_BYTES = 64 * 1024;

  /** Reads a request's body. */
  public static RuntimeReport parse(String text) throws BadMessageException {
    var fields = Json.object("runtime report", text, MAX_BYTES);
    return new RuntimeReport(
        fields.text("namespace", 63),
        fields.text("session", 253),
        fields.text("sessionUid", 64),
        fields.text("podUid", 64),
        fields.integer("seq", 0, Long.MAX_VALUE),
        ConnectionReport.read(fields.object("connection")));
  }

  /** This report as a request's body. */
  public String toJson() {
    return Json.text(Json.tree(this));
  }
}
