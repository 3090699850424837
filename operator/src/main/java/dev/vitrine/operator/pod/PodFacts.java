package dev.vitrine.operator.pod;

import dev.vitrine.operator.support.Times;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a pod says of itself, without fabric8's nulls. */
public record PodFacts(Pod pod) {

  /** Waiting reasons of the kubelet that do not pass by waiting. */
  private static final Set<String> HOPELESS =
      Set.of(
          "InvalidImageName",
          "ErrImageNeverPull",
          "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError");

  /**
   * Words of kube-scheduler's plugins NodeResourcesFit, NodePorts and DynamicResources; other ones
   * speak of what no room mends, such as a node selector.
   */
  private static final Pattern LACKS_ROOM =
      Pattern.compile("Insufficient |Too many pods|free ports|cannot allocate all claims");

  /** Nodes that are cordoned, not ready or under pressure are so for a while. */
  private static final Pattern PASSES =
      Pattern.compile("were unschedulable|taint \\{node\\.kubernetes\\.io/");

  /** A registry's hiccup passes. */
  private static final Set<String> IMAGE_TROUBLES = Set.of("ErrImagePull", "ImagePullBackOff");

  /** An image that cannot be pulled for that long is not there. */
  private static final Duration IMAGE_PATIENCE = Duration.ofSeconds(60);

  public String name() {
    return pod.getMetadata().getName();
  }

  public String uid() {
    return pod.getMetadata().getUid();
  }

  /** Name of the revision that it was made of. */
  public Optional<String> revision() {
    return Optional.ofNullable(pod.getMetadata().getLabels().get(PodLabels.REVISION));
  }

  /**
   * When it became a session's own: when it was claimed, else when it was made. Whoever may change
   * pods may have written something else than a time.
   */
  public Instant grantedAt() {
    return Optional.ofNullable(pod.getMetadata().getAnnotations())
        .flatMap(annotations -> Times.parse(annotations.get(PodLabels.CLAIMED_AT)))
        .orElseGet(this::createdAt);
  }

  /** Which template it was made of; empty for a session's own pod. */
  public Optional<String> template() {
    return Optional.ofNullable(pod.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(PodLabels.TEMPLATE));
  }

  /** UID of the session that its own makes room for; empty for most pods. */
  public Optional<String> preemptedFor() {
    return Optional.ofNullable(pod.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(PodLabels.PREEMPTED_FOR));
  }

  public Optional<String> nodeName() {
    return Optional.ofNullable(pod.getSpec()).map(spec -> spec.getNodeName());
  }

  public Optional<String> address() {
    return Optional.ofNullable(status().getPodIP());
  }

  public boolean isDeleted() {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }

  /** Its container has ended, or it never will run. */
  public boolean isOver() {
    return "Succeeded".equals(status().getPhase())
        || "Failed".equals(status().getPhase())
        || termination().isPresent();
  }

  public boolean isReady() {
    return condition("Ready").filter(ready -> ready.getStatus().equals("True")).isPresent();
  }

  /** When it found a node; empty until it has. */
  public Optional<Instant> scheduledAt() {
    return condition("PodScheduled")
        .filter(scheduled -> scheduled.getStatus().equals("True"))
        .map(PodCondition::getLastTransitionTime)
        .map(Instant::parse);
  }

  /** The scheduler's words, while it finds no node. */
  public Optional<String> unschedulable() {
    return condition("PodScheduled")
        .filter(scheduled -> scheduled.getStatus().equals("False"))
        .filter(scheduled -> "Unschedulable".equals(scheduled.getReason()))
        .map(PodCondition::getMessage);
  }

  /** Since when the scheduler has found no node; asked only of a pod without one. */
  public Instant unschedulableSince() {
    return condition("PodScheduled")
        .flatMap(scheduled -> Times.parse(scheduled.getLastTransitionTime()))
        .orElseGet(this::createdAt);
  }

  /** Whether it would find a node if another pod went, as far as the scheduler's words tell. */
  public boolean lacksRoom() {
    return unschedulable().filter(words -> LACKS_ROOM.matcher(words).find()).isPresent();
  }

  /** Whether it may find a node without anybody's edit, as far as the scheduler's words tell. */
  public boolean mayFindNode() {
    return lacksRoom() || unschedulable().filter(words -> PASSES.matcher(words).find()).isPresent();
  }

