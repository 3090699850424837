package dev.vitrine.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was made of an app. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StreamingAppStatus(
    @JsonPropertyDescription(
            "What is known of the app; `Ready` is the summary; `RolloutComplete`, `WarmPoolFull`.")
        @Size(max = 8)
        List<Condition> conditions,
    @JsonPropertyDescription("The link that opens the app in a browser.") @Size(max = 2048)
        @Nullable String url,
    @JsonPropertyDescription("The revisions that get new sessions, the newest first.")
        @Size(max = 8)
        List<RevisionShare> revisions,
    @JsonPropertyDescription(
            "How far the rollout of a new revision has come; absent when all is done.")
        @Nullable RolloutProgress rollout) {

  public StreamingAppStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
    revisions = revisions == null ? List.of() : List.copyOf(revisions);
  }

  /** A status that says nothing yet. */
  public static StreamingAppStatus empty() {
    return new StreamingAppStatus(List.of(), null, List.of(), null);
  }
}
