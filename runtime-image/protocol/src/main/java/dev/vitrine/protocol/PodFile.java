package dev.vitrine.protocol;

import java.net.URI;

/**
 * What every pod of the cluster knows from the start: the file {@code runtime.json}.
 *
 * @param assignmentKeys what signs assignments
 * @param reportUrl where reports go
 */
public record PodFile(KeySet assignmentKeys, URI reportUrl) {

  /** Reads the file's text. */
  public static PodFile parse(String text) throws BadMessageException {
    var fields = Json.object("pod file", text, 64 * 1024);
    return new PodFile(
        KeySet.read(fields.object("assignmentKeys")), fields.httpAddress("reportUrl"));
  }

  /** The file's text. */
  public String toJson() {
    return Json.text(Json.tree(this));
  }
}
