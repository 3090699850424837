package dev.vitrine.operator.app;

import static dev.vitrine.operator.support.Conditions.isFalse;
import static dev.vitrine.operator.support.Conditions.isTrue;
import static dev.vitrine.operator.support.Conditions.unknown;

import dev.vitrine.api.v1alpha1.AppReason;
import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.RevisionShare;
import dev.vitrine.api.v1alpha1.RolloutProgress;
import dev.vitrine.api.v1alpha1.RolloutReason;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.api.v1alpha1.StreamingAppStatus;
import dev.vitrine.operator.pod.DisruptionBudget;
import dev.vitrine.operator.pod.NetworkPolicyFactory;
import dev.vitrine.operator.pod.PodFileConfig;
import dev.vitrine.operator.pod.RuntimePodFactory;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.support.Events;
import dev.vitrine.operator.support.Failures;
import dev.vitrine.protocol.PodFile;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides about apps; touches nothing. The same view always gives the same plan. */
public final class AppPlanner {

  /** What the API server refuses may be of the namespace's making, and mended there. */
  private static final Duration TRY_AGAIN_SOONEST = Duration.ofMinutes(1);

  private static final Duration TRY_AGAIN_LATEST = Duration.ofHours(1);

  private static final Optional<Instant> NEVER = Optional.empty();

  private static final String CAN_START = "Sessions can be started";

  private final RuntimePodFactory pods;
  private final NetworkPolicyFactory policies;
  private final PodFile podFile;
  private final URI publicUrl;

  /**
   * @param publicUrl where browsers reach the gateway, without a path of its own
   */
  public AppPlanner(
      RuntimePodFactory pods, NetworkPolicyFactory policies, PodFile podFile, URI publicUrl) {
    this.pods = pods;
    this.policies = policies;
    this.podFile = podFile;
    this.publicUrl = publicUrl;
  }

  /** Pods to try on the API server before the plan is made: one for each class, if they are new. */
  List<Pod> trials(AppView view) {
    return switch (AppSituation.of(view)) {
      case AppSituation.Acceptable() ->
          wasAccepted(view)
              ? List.of()
              : view.app().getSpec().classes().stream().map(name -> trial(view, name)).toList();
      case AppSituation.ClassMissing _,
          AppSituation.ClassClosed _,
          AppSituation.ParameterInvalid _,
          AppSituation.ScheduleInvalid _,
          AppSituation.VerificationInvalid _,
          AppSituation.PatchForbidden _,
          AppSituation.PodRefused _ ->
          List.of();
    };
  }

  AppPlan plan(AppView view) {
    return switch (AppSituation.of(view)) {
      case AppSituation.ClassMissing(var name) ->
          refuse(view, AppReason.ClassNotFound, "spec.classes: there is no StreamClass " + name);
      case AppSituation.ClassClosed(var name) ->
          refuse(
              view,
              AppReason.ClassNotAllowed,
              "spec.classes: StreamClass %s is not open to namespace %s"
                  .formatted(name, view.app().getMetadata().getNamespace()));
      case AppSituation.ParameterInvalid(var problem) ->
          refuse(view, AppReason.ParameterInvalid, problem);
      case AppSituation.ScheduleInvalid(var problem) ->
          refuse(view, AppReason.ScheduleInvalid, problem);
      case AppSituation.VerificationInvalid(var problem) ->
          refuse(view, AppReason.VerificationInvalid, problem);
      case AppSituation.PatchForbidden(var problem) ->
          refuse(view, AppReason.PodPatchForbidden, problem);
      case AppSituation.PodRefused(var words) ->
          refuse(view, AppReason.PodRejected, "The API server refuses its pod: " + words);
      case AppSituation.Acceptable() -> accept(view);
    };
  }

  /** A deleted app stays until its sessions, which see its deletion, have ended. */
  static boolean mayGo(AppView view) {
    return view.liveSessions() == 0;
  }

