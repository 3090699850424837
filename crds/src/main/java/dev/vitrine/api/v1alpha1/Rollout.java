package dev.vitrine.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/** How new sessions go over to a new revision. Live sessions stay where they are. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Rollout(
    @JsonPropertyDescription("`Paused` keeps the shares as they are until it is `Running` again.")
        @Default("Running")
        State state,
    @JsonPropertyDescription(
            "Shares on the way to all sessions, in order. Absent: all at once, once verified.")
        @Size(max = 16)
        @ValidationRule(
            value =
                "self.all(step, self.exists_one(other, other.percent == step.percent)) &&"
                    + " (size(self) < 2 || self.map(step, step.percent).isSorted())",
            message = "steps must rise in percent")
        List<Step> steps,
    @JsonPropertyDescription("What a revision has to show before it gets sessions.") @Default("{}")
        Verification verification,
    @JsonPropertyDescription(
            "Most of a hundred sessions that the new revision was given by its share, live ones too,"
                + " that may have failed while it is rolled out; beyond, all new sessions go back to"
                + " the old one. Counts from the fifth session on.")
        @Default("50")
        @Min(0)
        @Max(100)
        int maxFailurePercent,
    @JsonPropertyDescription("Revisions without a share that are kept, to go back to.")
        @Default("5")
        @Min(0)
        @Max(50)
        int historyLimit) {

  public Rollout {
    steps = steps == null ? List.of() : List.copyOf(steps);
  }

  /** Whether it goes on. */
  public enum State {
    /** Step by step. */
    Running,
    /** It stays where it is. */
    Paused
  }

  /** A share of the new sessions, for a time. */
  public record Step(
      @JsonPropertyDescription("How many of a hundred new sessions the new revision gets.")
          @Required
          @Min(1)
          @Max(99)
          int percent,
      @JsonPropertyDescription("Seconds until the next step.") @Default("300") @Min(0) @Max(604800)
          int holdSeconds) {}

  /** A session of our own that tries a revision. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Verification(
      @JsonPropertyDescription(
              "`DecodeFrame`: a viewer in a pod decodes a picture. `Ready`: a pod can serve."
                  + " `None`: nothing is tried.")
          @Default("DecodeFrame")
          Mode mode,
      @JsonPropertyDescription("Values of parameters that the session gives.") @Size(max = 32)
          Map<String, @Size(max = 1024) String> parameters,
      @JsonPropertyDescription(
              "Seconds from the moment that the session's pod has a node until it can be joined, and as"
                  + " many from the moment that its viewer's pod has one.")
          @Default("180")
          @Min(10)
          @Max(3600)
          int timeoutSeconds) {

    public Verification {
      parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
    }
  }

  /** What is tried. */
  public enum Mode {
    /** A viewer in a pod of its own decodes a picture. */
    DecodeFrame,
    /** A pod accepts the session. */
    Ready,
    /** Nothing. */
    None
  }
}
