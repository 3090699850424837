package dev.vitrine.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A revision that gets new sessions. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RevisionShare(
    @JsonPropertyDescription("Name of the revision.") @Required @Size(max = 253) String name,
    @JsonPropertyDescription("What the REST API calls it.") @Size(max = 63)
        @Nullable String version,
    @JsonPropertyDescription("How many of a hundred new sessions it gets.")
        @Required
        @Min(0)
        @Max(100)
        int percent) {}
