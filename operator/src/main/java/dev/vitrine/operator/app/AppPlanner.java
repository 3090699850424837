package dev.vitrine.operator.app;

import static dev.vitrine.operator.support.Conditions.isFalse;
import static dev.vitrine.operator.support.Conditions.isTrue;
import static dev.vitrine.operator.support.Conditions.unknown;

import dev.vitrine.api.v1alpha1.AppReason;
import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppStatus;
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
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides about apps; touches nothing. The same view always gives the same plan. */
public final class AppPlanner {

  private final RuntimePodFactory pods;
  private final PodFile podFile;
  private final URI publicUrl;

  /**
   * @param publicUrl where browsers reach the gateway, without a path of its own
   */
  public AppPlanner(RuntimePodFactory pods, PodFile podFile, URI publicUrl) {
    this.pods = pods;
    this.podFile = podFile;
    this.publicUrl = publicUrl;
  }

  /** Pods to try on the API server before the plan is made: one for each class, if any. */
  List<Pod> trials(AppView view) {
    return switch (AppSituation.of(view)) {
      case AppSituation.Acceptable() ->
          view.app().getSpec().classes().stream().map(name -> trial(view, name)).toList();
      case AppSituation.ClassMissing _,
          AppSituation.ClassClosed _,
          AppSituation.ParameterInvalid _,
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
      case AppSituation.PatchForbidden(var problem) ->
          refuse(view, AppReason.PodPatchForbidden, problem);
      case AppSituation.PodRefused(var words) ->
          refuse(view, AppReason.PodRejected, "The API server refuses its pod: " + words);
      case AppSituation.Acceptable() -> accept(view);
    };
  }

  /**
   * True if the API server's answer to a trial speaks of the pod. A quota that is full today is no
   * fault of the app: its sessions wait.
   */
  static boolean isVerdict(int code, @Nullable Status status) {
    var words = status == null ? "" : String.valueOf(status.getMessage());
    return switch (code) {
      case 400, 422 -> true;
      case 403 -> !words.contains("exceeded quota");
      default -> false;
    };
  }

  /** A deleted app stays until its sessions, which see its deletion, have ended. */
  static boolean mayGo(AppView view) {
    return view.liveSessions() == 0;
  }

  /** When the cluster got in the way the state is unknown, not bad; all else stays as reported. */
  StreamingAppStatus failed(AppView view, Exception failure) {
    var why = unknown(ConditionType.READY, AppReason.ReconcileFailed, Failures.sentence(failure));
    return status(view, why, view.reported().url());
  }

  private AppPlan accept(AppView view) {
    var ready = isTrue(ConditionType.READY, AppReason.Accepted, "Sessions can be started");
    return new AppPlan(
        missingOrDifferent(view), status(view, ready, linkTo(view.app())), List.of());
  }

  private static AppPlan refuse(AppView view, AppReason reason, String message) {
    var ready = isFalse(ConditionType.READY, reason, message);
    return new AppPlan(List.of(), status(view, ready, null), eventsOf(view, ready));
  }

  private List<HasMetadata> missingOrDifferent(AppView view) {
    var desired = PodFileConfig.desired(view.app(), podFile);
    return view.podFile().filter(there -> same(there, desired)).isPresent()
        ? List.of()
        : List.of(desired);
  }

  private static boolean same(ConfigMap there, ConfigMap desired) {
    return desired.getData().equals(there.getData())
        && there
            .getMetadata()
            .getOwnerReferences()
            .containsAll(desired.getMetadata().getOwnerReferences());
  }

  private Pod trial(AppView view, String className) {
    var pod = pods.desired(view.app(), view.streamClass(className));
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

  private static StreamingAppStatus status(AppView view, Condition ready, @Nullable String url) {
    var before = view.reported().conditions();
    return new StreamingAppStatus(
        Conditions.carryOver(before, List.of(ready), view.app(), view.now()), url);
  }

  /** Told once, when the reason changes. */
  private static List<Event> eventsOf(AppView view, Condition ready) {
    var known =
        Conditions.find(view.reported().conditions(), ConditionType.READY)
            .filter(before -> before.getReason().equals(ready.getReason()))
            .isPresent();
    return known ? List.of() : List.of(Events.warning(view.app(), ready, view.now()));
  }
}
