package dev.vitrine.operator.app;

import static dev.vitrine.operator.testing.Fixtures.streamClass;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppStatus;
import dev.vitrine.operator.pod.PodFileConfig;
import dev.vitrine.operator.pod.RuntimePodFactory;
import dev.vitrine.operator.testing.Fixtures;
import dev.vitrine.protocol.PodFile;
import dev.vitrine.protocol.SigningKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppPlannerTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private final PodFile podFile =
      new PodFile(SigningKey.generate().publicKeys(), URI.create("http://gateway/reports"));
  private final AppPlanner planner =
      new AppPlanner(
          new RuntimePodFactory("vitrine/runtime:1"), podFile, URI.create("https://x.example/"));
  private final StreamingApp app = Fixtures.app(List.of(), null);
  private Map<String, StreamClass> classes =
      Map.of("cpu", streamClass("cpu", null), "gpu", streamClass("gpu", null));
  private Optional<ConfigMap> there = Optional.empty();
  private Optional<String> refusal = Optional.empty();
  private int liveSessions;

  @Test
  void a_good_app_gets_its_link_and_what_its_pods_mount() {
    var plan = planner.plan(view());
    assertReady(plan.status(), "True", "Accepted", "Sessions can be started");
    assertThat(plan.status().url()).isEqualTo("https://x.example/view/ns/demo");
    assertThat(plan.apply()).containsExactly(PodFileConfig.desired(app, podFile));
    assertThat(plan.events()).isEmpty();
  }

  @Test
  void what_is_there_already_is_not_written_again() {
    there = Optional.of(PodFileConfig.desired(app, podFile));
    var first = planner.plan(view());
    assertThat(first.apply()).isEmpty();
    app.setStatus(first.status());
    assertThat(planner.plan(view()).status()).isEqualTo(first.status());
  }

  @Test
  void a_pod_file_with_other_keys_is_written_anew() {
    var old = new PodFile(SigningKey.generate().publicKeys(), podFile.reportUrl());
    there = Optional.of(PodFileConfig.desired(app, old));
    assertThat(planner.plan(view()).apply()).hasSize(1);
  }

  @Test
  void a_pod_of_each_class_is_tried() {
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
  void a_refused_app_has_no_link_and_says_so_once() {
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
    classes = Map.of("cpu", streamClass("cpu", null));
    assertReady(
        planner.plan(view()).status(),
        "False",
        "ClassNotFound",
        "spec.classes: there is no StreamClass gpu");
  }

  @Test
  void when_the_cluster_gets_in_the_way_the_link_stays() {
    var status = planner.failed(view(), new IllegalStateException("no answer"));
    assertThat(status.url()).isEqualTo("https://x/view/ns/demo");
    assertThat(status.conditions())
        .singleElement()
        .satisfies(ready -> assertThat(ready.getStatus()).isEqualTo("Unknown"));
  }

  @Test
  void a_deleted_app_waits_for_its_sessions() {
    liveSessions = 1;
    assertThat(AppPlanner.mayGo(view())).isFalse();
    liveSessions = 0;
    assertThat(AppPlanner.mayGo(view())).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "422, Invalid value, true",
    "400, bad, true",
    "403, violates PodSecurity, true",
    "403, exceeded quota: pods, false",
    "429, slow down, false",
    "500, broken, false"
  })
  void only_what_speaks_of_the_pod_is_a_verdict(int code, String words, boolean verdict) {
    var status = new StatusBuilder().withMessage(words).build();
    assertThat(AppPlanner.isVerdict(code, status)).isEqualTo(verdict);
  }

  private AppView view() {
    return new AppView(app, classes, there, refusal, liveSessions, NOW);
  }

  private static void assertReady(
      StreamingAppStatus status, String value, String reason, String message) {
    assertThat(status.conditions())
        .singleElement()
        .satisfies(
            ready -> {
              assertThat(ready.getStatus()).isEqualTo(value);
              assertThat(ready.getReason()).isEqualTo(reason);
              assertThat(ready.getMessage()).isEqualTo(message);
            });
  }
}
