package dev.vitrine.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** When what happened to a session: RFC 3339 with microseconds, UTC. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Timeline(
    @JsonPropertyDescription("When the controller's watch delivered the session.") @Size(max = 64)
        @Nullable String requestedAt,
    @JsonPropertyDescription("When the pod accepted the session.") @Size(max = 64)
        @Nullable String assignedAt,
    @JsonPropertyDescription("When the session could be joined.") @Size(max = 64)
        @Nullable String readyAt,
    @JsonPropertyDescription("When the viewer was connected first.") @Size(max = 64)
        @Nullable String connectedAt,
    @JsonPropertyDescription("When the first picture was sent.") @Size(max = 64)
        @Nullable String firstFrameAt,
    @JsonPropertyDescription("When the session ended.") @Size(max = 64) @Nullable String endedAt) {

  /** Nothing has happened yet. */
  public static Timeline empty() {
    return new Timeline(null, null, null, null, null, null);
  }
}
