package dev.vitrine.operator.app;

import dev.vitrine.api.v1alpha1.RevisionShare;
import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamClassSpec.Images;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.operator.pod.PrePullFactory;
import dev.vitrine.operator.pod.RuntimePodFactory;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which images are to be on which nodes before a session needs them. */
final class PrePulls {

  private PrePulls() {}

  /**
   * Of each class that wants it: the revisions that get sessions, and the one that is being
   * verified, so that its image is there when it gets them.
   */
  static List<DaemonSet> wanted(
      AppView view,
      RuntimePodFactory pods,
      Optional<StreamingAppRevision> current,
      List<RevisionShare> shares) {
    var revisions =
        Stream.concat(
                shares.stream().flatMap(share -> Revisions.find(view, share.name()).stream()),
                current.filter(PrePulls::isBeingVerified).stream())
            .distinct()
            .toList();
    return view.app().getSpec().classes().stream()
        .map(view::streamClass)
        .filter(streamClass -> streamClass.getSpec().images() == Images.PrePulled)
        .flatMap(streamClass -> revisions.stream().map(it -> wanted(view, pods, it, streamClass)))
        .toList();
  }

  /** Those of {@code some} whose names are not among {@code others}. */
  static List<DaemonSet> without(List<DaemonSet> some, List<DaemonSet> others) {
    var names = others.stream().map(it -> it.getMetadata().getName()).toList();
    return some.stream().filter(it -> !names.contains(it.getMetadata().getName())).toList();
  }

  private static boolean isBeingVerified(StreamingAppRevision revision) {
    return Revisions.verified(revision).filter(it -> !it.getStatus().equals("Unknown")).isEmpty();
  }

  private static DaemonSet wanted(
      AppView view,
      RuntimePodFactory pods,
      StreamingAppRevision revision,
      StreamClass streamClass) {
    var pod = pods.desired(view.app(), revision, streamClass, Map.of());
    return PrePullFactory.desired(pod, revision, streamClass);
  }
}
