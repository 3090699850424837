package dev.vitrine.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The runtime's report of its viewer. Written whole by the gateway; a newer seq replaces it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Connection(
    @JsonPropertyDescription("Number of the report; a higher one is newer.")
        @Required
        @Min(0)
        @Max(9007199254740991L)
        long seq,
    @JsonPropertyDescription("Where the connection stands.") @Required State state,
    @JsonPropertyDescription("When a viewer was connected first.") @Size(max = 64)
        @Nullable String connectedAt,
    @JsonPropertyDescription("When the first picture was sent.") @Size(max = 64)
        @Nullable String firstFrameAt,
    @JsonPropertyDescription("When the viewer was lost last.") @Size(max = 64)
        @Nullable String disconnectedAt,
    @JsonPropertyDescription("When the viewer did something last.") @Size(max = 64)
        @Nullable String lastInputAt,
    @JsonPropertyDescription(
            "When the session's longest duration is over, extensions included; absent once it has ended.")
        @Size(max = 64)
        @Nullable String endsAt,
    @JsonPropertyDescription("What carries the stream, such as `webrtc-java`.") @Size(max = 64)
        @Nullable String transport,
    @JsonPropertyDescription("Codec of the video, such as `H264`.") @Size(max = 64)
        @Nullable String codec,
    @JsonPropertyDescription("Why the runtime ends, once its state is `Ended`.")
        @Nullable EndReason endReason,
    @JsonPropertyDescription("A sentence for people on the state.") @Size(max = 4096)
        @Nullable String message,
    @JsonPropertyDescription("The stage that is shown.") @Nullable Stage stage) {

  /** Where the connection between the runtime and its viewer stands. */
  public enum State {
    /** Nobody has come yet. */
    Waiting,
    /** A viewer is being connected. */
    Connecting,
    /** A viewer is there. */
    Connected,
    /** The viewer was lost and may come back. */
    Disconnected,
    /** The runtime is ending; nobody can connect any more. */
    Ended
  }

  /** The stage that is shown. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Stage(
      @JsonPropertyDescription("Where it is from.") @Size(max = 4096) @Nullable String url,
      @JsonPropertyDescription("How it fares, such as `ready` or `failed`.") @Size(max = 64)
          @Nullable String state,
      @JsonPropertyDescription("Why it could not be opened.") @Size(max = 4096)
          @Nullable String error) {}
}
