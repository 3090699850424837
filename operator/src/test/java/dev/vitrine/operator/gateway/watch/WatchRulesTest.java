package dev.vitrine.operator.gateway.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.operator.gateway.Fixtures;
import dev.vitrine.operator.gateway.access.CallingPod;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WatchRulesTest {

  private static final String SESSION = "viewer-x1";
  private static final CallingPod CALLER = new CallingPod("team", "watcher", "w-1");

  private static Pod watcher() {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("team")
        .withName("watcher")
        .withUid("w-1")
        .addToLabels("vitrine.dev/watches", SESSION)
        .addToOwnerReferences(owner())
        .endMetadata()
        .build();
  }

  private static OwnerReference owner() {
    return new OwnerReferenceBuilder()
        .withApiVersion("vitrine.dev/v1alpha1")
        .withKind("StreamSession")
        .withName(SESSION)
        .withUid("s-1")
        .withController(true)
        .build();
  }

  private static StreamSession verifying() {
    var session = Fixtures.session();
    session.getMetadata().setLabels(Map.of("vitrine.dev/verifies", "viewer-7f3"));
    session.getMetadata().setOwnerReferences(List.of(revision().build()));
    return session;
  }

  private static OwnerReferenceBuilder revision() {
    return new OwnerReferenceBuilder()
        .withApiVersion("vitrine.dev/v1alpha1")
        .withKind("StreamingAppRevision")
        .withName("viewer-7f3")
        .withUid("r-1")
        .withController(true);
  }

  private static Optional<String> refusal(CallingPod caller, Optional<Pod> pod) {
    return WatchRules.refusal(caller, pod, "team", SESSION);
  }

  @Test
  void the_viewer_of_a_session_that_verifies_something_may_watch_it() {
    assertThat(refusal(CALLER, Optional.of(watcher()))).isEmpty();
    assertThat(WatchRules.refusal(watcher(), verifying())).isEmpty();
  }

  @Test
  void a_pod_of_another_namespace_may_not_and_is_not_looked_at() {
    assertThat(refusal(new CallingPod("other", "watcher", "w-1"), Optional.empty()))
        .contains("A pod may watch sessions of its own namespace only.");
  }

  @Test
  void a_pod_that_is_gone_or_another_one_of_that_name_now_may_not() {
    assertThat(refusal(CALLER, Optional.empty())).contains("The pod of this token is gone.");
    assertThat(refusal(new CallingPod("team", "watcher", "w-0"), Optional.of(watcher())))
        .contains("The pod of this token is gone.");
  }

  @Test
  void a_pod_without_the_label_or_with_another_session_s_may_not() {
    var sentence =
        "This pod is no viewer of session viewer-x1: its label vitrine.dev/watches says otherwise.";
    var other = watcher();
    other.getMetadata().setLabels(Map.of("vitrine.dev/watches", "viewer-x2"));
    var none = watcher();
    none.getMetadata().setLabels(null);

    assertThat(refusal(CALLER, Optional.of(other))).contains(sentence);
    assertThat(refusal(CALLER, Optional.of(none))).contains(sentence);
  }

  static Stream<UnaryOperator<OwnerReferenceBuilder>> owners() {
    return Stream.of(
        owner -> owner.withController(null),
        owner -> owner.withController(false),
        owner -> owner.withKind("StreamingApp"),
        owner -> owner.withApiVersion("example.com/v1"),
        owner -> owner.withName("viewer-x2"),
        owner -> owner.withUid("s-0"));
  }

  @ParameterizedTest
  @MethodSource("owners")
  void a_pod_that_this_very_session_does_not_control_may_not(
      UnaryOperator<OwnerReferenceBuilder> change) {
    var pod = watcher();
    pod.getMetadata()
        .setOwnerReferences(
            Stream.of(change.apply(new OwnerReferenceBuilder(owner())).build()).toList());

    assertThat(WatchRules.refusal(pod, verifying()))
        .contains("This pod is no viewer of session viewer-x1, which does not own it.");
  }

  @Test
  void a_session_that_people_watch_is_no_pod_s_to_watch() {
    var sentence = "Session viewer-x1 is watched by people only: it tries no revision.";
    assertThat(WatchRules.refusal(watcher(), Fixtures.session())).contains(sentence);
    for (var owner :
        List.of(
            revision().withController(false),
            revision().withKind("StreamingApp"),
            revision().withName("viewer-8a1"))) {
      var forged = verifying();
      forged.getMetadata().setOwnerReferences(List.of(owner.build()));
      assertThat(WatchRules.refusal(watcher(), forged)).contains(sentence);
    }
    var unlabelled = verifying();
    unlabelled.getMetadata().setLabels(Map.of());
    assertThat(WatchRules.refusal(watcher(), unlabelled)).contains(sentence);
  }
}
