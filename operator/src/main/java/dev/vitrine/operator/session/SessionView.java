package dev.vitrine.operator.session;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.Connection;
import dev.vitrine.api.v1alpha1.LifetimeWishes;
import dev.vitrine.api.v1alpha1.Lifetimes;
import dev.vitrine.api.v1alpha1.LostPod;
import dev.vitrine.api.v1alpha1.SessionReason;
import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.api.v1alpha1.Timeline;
import dev.vitrine.operator.placement.Placement;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.operator.pod.PodNames;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.support.Key;
import dev.vitrine.operator.support.Owners;
import dev.vitrine.operator.support.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Everything one reconciliation of a session may look at: frozen, and without a client.
 *
 * @param app the session's, if it exists
 * @param streamClass the class that the session gets, if it exists
 * @param revision the one that the session gets, if there is one for it
 * @param pod the session's, if there is one: the one that its status names, once it names one
 * @param cordonedAt since when the node of its pod is cordoned, if it is
 * @param surplusPods others that carry its name: lost ones that have not gone, or two controllers
 *     were at work for a moment
 * @param placement where its request for a pod stands
 * @param arrivedAt when the watch delivered it
 * @param assignment what the pod answered to the assignment, if it was told
 * @param state what the pod answered when it was last asked for its state
 */
