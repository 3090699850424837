package dev.vitrine.operator.app;

import static dev.vitrine.operator.support.Conditions.isFalse;
import static dev.vitrine.operator.support.Conditions.unknown;
import static dev.vitrine.operator.testing.Fixtures.closed;
import static dev.vitrine.operator.testing.Fixtures.prepared;
import static dev.vitrine.operator.testing.Fixtures.streamClass;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.Parameter;
import dev.vitrine.api.v1alpha1.RevisionReason;
import dev.vitrine.api.v1alpha1.RevisionShare;
import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamClassSpec;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.api.v1alpha1.StreamingAppRevisionSpec;
import dev.vitrine.api.v1alpha1.StreamingAppRevisionStatus;
import dev.vitrine.api.v1alpha1.StreamingAppStatus;
import dev.vitrine.api.v1alpha1.WarmPods;
import dev.vitrine.operator.placement.Pool;
import dev.vitrine.operator.placement.PoolTrouble;
import dev.vitrine.operator.placement.WarmState;
import dev.vitrine.operator.pod.DisruptionBudget;
import dev.vitrine.operator.pod.NetworkPolicyFactory;
import dev.vitrine.operator.pod.PodFileConfig;
import dev.vitrine.operator.pod.RuntimePodFactory;
import dev.vitrine.operator.testing.Fixtures;
import dev.vitrine.protocol.PodFile;
import dev.vitrine.protocol.SigningKey;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppPlannerTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final PodFile podFile =
      new PodFile(SigningKey.generate().publicKeys(), URI.create("http://gateway/reports"));
  private final NetworkPolicyFactory policies = new NetworkPolicyFactory("vitrine-system");
  private final AppPlanner planner =
      new AppPlanner(
          new RuntimePodFactory("vitrine/runtime:1"),
          policies,
          podFile,
          URI.create("https://x.example/"));
  private StreamingApp app = Fixtures.app(List.of(), null);
  private Map<String, StreamClass> classes =
      Map.of("cpu", streamClass("cpu", null), "gpu", streamClass("gpu", null));
  private List<StreamingAppRevision> revisions = List.of(Fixtures.revision(app));
  private List<DaemonSet> prePulls = List.of();
  private Map<String, Integer> pods = Map.of();
  private Set<String> pinned = Set.of();
  private WarmState warm = new WarmState(0, 0, false, false, Optional.empty(), NOW);
  private Optional<ConfigMap> there = Optional.empty();
  private Optional<PodDisruptionBudget> budget = Optional.empty();
  private List<NetworkPolicy> policiesThere = policies.desired(app);
  private Optional<String> refusal = Optional.empty();
  private int liveSessions;
  private Instant now = NOW;

  @Test
  void a_good_app_gets_its_link_and_what_its_pods_mount() {
    policiesThere = List.of();
    var plan = planner.plan(view());
    assertReady(plan.status(), "True", "Accepted", "Sessions can be started");
    assertThat(plan.status().url()).isEqualTo("https://x.example/view/ns/demo");
    assertThat(plan.apply())
        .containsExactly(
            PodFileConfig.desired(app, podFile),
            DisruptionBudget.desired(app),
            policies.desired(app).getFirst(),
            policies.desired(app).getLast());
    assertThat(plan.events()).isEmpty();
  }

  @Test
  void what_is_there_already_is_not_written_again() {
    there = Optional.of(PodFileConfig.desired(app, podFile));
    budget = Optional.of(DisruptionBudget.desired(app));
    var first = planner.plan(view());
    assertThat(first.apply()).isEmpty();
    app.setStatus(first.status());
    assertThat(planner.plan(view()).status()).isEqualTo(first.status());
  }

  @Test
  void a_pod_file_with_other_keys_is_written_anew() {
    var old = new PodFile(SigningKey.generate().publicKeys(), podFile.reportUrl());
    there = Optional.of(PodFileConfig.desired(app, old));
    budget = Optional.of(DisruptionBudget.desired(app));
    assertThat(planner.plan(view()).apply()).containsExactly(PodFileConfig.desired(app, podFile));
  }

  @Test
  void a_disruption_budget_that_somebody_loosened_or_took_from_the_app_is_put_right() {
    there = Optional.of(PodFileConfig.desired(app, podFile));
    var wanted = DisruptionBudget.desired(app);
    budget =
        Optional.of(
            wanted.edit().editSpec().withMinAvailable(new IntOrString(0)).endSpec().build());
    assertThat(planner.plan(view()).apply()).containsExactly(wanted);
    budget = Optional.of(wanted.edit().editMetadata().withOwnerReferences().endMetadata().build());
    assertThat(planner.plan(view()).apply()).containsExactly(wanted);
  }

  @Test
  void a_network_policy_that_somebody_widened_took_away_or_took_from_the_app_is_put_right() {
    there = Optional.of(PodFileConfig.desired(app, podFile));
    budget = Optional.of(DisruptionBudget.desired(app));
    var all = policies.desired(app).getFirst();
    var viewers = policies.desired(app).getLast();
    for (var spoilt :
        List.of(
            all.edit().editSpec().withPolicyTypes("Ingress").endSpec().build(),
            all.edit().editMetadata().withOwnerReferences().endMetadata().build())) {
      policiesThere = List.of(viewers, spoilt);
      assertThat(planner.plan(view()).apply()).containsExactly(all);
    }
    policiesThere = List.of(all);
    assertThat(planner.plan(view()).apply()).containsExactly(viewers);
  }

  @Test
  void what_its_pods_are_kept_by_is_there_before_its_first_revision() {
    policiesThere = List.of();
    revisions = List.of();
    assertThat(planner.plan(view()).apply().getLast()).isInstanceOf(StreamingAppRevision.class);
  }

  @Test
  void a_pod_of_each_class_is_tried_once() {
    assertThat(planner.trials(view())).isEmpty();
    revisions = List.of();
    assertThat(planner.trials(view()))
        .extracting(pod -> pod.getMetadata().getLabels().get("vitrine.dev/class"))
        .containsExactly("cpu", "gpu");
  }

  @Test
  void an_app_that_is_refused_anyway_tries_nothing() {
    classes = Map.of();
    assertThat(planner.trials(view())).isEmpty();
  }

  @Test
  void a_change_of_what_shapes_a_pod_makes_a_revision_and_the_old_one_serves_on() {
    var old = Fixtures.revision(app);
    var changed = new StreamingAppRevision();
    changed.setMetadata(old.getMetadata());
    changed.setSpec(StreamingAppRevisionSpec.of(Fixtures.app(List.of(), Map.of("spec", Map.of()))));
    revisions = List.of(changed);
    var plan = planner.plan(view());
    assertThat(plan.apply())
        .filteredOn(StreamingAppRevision.class::isInstance)
        .singleElement()
        .satisfies(made -> assertThat(made.getMetadata().getName()).matches("demo-[0-9a-f]{10}"));
    assertThat(plan.status().revisions())
        .containsExactly(new RevisionShare(Fixtures.REVISION, null, 100));
  }

  @Test
  void an_app_whose_first_revision_nobody_has_looked_at_is_not_ready_yet() {
    app.setStatus(StreamingAppStatus.empty());
    revisions.getFirst().setStatus(null);
    assertReady(
        planner.plan(view()).status(),
        "Unknown",
        "Verifying",
        "Its first revision is being verified");
  }

  @Test
  void revisions_of_the_past_go_but_for_the_youngest_and_those_with_pods_or_sessions() {
    var many = new ArrayList<>(revisions);
    for (var day = 1; day <= 9; day++) {
      var old = new StreamingAppRevision();
      old.setMetadata(
          new ObjectMetaBuilder()
              .withName("old-" + day)
              .withCreationTimestamp("2025-01-0%dT00:00:00Z".formatted(day))
              .build());
      old.setSpec(
          StreamingAppRevisionSpec.of(Fixtures.app(List.of(), Map.of("day", Map.of("n", day)))));
      many.add(old);
    }
    revisions = many;
    pods = Map.of("old-2", 1);
    pinned = Set.of("old-3");
    assertThat(planner.plan(view()).delete())
        .extracting(gone -> gone.getMetadata().getName())
        .containsExactlyInAnyOrder("old-1", "old-4");
  }

  @Test
  void a_pool_that_lacks_a_pod_for_a_moment_after_a_claim_is_no_news() {
    Fixtures.want(app, new WarmPods(0, 2, null, List.of()));
    warm = new WarmState(0, 0, false, false, Optional.empty(), Instant.MAX); // nobody has counted
    assertWarm("False", "Filling");
    warm = new WarmState(2, 2, false, false, Optional.empty(), NOW);
    app.setStatus(planner.plan(view()).status());
    assertWarm("True", "Full");
    warm = new WarmState(2, 1, false, false, Optional.empty(), NOW.minusSeconds(19));
    assertWarm("True", "Full");
    assertThat(planner.plan(view()).lookAgainIn()).contains(Duration.ofSeconds(1));
    warm = new WarmState(2, 1, false, false, Optional.empty(), NOW.minusSeconds(20));
    assertWarm("False", "Filling");
    warm = new WarmState(2, 1, false, true, Optional.empty(), NOW.minusSeconds(20));
    assertWarm("False", "NoRoom");
    warm = new WarmState(2, 1, true, true, Optional.empty(), NOW.minusSeconds(20));
    assertWarm("False", "SessionsFirst");
  }

  @Test
  void why_a_pool_does_not_fill_by_itself_is_told_in_the_containers_words() {
    Fixtures.want(app, new WarmPods(0, 2, null, List.of()));
    troubled(PoolTrouble.Kind.CRASHING, "exit code 1: no GPU");
    assertWarm("False", "Crashing");
    assertThat(warmMessage()).isEqualTo("Idle pods end by themselves: exit code 1: no GPU");
    troubled(PoolTrouble.Kind.NOT_STARTING, "ImagePullBackOff: no such image");
    assertWarm("False", "NotStarting");
    assertThat(warmMessage())
        .isEqualTo("Idle pods do not get ready in time: ImagePullBackOff: no such image");
  }

  private void troubled(PoolTrouble.Kind kind, String words) {
    warm =
        new WarmState(
            2, 1, true, true, Optional.of(new PoolTrouble(kind, words)), NOW.minusSeconds(20));
  }

  private String warmMessage() {
    return planner.plan(view()).status().conditions().stream()
        .filter(condition -> condition.getType().equals("WarmPoolFull"))
        .findFirst()
        .orElseThrow()
        .getMessage();
  }

  @Test
  void idle_pods_are_to_be_made_of_what_app_class_and_image_say_now() {
    Fixtures.want(app, new WarmPods(1, 0, null, List.of()));
    var before = templates(planner);
    assertThat(before).hasSize(2).doesNotContain("");
    assertThat(templates(planner)).as("of the same the same").isEqualTo(before);
    classes =
        Map.of(
            "cpu",
            streamClass("cpu", null),
            "gpu",
            streamClass("gpu", new StreamClassSpec.Gpu("nvidia.com/gpu", 1)));
    assertThat(templates(planner))
        .as("of the class that changed")
        .hasSize(2)
        .contains(before.get(0))
        .isNotEqualTo(before);
    classes = Map.of("cpu", streamClass("cpu", null), "gpu", streamClass("gpu", null));
    var upgraded =
        new AppPlanner(
            new RuntimePodFactory("viewer:next"),
            policies,
            podFile,
            URI.create("https://x.example/"));
    assertThat(templates(upgraded)).doesNotContainAnyElementsOf(before);
  }

  private List<String> templates(AppPlanner by) {
    return by.plan(view()).targets().entrySet().stream()
        .sorted(Comparator.comparing(target -> target.getKey().streamClass()))
        .map(target -> target.getValue().template())
        .toList();
  }

  private void assertWarm(String status, String reason) {
    assertThat(planner.plan(view()).status().conditions())
        .filteredOn(condition -> condition.getType().equals("WarmPoolFull"))
        .singleElement()
        .satisfies(
            condition -> {
              assertThat(condition.getStatus()).isEqualTo(status);
              assertThat(condition.getReason()).isEqualTo(reason);
            });
  }

  @Test
  void an_app_serves_on_when_an_edit_of_it_is_refused() {
    Fixtures.want(app, new WarmPods(0, 2, null, List.of()));
    app.setStatus(planner.plan(view()).status());
    var before = planner.plan(view());
    refusal = Optional.of("violates PodSecurity");
    app.getMetadata().setGeneration(2L);
    var plan = planner.plan(view());
    assertReady(plan.status(), "True", "Accepted", "Sessions can be started");
    assertThat(plan.status().conditions().getFirst().getObservedGeneration()).isEqualTo(2);
    assertRollout(
        plan, "False", "NotAccepted", "The API server refuses its pod: violates PodSecurity");
    assertThat(plan.status().url()).isEqualTo(before.status().url());
    assertThat(plan.status().revisions()).isEqualTo(before.status().revisions());
    assertThat(plan.targets()).hasSize(2).isEqualTo(before.targets());
    assertThat(plan.apply()).isEmpty();
    assertThat(plan.delete()).isEmpty();
    assertThat(plan.events()).singleElement().extracting("reason").isEqualTo("NotAccepted");
    app.setStatus(plan.status());
    assertThat(planner.plan(view()).events()).isEmpty();
    refusal = Optional.empty();
    assertThat(planner.trials(view())).as("what was refused is tried again").hasSize(2);
    assertRollout(
        planner.plan(view()),
        "True",
        "RolledOut",
        "New sessions get revision " + Fixtures.REVISION);
  }

  @Test
  void an_app_whose_schedule_is_refused_goes_without_it() {
    Fixtures.want(app, new WarmPods(0, 1, null, List.of()));
    var before = planner.plan(view());
    var nowhere = new WarmPods.Schedule(List.of(), "00:00", "24:00", "Nowhere/Land", 5, 5);
    Fixtures.want(app, new WarmPods(0, 1, null, List.of(nowhere)));
    var plan = planner.plan(view());
    assertRollout(
        plan,
        "False",
        "NotAccepted",
        "spec.warm.schedules: there is no time zone Nowhere/Land; write one such as Europe/Berlin");
    assertThat(plan.targets()).isEqualTo(before.targets());
  }

  @Test
  void idle_pods_stay_on_a_class_that_is_missing_and_go_from_one_that_takes_them_no_more() {
    Fixtures.want(app, new WarmPods(0, 1, null, List.of()));
    classes = Map.of("cpu", streamClass("cpu", null));
    assertThat(planner.plan(view()).targets()).hasSize(2);
    classes = Map.of("cpu", streamClass("cpu", null), "gpu", closed(streamClass("gpu", null)));
    var plan = planner.plan(view());
    assertReady(plan.status(), "True", "Accepted", "Sessions can be started");
    assertThat(plan.targets().keySet()).extracting(Pool::streamClass).containsExactly("cpu");
    classes = Map.of("cpu", closed(streamClass("cpu", null)), "gpu", classes.get("gpu"));
    plan = planner.plan(view());
    assertThat(plan.status().conditions().getFirst().getReason()).isEqualTo("ClassNotAllowed");
    assertThat(plan.status().url()).isNull();
    assertThat(plan.targets()).isEmpty();
  }

  private static void assertRollout(AppPlan plan, String status, String reason, String message) {
    assertThat(plan.status().conditions())
        .filteredOn(condition -> condition.getType().equals("RolloutComplete"))
        .singleElement()
        .satisfies(
            condition -> {
              assertThat(condition.getStatus()).isEqualTo(status);
              assertThat(condition.getReason()).isEqualTo(reason);
              assertThat(condition.getMessage()).isEqualTo(message);
            });
  }

  @Test
  void a_refused_app_has_no_link_and_says_so_once() {
    app.setStatus(StreamingAppStatus.empty());
    refusal = Optional.of("violates PodSecurity");
    var plan = planner.plan(view());
    assertReady(
        plan.status(),
        "False",
        "PodRejected",
        "The API server refuses its pod: violates PodSecurity");
    assertThat(plan.status().url()).isNull();
    assertThat(plan.apply()).isEmpty();
    assertThat(plan.events()).hasSize(1);
    app.setStatus(plan.status());
    assertThat(planner.plan(view()).events()).isEmpty();
  }

  @Test
  void the_first_class_that_is_missing_is_named() {
    app.setStatus(StreamingAppStatus.empty());
    classes = Map.of("cpu", streamClass("cpu", null));
    assertReady(
        planner.plan(view()).status(),
        "False",
        "ClassNotFound",
        "spec.classes: there is no StreamClass gpu");
  }

  @Test
  void an_app_serves_on_when_the_cluster_gets_in_the_way_even_of_an_edit() {
    app.getMetadata().setGeneration(2L);
    var status = planner.failed(view(), new IllegalStateException("no answer"));
    assertReady(status, "True", "ReconcileFailed", "no answer");
    assertThat(status.conditions())
        .singleElement()
        .satisfies(ready -> assertThat(ready.getObservedGeneration()).isEqualTo(2));
    assertThat(status.url()).isEqualTo("https://x/view/ns/demo");
    assertThat(status.revisions()).isEqualTo(view().reported().revisions());
    app.setStatus(status);
    assertThat(planner.failed(view(), new IllegalStateException("no answer"))).isEqualTo(status);
    assertThat(planner.trials(view())).as("nobody knows how the edit's pods fare").hasSize(2);
  }

  @Test
  void of_an_app_that_did_not_serve_nobody_can_say_when_the_cluster_gets_in_the_way() {
    app.setStatus(StreamingAppStatus.empty());
    assertUnknown();
    classes = Map.of();
    app.setStatus(planner.plan(view()).status());
    assertUnknown();
  }

  private void assertUnknown() {
    var status = planner.failed(view(), new IllegalStateException("no answer"));
    assertReady(status, "Unknown", "ReconcileFailed", "no answer");
  }

  @ParameterizedTest
  @CsvSource({"0, 60", "30, 60", "300, 300", "90000, 3600"})
  void what_the_api_server_refuses_is_tried_again_the_later_the_longer_nobody_mends_it(
      int refusedForSeconds, int seconds) {
    refusal = Optional.of("violates PodSecurity");
    app.setStatus(planner.plan(view()).status());
    now = NOW.plusSeconds(refusedForSeconds);
    assertThat(planner.plan(view()).lookAgainIn()).contains(Duration.ofSeconds(seconds));
  }

  @Test
  void a_verification_that_the_app_itself_would_reject_is_refused() {
    app.setStatus(StreamingAppStatus.empty());
    var required =
        new Parameter("mode", Parameter.Type.String, null, null, null, List.of(), true, null);
    app.setSpec(Fixtures.app(List.of(required), null).getSpec());
    assertReady(
        planner.plan(view()).status(),
        "False",
        "VerificationInvalid",
        "spec.rollout.verification.parameters: mode is required; or set mode to None");
  }

  @Test
  void what_is_kept_when_the_cluster_gets_in_the_way_speaks_of_what_it_spoke_of() {
    app.setStatus(planner.plan(view()).status());
    app.getMetadata().setGeneration(2L);
    assertThat(planner.failed(view(), new IllegalStateException("500")).conditions())
        .extracting(condition -> condition.getType() + condition.getObservedGeneration())
        .containsExactly("Ready2", "RolloutComplete1", "WarmPoolFull1");
  }

  @Test
  void classes_that_want_it_get_the_image_of_what_serves_and_of_what_is_verified() {
    assertThat(prePullsOf(planner.plan(view()))).isEmpty();
    classes = Map.of("cpu", prepared(streamClass("cpu", null)), "gpu", streamClass("gpu", null));
    assertThat(prePullsOf(planner.plan(view()))).containsExactly(Fixtures.REVISION);
    var next = nextRevision(unknown(ConditionType.VERIFIED, RevisionReason.Verifying, "on it"));
    revisions = List.of(Fixtures.revision(app), next);
    app = nextApp();
    assertThat(prePullsOf(planner.plan(view())))
        .containsExactlyInAnyOrder(Fixtures.REVISION, "demo-next");
    revisions =
        List.of(
            revisions.getFirst(),
            nextRevision(isFalse(ConditionType.VERIFIED, RevisionReason.NoFrame, "black")));
    assertThat(prePullsOf(planner.plan(view()))).containsExactly(Fixtures.REVISION);
  }

  @Test
  void images_that_are_on_their_way_are_left_alone_and_those_of_the_past_let_go() {
    classes = Map.of("cpu", prepared(streamClass("cpu", null)), "gpu", streamClass("gpu", null));
    prePulls = wanted(planner.plan(view()));
    assertThat(wanted(planner.plan(view()))).isEmpty();
    classes = Map.of("cpu", streamClass("cpu", null), "gpu", streamClass("gpu", null));
    assertThat(planner.plan(view()).delete()).containsExactlyElementsOf(prePulls);
    classes = Map.of();
    assertThat(planner.plan(view()).delete()).containsExactlyElementsOf(prePulls);
  }

  private static List<DaemonSet> wanted(AppPlan plan) {
    return plan.apply().stream()
        .filter(DaemonSet.class::isInstance)
        .map(DaemonSet.class::cast)
        .toList();
  }

  private static List<String> prePullsOf(AppPlan plan) {
    return wanted(plan).stream()
        .map(set -> set.getMetadata().getLabels().get("vitrine.dev/revision"))
        .toList();
  }

  private static StreamingApp nextApp() {
    return Fixtures.app(List.of(), Map.of("metadata", Map.of("labels", Map.of("a", "b"))));
  }

  /** What {@link #nextApp} says of its pods. */
  private static StreamingAppRevision nextRevision(Condition verified) {
    var next = Fixtures.revision(nextApp());
    next.setMetadata(next.getMetadata().edit().withName("demo-next").build());
    next.setStatus(new StreamingAppRevisionStatus(List.of(verified), null, List.of()));
    return next;
  }

  @Test
  void a_deleted_app_waits_for_its_sessions() {
    liveSessions = 1;
    assertThat(AppPlanner.mayGo(view())).isFalse();
    liveSessions = 0;
    assertThat(AppPlanner.mayGo(view())).isTrue();
  }

  private AppView view() {
    return new AppView(
        app,
        classes,
        revisions,
        there,
        budget,
        policiesThere,
        prePulls,
        pods,
        pinned,
        SessionOutcomes.NONE,
        warm,
        refusal,
        liveSessions,
        now);
  }

  private static void assertReady(
      StreamingAppStatus status, String value, String reason, String message) {
    assertThat(status.conditions())
        .first()
        .satisfies(
            ready -> {
              assertThat(ready.getStatus()).isEqualTo(value);
              assertThat(ready.getReason()).isEqualTo(reason);
              assertThat(ready.getMessage()).isEqualTo(message);
            });
  }
}
