package dev.vitrine.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** What one session wants otherwise than its app; what is absent is as the app has it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LifetimeWishes(
    @JsonPropertyDescription(
            "Seconds from the moment that it has a pod with a node until that pod can serve it; at most"
                + " as many as the app says.")
        @Min(5)
        @Max(86400)
        @Nullable Integer startSeconds,
    @JsonPropertyDescription("Seconds that the ready session waits for its viewer.")
        @Min(5)
        @Max(86400)
        @Nullable Integer connectSeconds,
    @JsonPropertyDescription("Seconds that the lost viewer may take to come back.")
        @Min(0)
        @Max(86400)
        @Nullable Integer reconnectSeconds,
    @JsonPropertyDescription("Seconds without any input from the viewer.") @Min(10) @Max(604800)
        @Nullable Integer idleSeconds,
    @JsonPropertyDescription("Seconds that the session may last at all.") @Min(10) @Max(2592000)
        @Nullable Integer maxSeconds,
    @JsonPropertyDescription("Seconds before an end by time at which the viewer is told.")
        @Min(0)
        @Max(3600)
        @Nullable Integer warningSeconds,
    @JsonPropertyDescription(
            "Seconds that the ended session is kept to be looked at; at most as many as the app"
                + " says.")
        @Min(0)
        @Max(2592000)
        @Nullable Integer ttlSecondsAfterFinished) {

  /**
   * The app's lifetimes with these wishes put over them. What a session takes while nobody watches
   * it, before and after its life, is not a viewer's to lengthen.
   */
  public Lifetimes over(Lifetimes app) {
    return new Lifetimes(
        Math.min(or(startSeconds, app.startSeconds()), app.startSeconds()),
        or(connectSeconds, app.connectSeconds()),
        or(reconnectSeconds, app.reconnectSeconds()),
        or(idleSeconds, app.idleSeconds()),
        or(maxSeconds, app.maxSeconds()),
        or(warningSeconds, app.warningSeconds()),
        Math.min(
            or(ttlSecondsAfterFinished, app.ttlSecondsAfterFinished()),
            app.ttlSecondsAfterFinished()));
  }

  private static int or(@Nullable Integer wish, int otherwise) {
    return wish == null ? otherwise : wish;
  }
}
