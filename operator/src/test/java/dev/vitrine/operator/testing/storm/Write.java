package dev.vitrine.operator.testing.storm;

import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A write to the API server, as a client sends it.
 *
 * @param kind what it is for, such as {@code patch streamsessions/status}
 * @param request all that tells it from another one: the same when a client tries again
 */
record Write(String kind, String request) {

  private static final Map<String, String> VERBS =
      Map.of("POST", "create", "PUT", "replace", "PATCH", "patch", "DELETE", "delete");

  /** What is written of pods has these words in it, for purposes that fare differently. */
  private static final Map<String, String> PURPOSES =
      Map.of(
          "vitrine.dev/watches", "a viewer",
          "\"generateName\"", "idle",
          "vitrine.dev/claimed-at", "a claim",
          "vitrine.dev/connected", "connected",
          "vitrine.dev/preempted-for", "preempted");

  /** Null for a read. */
  static @Nullable Write of(String method, URI address, String body) {
    var verb = VERBS.get(method);
    return verb == null
        ? null
        : new Write(
            verb + " " + resource(address) + purpose(address, body),
            method + " " + address + "\n" + body);
  }

  /** Its plural, and its subresource. */
  private static String resource(URI address) {
    var path = Arrays.asList(address.getPath().substring(1).split("/"));
    var rest = path.subList(path.getFirst().equals("api") ? 2 : 3, path.size());
    var own =
        rest.size() > 2 && rest.getFirst().equals("namespaces")
            ? rest.subList(2, rest.size())
            : rest;
    return own.size() > 2 ? own.get(0) + "/" + own.get(2) : own.getFirst();
  }

  private static String purpose(URI address, String body) {
    if (String.valueOf(address.getQuery()).contains("dryRun")) {
      return " (dry run)";
    }
    if (body.contains("\"preconditions\"")) {
      return " (unless changed)";
    }
    return address.getPath().contains("/pods") ? purposeOfPod(body) : "";
  }

  private static String purposeOfPod(String body) {
    return PURPOSES.entrySet().stream()
        .filter(purpose -> body.contains(purpose.getKey()))
        .map(purpose -> " (%s)".formatted(purpose.getValue()))
        .findFirst()
        .orElse("");
  }
}
