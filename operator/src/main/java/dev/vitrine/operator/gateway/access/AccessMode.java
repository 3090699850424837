package dev.vitrine.operator.gateway.access;

import org.jspecify.annotations.Nullable;

/** How the gateway knows who may do what. */
public enum AccessMode {
  /** Everybody may do everything: for local work only. */
  NONE,
  /** By tokens of the cluster and its RBAC. */
  KUBERNETES;

  public static final String VARIABLE = "VITRINE_ACCESS";

  /**
   * The mode of that word; {@link #KUBERNETES} where there is none.
   *
   * @throws IllegalArgumentException with a sentence naming the variable and its two values
   */
  public static AccessMode of(@Nullable String word) {
    return switch (word) {
      case null -> KUBERNETES;
      case "kubernetes" -> KUBERNETES;
      case "none" -> NONE;
      default ->
          throw new IllegalArgumentException(
              "%s is \"%s\": set it to kubernetes, or to none for local work"
                  .formatted(VARIABLE, word));
    };
  }
}
