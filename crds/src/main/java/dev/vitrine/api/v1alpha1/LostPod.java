package dev.vitrine.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A warm pod that a session had, and lost before its viewer had connected. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LostPod(
    @JsonPropertyDescription("Name of the pod.") @Required @Size(max = 253) String name,
    @JsonPropertyDescription("When the controller saw that it was lost.") @Required @Size(max = 64)
        String lostAt) {

  /** So many may a session lose; the loss of the next one ends it. */
  public static final int MOST = 3;
}
