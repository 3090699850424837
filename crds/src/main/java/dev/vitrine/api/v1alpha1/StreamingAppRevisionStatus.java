package dev.vitrine.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a revision. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StreamingAppRevisionStatus(
    @JsonPropertyDescription("What is known of the revision: `Verified`.") @Size(max = 8)
        List<Condition> conditions,
    @JsonPropertyDescription("The image that its first pod ran, with its digest.") @Size(max = 1024)
        @Nullable String imageDigest,
    @JsonPropertyDescription(
            "UIDs of sessions that had a pod of it and came to no verdict; with the third it failed.")
        @Size(max = 3)
        List<@Size(max = 64) String> spoiltTries) {

  public StreamingAppRevisionStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
    spoiltTries = spoiltTries == null ? List.of() : List.copyOf(spoiltTries);
  }

  /** A status that says nothing yet. */
  public static StreamingAppRevisionStatus empty() {
    return new StreamingAppRevisionStatus(List.of(), null, List.of());
  }
}
