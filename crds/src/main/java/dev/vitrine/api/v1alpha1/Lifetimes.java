package dev.vitrine.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** How long the sessions of an app may do what, in seconds. */
public record Lifetimes(
    @JsonPropertyDescription(
            "Seconds from the moment that a session has a pod with a node until that pod can serve it.")
        @Default("300")
        @Min(5)
        @Max(86400)
        int startSeconds,
    @JsonPropertyDescription("Seconds that a ready session waits for its viewer.")
        @Default("120")
        @Min(5)
        @Max(86400)
        int connectSeconds,
    @JsonPropertyDescription("Seconds that a lost viewer may take to come back.")
        @Default("20")
        @Min(0)
        @Max(86400)
        int reconnectSeconds,
    @JsonPropertyDescription("Seconds without any input from the viewer.")
        @Default("900")
        @Min(10)
        @Max(604800)
        int idleSeconds,
    @JsonPropertyDescription("Seconds that a session may last at all.")
        @Default("28800")
        @Min(10)
        @Max(2592000)
        int maxSeconds,
    @JsonPropertyDescription("Seconds before an end by time at which the viewer is told.")
        @Default("60")
        @Min(0)
        @Max(3600)
        int warningSeconds,
    @JsonPropertyDescription("Seconds that an ended session is kept to be looked at.")
        @Default("3600")
        @Min(0)
        @Max(2592000)
        int ttlSecondsAfterFinished) {}
