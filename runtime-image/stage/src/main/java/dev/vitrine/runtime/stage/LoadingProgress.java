package dev.vitrine.runtime.stage;

import com.fasterxml.jackson.databind.JsonNode;

/** How far opening a stage has come, by what the process says of it. */
final class LoadingProgress {

  private static final double OPENED = 0.1;
  private static final double COMPOSED = 0.4;

  private LoadingProgress() {}

  /** From 0 to 1; what takes how long is a guess. */
  static double fraction(JsonNode progress) {
    double total = progress.path("total").asDouble();
    double part = total > 0 ? Math.clamp(progress.path("done").asDouble() / total, 0, 1) : 1;
    return switch (progress.path("phase").asText()) {
      case "open" -> OPENED * part;
      case "payload" -> OPENED + (COMPOSED - OPENED) * part;
      case "mesh" -> COMPOSED + (1 - COMPOSED) * part;
      default -> 0;
    };
  }
}
