package dev.vitrine.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** How far the rollout of a revision has come. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RolloutProgress(
    @JsonPropertyDescription("Name of the revision that is being rolled out.")
        @Required
        @Size(max = 253)
        String revision,
    @JsonPropertyDescription("Name of the revision that had all new sessions before.")
        @Required
        @Size(max = 253)
        String stable,
    @JsonPropertyDescription("Number of the step in spec.rollout.steps, from 0.")
        @Required
        @Min(0)
        @Max(16)
        int step,
    @JsonPropertyDescription("When the rollout began.") @Size(max = 64) String startedAt,
    @JsonPropertyDescription("When the step began.") @Size(max = 64) String sinceAt,
    @JsonPropertyDescription("Why all new sessions went back to the old revision.")
        @Size(max = 1024)
        @Nullable String rollbackReason) {}