  /** Why its container does not start, once waiting is in vain. */
  public Optional<String> hopeless(Instant now) {
    return hopelessFrom()
        .filter(from -> !now.isBefore(from))
        .flatMap(_ -> waiting())
        .map(PodFacts::sentence);
  }

  /** From when on it is in vain to wait for its container, as far as the kubelet's words tell. */
  public Optional<Instant> hopelessFrom() {
    var started = scheduledAt().orElseGet(this::grantedAt);
    return waiting()
        .flatMap(
            waiting ->
                HOPELESS.contains(waiting.getReason())
                    ? Optional.of(Instant.MIN)
                    : "ImagePullBackOff".equals(waiting.getReason())
                        ? Optional.of(started.plus(IMAGE_PATIENCE))
                        : Optional.empty());
  }

  /** What its container, or else Kubernetes, says of why it does not serve; empty if nothing. */
  public String trouble() {
    return termination()
        .map(PodFacts::sentence)
        .or(() -> waiting().map(PodFacts::sentence))
        .orElseGet(() -> (reason() + " " + message()).strip());
  }

  /** Why its image has not been pulled so far. */
  public Optional<String> imageTrouble() {
    return waiting()
        .filter(waiting -> IMAGE_TROUBLES.contains(waiting.getReason()))
        .map(PodFacts::sentence);
  }

  public Optional<ContainerStateTerminated> termination() {
    return state().map(ContainerState::getTerminated);
  }

  /** The image that its container runs, with its digest; empty until it is known. */
  public Optional<String> image() {
    return status().getContainerStatuses().stream()
        .filter(container -> container.getName().equals(RuntimePodFactory.CONTAINER))
        .map(container -> container.getImageID())
        .filter(image -> image != null && !image.isEmpty())
        .findFirst();
  }

  /** Such as {@code Evicted}; empty for most pods. */
  public String reason() {
    return Objects.requireNonNullElse(status().getReason(), "");
  }

  public String message() {
    return Objects.requireNonNullElse(status().getMessage(), "");
  }

  /**
   * By when it is to be gone, once somebody deleted it. One that is not ready has no viewer to wait
   * for, and on a node that was lost nobody would wait: its time of grace does not count.
   */
  public Optional<Instant> deletedBy() {
    var metadata = pod.getMetadata();
    var grace = Objects.requireNonNullElse(metadata.getDeletionGracePeriodSeconds(), 0L);
    return Optional.ofNullable(metadata.getDeletionTimestamp())
        .map(Instant::parse)
        .map(until -> isReady() ? until : until.minusSeconds(grace));
  }

  /** True if somebody has had it stopped: a person, a drain, the kubelet. */
  public boolean isToldToStop() {
    return isDeleted() || disruption().isPresent();
  }

  /** Kubernetes' words on why it had it stopped, such as an eviction; empty for most pods. */
  public Optional<String> disruption() {
    return condition("DisruptionTarget")
        .filter(target -> target.getStatus().equals("True"))
        .map(target -> Objects.requireNonNullElse(target.getMessage(), ""));
  }

  public boolean isLabelledConnected() {
    return "true".equals(pod.getMetadata().getLabels().get(PodLabels.CONNECTED));
  }

  /** When the API server took it, to the second. */
  public Instant createdAt() {
    return Instant.parse(pod.getMetadata().getCreationTimestamp());
  }

  private Optional<ContainerStateWaiting> waiting() {
    return state().map(ContainerState::getWaiting);
  }

  private Optional<ContainerState> state() {
    return status().getContainerStatuses().stream()
        .filter(container -> container.getName().equals(RuntimePodFactory.CONTAINER))
        .map(container -> container.getState())
        .filter(Objects::nonNull)
        .findFirst();
  }

  private Optional<PodCondition> condition(String type) {
    return status().getConditions().stream()
        .filter(condition -> condition.getType().equals(type))
        .findFirst();
  }

  private PodStatus status() {
    return pod.getStatus() == null ? new PodStatusBuilder().build() : pod.getStatus();
  }

  private static String sentence(ContainerStateTerminated ended) {
    var words = ended.getMessage() == null ? "" : ended.getMessage().strip();
    return "exit code %d%s".formatted(ended.getExitCode(), words.isEmpty() ? "" : ": " + words);
  }

  private static String sentence(ContainerStateWaiting waiting) {
    return waiting.getMessage() == null
        ? waiting.getReason()
        : waiting.getReason() + ": " + waiting.getMessage();
  }
}
