package dev.vitrine.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a session fares. The gateway owns {@code connection}, the controller all else. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StreamSessionStatus(
    @JsonPropertyDescription(
            "What is known of the session: `Accepted`, `Assigned`, `Ready`, `Connected`, `Ended`.")
        @Size(max = 8)
        List<Condition> conditions,
    @JsonPropertyDescription("Name of the pod that serves the session.") @Size(max = 253)
        @Nullable String podName,
    @JsonPropertyDescription("Name of the node that the pod runs on.") @Size(max = 253)
        @Nullable String nodeName,
    @JsonPropertyDescription("When what happened.") @Nullable Timeline timeline,
    @JsonPropertyDescription("The runtime's last report, whole, as the gateway received it.")
        @Nullable Connection connection) {

  public StreamSessionStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /** A status that says nothing yet. */
  public static StreamSessionStatus empty() {
    return new StreamSessionStatus(List.of(), null, null, null, null);
  }
}