  /**
   * When the cluster got in the way, what served serves on; of an app that did not, the state is
   * unknown, not bad. All else stays as reported.
   */
  StreamingAppStatus failed(AppView view, Exception failure) {
    var before = view.reported();
    var words = Failures.sentence(failure);
    var why =
        Conditions.holds(before.conditions(), ConditionType.READY)
            ? isTrue(ConditionType.READY, AppReason.ReconcileFailed, words)
            : unknown(ConditionType.READY, AppReason.ReconcileFailed, words);
    var others =
        before.conditions().stream()
            .filter(condition -> !condition.getType().equals(ConditionType.READY));
    var ready = Conditions.carryOver(before.conditions(), List.of(why), view.app(), view.now());
    return new StreamingAppStatus(
        Stream.concat(ready.stream(), others).toList(),
        before.url(),
        before.revisions(),
        before.rollout());
  }

  private AppPlan accept(AppView view) {
    var current = Revisions.current(view);
    var rollout = RolloutPlanner.plan(view, current);
    var shares = rollout.shares();
    var targets =
        IdleTemplates.on(
            WarmTargets.of(view.app(), view.classes(), shares, view.now()), view, pods);
    var ready = readiness(rollout);
    var warm = WarmReport.of(view, targets.isEmpty());
    var status =
        status(
            view,
            List.of(ready, rollout.condition(), warm.condition()),
            linkTo(view.app()),
            shares,
            rollout.progress());
    var prePulls = PrePulls.wanted(view, pods, current, shares);
    return new AppPlan(
        missingOrDifferent(view, current, prePulls),
        Stream.<HasMetadata>concat(
                Revisions.obsolete(view, current, shares).stream(),
                PrePulls.without(view.prePulls(), prePulls).stream())
            .toList(),
        targets,
        status,
        Stream.of(ready, rollout.condition())
            .filter(condition -> condition.getStatus().equals("False"))
            .flatMap(condition -> eventsOf(view, condition).stream())
            .toList(),
        Stream.of(
                warm.lookAgainAt(),
                rollout.lookAgainAt(),
                WarmTargets.nextChange(view.app().getSpec().warm(), view.now()))
            .flatMap(Optional::stream)
            .min(Instant::compareTo)
            .map(time -> Duration.between(view.now(), time)));
  }

  private static Condition readiness(RolloutReport rollout) {
    if (!rollout.shares().isEmpty()) {
      return isTrue(ConditionType.READY, AppReason.Accepted, CAN_START);
    }
    var complete = rollout.condition();
    return complete.getStatus().equals("False")
        ? isFalse(ConditionType.READY, AppReason.VerificationFailed, complete.getMessage())
        : unknown(ConditionType.READY, AppReason.Verifying, "Its first revision is being verified");
  }

  /** What served before the edit serves on. */
  private AppPlan refuse(AppView view, AppReason reason, String message) {
    var shares = Standing.shares(view);
    var serves = Standing.serves(view, shares);
    var ready =
        serves
            ? isTrue(ConditionType.READY, AppReason.Accepted, CAN_START)
            : isFalse(ConditionType.READY, reason, message);
    var rollout = isFalse(ConditionType.ROLLOUT_COMPLETE, RolloutReason.NotAccepted, message);
    var targets = IdleTemplates.on(Standing.targets(view, shares), view, pods);
    var warm = WarmReport.of(view, targets.isEmpty());
    return new AppPlan(
        List.of(),
        serves ? List.of() : List.copyOf(view.prePulls()),
        targets,
        status(
            view,
            List.of(ready, rollout, warm.condition()),
            serves ? linkTo(view.app()) : null,
            shares,
            view.reported().rollout()),
        eventsOf(view, serves ? rollout : ready),
        Stream.of(
                warm.lookAgainAt(),
                WarmTargets.nextChange(view.app().getSpec().warm(), view.now()),
                reason == AppReason.PodRejected ? Optional.of(tryAgainAt(view)) : NEVER)
            .flatMap(Optional::stream)
            .min(Instant::compareTo)
            .map(time -> Duration.between(view.now(), time)));
  }

  /** The longer it has been refused already, the later: what nobody mends costs next to nothing. */
  private static Instant tryAgainAt(AppView view) {
    var refusedFor =
        reportedRefusal(view)
            .map(
                refusal ->
                    Duration.between(Instant.parse(refusal.getLastTransitionTime()), view.now()))
            .orElse(TRY_AGAIN_SOONEST);
    return Stream.of(TRY_AGAIN_LATEST, refusedFor)
        .min(Duration::compareTo)
        .filter(it -> it.compareTo(TRY_AGAIN_SOONEST) > 0)
        .map(view.now()::plus)
        .orElseGet(() -> view.now().plus(TRY_AGAIN_SOONEST));
  }

