package dev.vitrine.operator.app;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.RevisionShare;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.api.v1alpha1.StreamingAppRevisionSpec;
import dev.vitrine.api.v1alpha1.StreamingAppRevisionStatus;
import dev.vitrine.operator.pod.PodLabels;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.support.ContentHash;
import dev.vitrine.operator.support.Owners;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The revisions of an app: which one it is now, and which have had their day. */
final class Revisions {

  /** With the dash and the hash a name is a DNS label: it stands in labels. */
  private static final int MAX_APP_CHARS = 52;

  private Revisions() {}

  /**
   * The one that says what the app says now. Compared as the API server hands both out, so that
   * fields that an upgrade adds, with their defaults, make no new revision.
   */
  static Optional<StreamingAppRevision> current(AppView view) {
    return current(view.app(), view.revisions());
  }

  private static Optional<StreamingAppRevision> current(
      StreamingApp app, List<StreamingAppRevision> revisions) {
    var wanted = StreamingAppRevisionSpec.of(app);
    return revisions.stream()
        .filter(revision -> revision.getSpec().equals(wanted))
        .max(Comparator.comparing(Revisions::madeAt));
  }

  /** A new one, of what the app says now. */
  static StreamingAppRevision desired(StreamingApp app) {
    var spec = StreamingAppRevisionSpec.of(app);
    var revision = new StreamingAppRevision();
    revision.setMetadata(
        new ObjectMetaBuilder()
            .withName(newName(app, spec))
            .withNamespace(app.getMetadata().getNamespace())
            .withLabels(Map.of(PodLabels.APP, app.getMetadata().getName()))
            .withOwnerReferences(Owners.controller(app))
            .build());
    revision.setSpec(spec);
    return revision;
  }

  static Optional<StreamingAppRevision> find(AppView view, String name) {
    return view.revisions().stream().filter(revision -> name(revision).equals(name)).findFirst();
  }

  static String name(StreamingAppRevision revision) {
    return revision.getMetadata().getName();
  }

  static RevisionShare share(StreamingAppRevision revision, int percent) {
    return new RevisionShare(name(revision), revision.getSpec().version(), percent);
  }

  /** Its condition {@code Verified}, if anybody has looked at it. */
  static Optional<Condition> verified(StreamingAppRevision revision) {
    return Optional.ofNullable(revision.getStatus())
        .map(StreamingAppRevisionStatus::conditions)
        .flatMap(conditions -> Conditions.find(conditions, ConditionType.VERIFIED));
  }

  /** Whether some may have to go: there are more of the past than the app keeps. */
  static boolean exceedHistory(StreamingApp app, List<StreamingAppRevision> revisions) {
    var past = revisions.size() - (current(app, revisions).isPresent() ? 1 : 0);
    return past > app.getSpec().rollout().historyLimit();
  }

  /** Those that sessions ask for by name, which wait for a pod of them or may need another one. */
  static Set<String> pinnedBy(Stream<StreamSession> sessions) {
    return sessions
        .filter(session -> !session.hasEnded())
        .flatMap(session -> Stream.ofNullable(session.getSpec().revision()))
        .collect(Collectors.toSet());
  }

  /** Those that go: without a share, pod, session, or place among the youngest of the past. */
  static List<StreamingAppRevision> obsolete(
      AppView view, Optional<StreamingAppRevision> current, List<RevisionShare> shares) {
    var serving = shares.stream().map(RevisionShare::name).collect(Collectors.toSet());
    return view.revisions().stream()
        .filter(revision -> !serving.contains(name(revision)))
        .filter(revision -> current.filter(revision::equals).isEmpty())
        .filter(revision -> !revision.isMarkedForDeletion())
        .sorted(Comparator.comparing(Revisions::madeAt).reversed())
        .skip(view.app().getSpec().rollout().historyLimit())
        .filter(revision -> !view.podsByRevision().containsKey(name(revision)))
        .filter(revision -> !view.pinned().contains(name(revision)))
        .toList();
  }

  private static String madeAt(StreamingAppRevision revision) {
    return Objects.requireNonNullElse(revision.getMetadata().getCreationTimestamp(), "");
  }

  private static String newName(StreamingApp app, StreamingAppRevisionSpec spec) {
    var appName = app.getMetadata().getName();
    return appName.substring(0, Math.min(appName.length(), MAX_APP_CHARS))
        + "-"
        + ContentHash.of(spec);
  }
}
