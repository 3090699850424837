package dev.vitrine.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/**
 * The longest lifetimes on a class: what apps and sessions want beyond is brought down to them, and
 * no viewer extends a session beyond them.
 */
public record LifetimeCeilings(
    @JsonPropertyDescription(
            "Most seconds from the moment that a session has a pod with a node until that pod can"
                + " serve it.")
        @Default("86400")
        @Min(5)
        @Max(86400)
        int startSeconds,
    @JsonPropertyDescription("Most seconds that a ready session waits for its viewer.")
        @Default("86400")
        @Min(5)
        @Max(86400)
        int connectSeconds,
    @JsonPropertyDescription("Most seconds that a lost viewer may take to come back.")
        @Default("86400")
        @Min(0)
        @Max(86400)
        int reconnectSeconds,
    @JsonPropertyDescription("Most seconds without any input from the viewer.")
        @Default("604800")
        @Min(10)
        @Max(604800)
        int idleSeconds,
    @JsonPropertyDescription("Most seconds that a session may last at all.")
        @Default("2592000")
        @Min(10)
        @Max(2592000)
        int maxSeconds,
    @JsonPropertyDescription("Most seconds before an end by time at which the viewer is told.")
        @Default("3600")
        @Min(0)
        @Max(3600)
        int warningSeconds,
    @JsonPropertyDescription("Most seconds that an ended session is kept to be looked at.")
        @Default("2592000")
        @Min(0)
        @Max(2592000)
        int ttlSecondsAfterFinished,
    @JsonPropertyDescription(
            "Seconds that the viewer, once warned that the session's longest duration is near, can add"
                + " to it at a time; never beyond this class's maxSeconds in all. 0: its sessions"
                + " cannot be extended.")
        @Default("0")
        @Min(0)
        @Max(86400)
        int extensionSeconds,
    @JsonPropertyDescription(
            "Seconds that a session may go on after its node was cordoned. Then its viewer is warned"
                + " and it ends, so that the node can be drained. 0: at once, with the warning all the"
                + " same.")
        @Default("600")
        @Min(0)
        @Max(86400)
        int drainSeconds) {

  /** Under a CRD that is older than these three they are absent, and no ceiling. */
  public LifetimeCeilings {
    if (startSeconds == 0) {
      startSeconds = 86400;
      warningSeconds = 3600;
      ttlSecondsAfterFinished = 2592000;
    }
  }

  /** The lifetimes that are left of what was wanted. */
  public Lifetimes limit(Lifetimes wanted) {
    return new Lifetimes(
        Math.min(wanted.startSeconds(), startSeconds),
        Math.min(wanted.connectSeconds(), connectSeconds),
        Math.min(wanted.reconnectSeconds(), reconnectSeconds),
        Math.min(wanted.idleSeconds(), idleSeconds),
        Math.min(wanted.maxSeconds(), maxSeconds),
        Math.min(wanted.warningSeconds(), warningSeconds),
        Math.min(wanted.ttlSecondsAfterFinished(), ttlSecondsAfterFinished));
  }
}
