package dev.vitrine.operator;

import org.jspecify.annotations.Nullable;

/** What this process is: the same image runs as two Deployments with two service accounts. */
enum Role {
  /** Reconciles; listens to nobody but the kubelet and the metrics scraper. */
  CONTROLLER("controller"),
  /** Faces browsers, front ends and runtimes; reconciles nothing. */
  GATEWAY("gateway");

  static final String VARIABLE = "VITRINE_ROLE";

  private final String word;

  Role(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  /**
   * The role of that word.
   *
   * @throws IllegalArgumentException with a sentence naming the variable and its two values
   */
  static Role of(@Nullable String word) {
    for (var role : values()) {
      if (role.word.equals(word)) {
        return role;
      }
    }
    throw new IllegalArgumentException(
        "%s is %s: set it to controller or gateway"
            .formatted(VARIABLE, word == null ? "not set" : "\"" + word + "\""));
  }
}