  private static Optional<Condition> reportedRefusal(AppView view) {
    return Conditions.find(view.reported().conditions(), ConditionType.ROLLOUT_COMPLETE)
        .filter(rollout -> rollout.getReason().equals(RolloutReason.NotAccepted.name()));
  }

  /** What was accepted is not tried again, unless the last look at the app failed. */
  private static boolean wasAccepted(AppView view) {
    return Revisions.current(view).isPresent()
        && reportedRefusal(view).isEmpty()
        && Conditions.find(view.reported().conditions(), ConditionType.READY)
            .filter(ready -> !ready.getStatus().equals("False"))
            .filter(ready -> !ready.getReason().equals(AppReason.ReconcileFailed.name()))
            .filter(
                ready ->
                    view.app().getMetadata().getGeneration().equals(ready.getObservedGeneration()))
            .isPresent();
  }

  private List<HasMetadata> missingOrDifferent(
      AppView view, Optional<StreamingAppRevision> current, List<DaemonSet> prePulls) {
    var apply = new ArrayList<HasMetadata>();
    var podFileWanted = PodFileConfig.desired(view.app(), podFile);
    if (view.podFile().filter(there -> same(there, podFileWanted)).isEmpty()) {
      apply.add(podFileWanted);
    }
    var budgetWanted = DisruptionBudget.desired(view.app());
    if (view.budget().filter(there -> same(there, budgetWanted)).isEmpty()) {
      apply.add(budgetWanted);
    }
    for (var policyWanted : policies.desired(view.app())) {
      if (view.policies().stream().noneMatch(there -> same(there, policyWanted))) {
        apply.add(policyWanted);
      }
    }
    if (current.isEmpty()) { // after what its pods are to be kept by
      apply.add(Revisions.desired(view.app()));
    }
    apply.addAll(PrePulls.without(prePulls, view.prePulls()));
    return apply;
  }

  private static boolean same(ConfigMap there, ConfigMap desired) {
    return desired.getData().equals(there.getData()) && isOwnedAs(there, desired);
  }

  private static boolean same(PodDisruptionBudget there, PodDisruptionBudget desired) {
    return desired.getSpec().equals(there.getSpec()) && isOwnedAs(there, desired);
  }

  private static boolean same(NetworkPolicy there, NetworkPolicy desired) {
    return desired.getMetadata().getName().equals(there.getMetadata().getName())
        && desired.getSpec().equals(there.getSpec())
        && isOwnedAs(there, desired);
  }

  private static boolean isOwnedAs(HasMetadata there, HasMetadata desired) {
    return there
        .getMetadata()
        .getOwnerReferences()
        .containsAll(desired.getMetadata().getOwnerReferences());
  }

  private Pod trial(AppView view, String className) {
    var pod =
        pods.desired(
            view.app(), Revisions.desired(view.app()), view.streamClass(className), Map.of());
    return pod.edit()
        .editMetadata()
        .withName(view.app().getMetadata().getName() + "-trial")
        .endMetadata()
        .build();
  }

  private String linkTo(StreamingApp app) {
    return "%s/view/%s/%s"
        .formatted(
            publicUrl.toString().replaceAll("/+$", ""),
            app.getMetadata().getNamespace(),
            app.getMetadata().getName());
  }

  private static StreamingAppStatus status(
      AppView view,
      List<Condition> conditions,
      @Nullable String url,
      List<RevisionShare> shares,
      @Nullable RolloutProgress progress) {
    var before = view.reported().conditions();
    return new StreamingAppStatus(
        Conditions.carryOver(before, conditions, view.app(), view.now()), url, shares, progress);
  }

  /** Told once, when the reason changes. */
  private static List<Event> eventsOf(AppView view, Condition failed) {
    var known =
        Conditions.find(view.reported().conditions(), failed.getType())
            .filter(before -> before.getReason().equals(failed.getReason()))
            .isPresent();
    return known ? List.of() : List.of(Events.warning(view.app(), failed, view.now()));
  }
}
