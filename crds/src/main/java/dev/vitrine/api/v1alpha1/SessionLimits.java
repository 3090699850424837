package dev.vitrine.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** How many sessions of an app there may be at a time; those beyond wait in line. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SessionLimits(
    @JsonPropertyDescription(
            "Most sessions of the app that have a pod at a time. Absent: as many as find room.")
        @Min(1)
        @Max(100000)
        @Nullable Integer sessions,
    @JsonPropertyDescription(
            "Most sessions of the app that one user has a pod for at a time. Sessions without a user"
                + " do not count. Absent: no such limit.")
        @Min(1)
        @Max(100000)
        @Nullable Integer sessionsPerUser,
    @JsonPropertyDescription(
            "Seconds that a session waits in line for a pod. 0: it ends at once if there is no room.")
        @Default("900")
        @Min(0)
        @Max(86400)
        int queueSeconds) {}
