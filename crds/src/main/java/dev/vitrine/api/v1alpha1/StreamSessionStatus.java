package dev.vitrine.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.stream.Stream;
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
    @JsonPropertyDescription(
            "Warm pods that the session had and lost before its viewer had connected: it got, or"
                + " gets, another one for each.")
        @Size(max = LostPod.MOST)
        List<LostPod> lostPods,
    @JsonPropertyDescription("Name of the node that the pod runs on.") @Size(max = 253)
        @Nullable String nodeName,
    @JsonPropertyDescription("Name of the revision that the pod was made of.") @Size(max = 253)
        @Nullable String revision,
    @JsonPropertyDescription(
            "Place in the line, told for the first 20 and each time that it falls to 20, 10, 5, 3,"
                + " 2 or 1; the gateway tells the exact one.")
        @Min(1)
        @Max(20)
        @Nullable Integer queuePlace,
    @JsonPropertyDescription("When what happened.") @Nullable Timeline timeline,
    @JsonPropertyDescription("The runtime's last report, whole, as the gateway received it.")
        @Nullable Connection connection) {

  public StreamSessionStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
    lostPods = lostPods == null ? List.of() : List.copyOf(lostPods);
  }

  /** A status that says nothing yet. */
  public static StreamSessionStatus empty() {
    return new StreamSessionStatus(List.of(), null, List.of(), null, null, null, null, null);
  }

  /** This status with other conditions. */
  public StreamSessionStatus withConditions(List<Condition> others) {
    return new StreamSessionStatus(
        others, podName, lostPods, nodeName, revision, queuePlace, timeline, connection);
  }

  /** Whether a pod of that name is among those that the session had, and lost. */
  public boolean hasLost(String pod) {
    return lostPods.stream().anyMatch(lost -> lost.name().equals(pod));
  }

  /** This status without its pod, which is among the lost ones by now. */
  public StreamSessionStatus withoutPod(LostPod lost) {
    var others = Stream.concat(lostPods.stream(), Stream.of(lost)).toList();
    return new StreamSessionStatus(
        conditions, null, others, null, null, queuePlace, timeline, connection);
  }

  /** This status with another timeline. */
  public StreamSessionStatus withTimeline(Timeline other) {
    return new StreamSessionStatus(
        conditions, podName, lostPods, nodeName, revision, queuePlace, other, connection);
  }

  /** This status with another report of the runtime; null for none. */
  public StreamSessionStatus withConnection(@Nullable Connection other) {
    return new StreamSessionStatus(
        conditions, podName, lostPods, nodeName, revision, queuePlace, timeline, other);
  }
}