record SessionView(
    StreamSession session,
    Optional<StreamingApp> app,
    Optional<StreamClass> streamClass,
    Optional<StreamingAppRevision> revision,
    Optional<PodFacts> pod,
    Optional<Instant> cordonedAt,
    List<PodFacts> surplusPods,
    Placement placement,
    Instant arrivedAt,
    Optional<PodAnswer> assignment,
    Optional<PodAnswer> state,
    Instant now) {

  /** The longest that an ended session is kept whose app is gone, or offers no such class. */
  private static final int ORPHAN_TTL_SECONDS = 3600;

  /** fabric8 hands out null for an absent status; this is the one place that knows. */
  StreamSessionStatus reported() {
    return session.getStatus() == null ? StreamSessionStatus.empty() : session.getStatus();
  }

  /** True if the controller made it to try a revision that nobody else gets yet. */
  boolean isTrial() {
    return session.triesRevision()
        && revision.filter(known -> Owners.owns(known, session)).isPresent();
  }

  Timeline timeline() {
    var timeline = reported().timeline();
    return timeline == null ? Timeline.empty() : timeline;
  }

  Optional<Connection> connection() {
    return Optional.ofNullable(reported().connection());
  }

  boolean reports(String conditionType) {
    return Conditions.holds(reported().conditions(), conditionType);
  }

  /** When the session was first seen. */
  Instant requestedAt() {
    return Times.parse(timeline().requestedAt()).orElse(arrivedAt);
  }

  /** Since when it waits for a pod: since it was requested, or since it lost one. */
  Instant waitsSince() {
    return reported().lostPods().stream()
        .flatMap(pod -> Times.parse(pod.lostAt()).stream())
        .max(Instant::compareTo)
        .orElseGet(this::requestedAt);
  }

  /** Whether a pod of that name is among those that it had, and lost. */
  boolean hasLost(String podName) {
    return reported().hasLost(podName);
  }

  /**
   * What its pod is to it once that is lost, if it may have another one: because the pod was a warm
   * one, which had a life before, and nobody has connected. A trial has to tell how it went.
   */
  Optional<LostPod> replaceablePod() {
    var met =
        timeline().connectedAt() != null
            || connection().filter(it -> it.connectedAt() != null).isPresent();
    return met
            || isTrial()
            || dismissal().isPresent()
            || reported().lostPods().size() >= LostPod.MOST
        ? Optional.empty()
        : pod.map(PodFacts::name)
            .or(() -> Optional.ofNullable(reported().podName()))
            .filter(name -> !name.equals(PodNames.own(session)))
            .map(name -> new LostPod(name, Times.micros(now)));
  }

  /** When its pod accepted it, if it has. */
  Optional<Instant> assignedAt() {
    return reports(ConditionType.ASSIGNED)
        ? Times.parse(timeline().assignedAt())
        : assignment.filter(PodAnswer.Yes.class::isInstance).map(PodAnswer::at);
  }

  /** The pod that its status names and that is not known; empty for one that is over. */
  Optional<Key> missingPod() {
    return pod.isPresent() || reports(ConditionType.ENDED)
        ? Optional.empty()
        : Optional.ofNullable(reported().podName())
            .map(name -> new Key(session.getMetadata().getNamespace(), name));
  }

  /** The session's wishes over the app's lifetimes, as far as its class allows. */
  Lifetimes lifetimes(StreamingApp ofApp) {
    var apps = ofApp.getSpec().lifetimes();
    var wanted = wishes().map(own -> own.over(apps)).orElse(apps);
    return streamClass.map(known -> known.getSpec().lifetimes().limit(wanted)).orElse(wanted);
  }

  /**
   * How long its pod may take from its node on; a trial has its revision's time, and says how long.
   */
  int startSeconds(StreamingApp ofApp) {
    return trialWishes()
        .map(LifetimeWishes::startSeconds)
        .orElseGet(() -> lifetimes(ofApp).startSeconds());
  }

  /** How long it is kept once it has ended; a trial until its revision has seen how it went. */
  int ttlSeconds() {
    return trialWishes().map(LifetimeWishes::ttlSecondsAfterFinished).orElseGet(this::keptSeconds);
  }

  private int keptSeconds() {
    var kept =
        app.map(known -> lifetimes(known).ttlSecondsAfterFinished())
            .or(() -> wishes().map(LifetimeWishes::ttlSecondsAfterFinished))
            .orElse(ORPHAN_TTL_SECONDS);
    // Whoever names another class would have none of the ceilings that hold for the app.
    return app.filter(this::offersItsClass).isPresent() ? kept : Math.min(kept, ORPHAN_TTL_SECONDS);
  }

  private boolean offersItsClass(StreamingApp ofApp) {
    var wish = session.getSpec().className();
    return wish == null || ofApp.getSpec().classes().contains(wish);
  }

  private Optional<LifetimeWishes> wishes() {
    return Optional.ofNullable(session.getSpec().lifetimes());
  }

  private Optional<LifetimeWishes> trialWishes() {
    return wishes().filter(_ -> isTrial());
  }

  /**
   * When it has to leave its node, so that the node can be drained; empty unless that is cordoned.
   * Of a class that is gone nothing is known to be allowed.
   */
  Optional<Instant> leavesNodeAt() {
    var grace = streamClass.map(known -> known.getSpec().lifetimes().drainSeconds()).orElse(0);
    return cordonedAt.map(since -> since.plusSeconds(grace));
  }

  /** Its pod goes for a session of higher priority. */
  boolean isMakingRoom() {
    return pod.flatMap(PodFacts::preemptedFor).isPresent();
  }

  /** Its status says that its pod goes for a session of higher priority. */
  boolean reportsMakingRoom() {
    return Conditions.find(reported().conditions(), ConditionType.READY)
        .filter(ready -> ready.getReason().equals(SessionReason.MakingRoom.name()))
        .isPresent();
  }

  /** Its app is going, and waits for it. */
  boolean isOfDeletedApp() {
    return app.filter(StreamingApp::isMarkedForDeletion).isPresent();
  }

  /** Why the control plane has its pod told to stop, for another reason than its node's. */
  Optional<End> dismissal() {
    // The pod, which says so itself, may be gone before its end was seen.
    if (isMakingRoom() || (pod.isEmpty() && reportsMakingRoom())) {
      return Optional.of(End.preempted());
    }
    return isOfDeletedApp() ? Optional.of(End.appDeleted()) : Optional.empty();
  }

  /** Its pod was told to stop, or has to be now. */
  boolean isLeaving() {
    return dismissal().isPresent()
        || pod.filter(PodFacts::isDeleted).isPresent()
        || leavesNodeAt().filter(time -> !now.isBefore(time)).isPresent();
  }

  Duration until(Instant time) {
    return Duration.between(now, time);
  }
}
