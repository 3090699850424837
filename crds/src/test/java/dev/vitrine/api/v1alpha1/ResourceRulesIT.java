package dev.vitrine.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a real API server makes of good objects, and of changes to them. */
class ResourceRulesIT {

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();

  private String namespace;

  @BeforeEach
  void newNamespace() {
    namespace = cluster.newNamespace();
  }

  @Test
  void an_app_that_names_only_its_class_gets_every_default() {
    var yaml =
        """
        apiVersion: vitrine.dev/v1alpha1
        kind: StreamingApp
        metadata: {name: demo}
        spec: {classes: [cpu], container: {env: [{name: A}]}, parameters: [{name: p}]}
        """;
    cluster.client().resource(yaml).inNamespace(namespace).create();
    var spec =
        cluster
            .client()
            .resources(StreamingApp.class)
            .inNamespace(namespace)
            .withName("demo")
            .get()
            .getSpec();
    assertThat(spec.video()).isEqualTo(new StreamingAppSpec.Video(1280, 720, 30, 4000));
    assertThat(spec.lifetimes()).isEqualTo(new Lifetimes(300, 120, 20, 900, 28800, 60, 3600));
    assertThat(spec.runtime()).isEqualTo(StreamingAppSpec.RuntimeKind.Vitrine);
    assertThat(spec.container().env()).containsExactly(new StreamingAppSpec.Env("A", ""));
    assertThat(spec.parameters().getFirst().type()).isEqualTo(Parameter.Type.String);
    assertThat(spec.rollout().verification())
        .isEqualTo(new Rollout.Verification(Rollout.Mode.DecodeFrame, Map.of(), 180));
  }

  @Test
  void a_revisions_spec_cannot_be_changed() {
    var yaml =
        """
        apiVersion: vitrine.dev/v1alpha1
        kind: StreamingAppRevision
        metadata: {name: demo-1}
        spec: {app: demo, image: viewer:1}
        """;
    cluster.client().resource(yaml).inNamespace(namespace).create();
    var revision =
        cluster
            .client()
            .resources(StreamingAppRevision.class)
            .inNamespace(namespace)
            .withName("demo-1");
    assertThatThrownBy(
            () ->
                revision.patch(
                    PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"image\":\"viewer:2\"}}"))
        .hasMessageContaining("spec is immutable: a change of the app makes another revision");
  }

  @Test
  void a_class_that_says_nothing_gets_every_default() {
    var yaml =
        """
        apiVersion: vitrine.dev/v1alpha1
        kind: StreamClass
        metadata: {name: %s}
        spec: {}
        """
            .formatted(namespace);
    cluster.client().resource(yaml).create();
    var spec = cluster.client().resources(StreamClass.class).withName(namespace).get().getSpec();
    assertThat(spec.resources().cpu().request().toString()).isEqualTo("1");
    assertThat(spec.resources().memory().request().toString()).isEqualTo("1Gi");
    assertThat(spec.resources().gpu()).isNull();
    assertThat(spec.video()).isEqualTo(new StreamClassSpec.VideoCeilings(2073600, 60, 20000));
    assertThat(spec.lifetimes())
        .isEqualTo(
            new LifetimeCeilings(86400, 86400, 86400, 604800, 2592000, 3600, 2592000, 0, 600));
    assertThat(spec.namespaces().allow("anywhere")).isTrue();
  }

  @Test
  void a_sessions_spec_cannot_be_changed() {
    var session = createSession("one");
    assertThatThrownBy(
            () ->
                session.edit(
                    s -> {
                      s.setSpec(StreamSessionSpec.of("other"));
                      return s;
                    }))
        .hasMessageContaining("spec is immutable: make another session instead");
  }

  @Test
  void an_end_is_never_taken_back() {
    var session = createSession("one");
    setConditions(session, List.of(ended("True", "IdleTimeout")));
    for (var change :
        List.of(
            List.<Condition>of(),
            List.of(ended("False", "IdleTimeout")),
            List.of(ended("True", "AppExited")))) {
      assertThatThrownBy(() -> setConditions(session, change))
          .hasMessageContaining("Ended is a fact that is never taken back or given another reason");
    }
  }

  @Test
  void a_session_never_gets_another_pod_unless_its_own_is_lost() {
    var session = createSession("one");
    setPod(session, "first");
    setPod(session, "first");
    for (var change : Arrays.asList("second", null)) {
      assertThatThrownBy(() -> setPod(session, change))
          .hasMessageContaining("status.podName: a session keeps its pod for life");
    }
    setPod(session, null, "first");
    setPod(session, "second", "first");
    assertThatThrownBy(() -> setPod(session, "second"))
        .hasMessageContaining("status.lostPods: what was lost stays lost");
  }

  @Test
  void an_end_may_be_explained_better() {
    var session = createSession("one");
    setConditions(session, List.of(ended("True", "IdleTimeout")));
    setConditions(
        session, List.of(ended("True", "IdleTimeout").edit().withMessage("longer").build()));
    assertThat(session.get().getStatus().conditions().getFirst().getMessage()).isEqualTo("longer");
  }

  @Test
  void a_time_keeps_its_microseconds() {
    var session = createSession("one");
    var at = "2026-01-02T03:04:05.678901Z";
    session.editStatus(
        s -> {
          var timeline = new Timeline(at, null, null, null, null, null);
          s.setStatus(StreamSessionStatus.empty().withTimeline(timeline));
          return s;
        });
    assertThat(session.get().getStatus().timeline().requestedAt()).isEqualTo(at);
  }

  @Test
  void sessions_can_be_selected_by_their_app() {
    createSession("one");
    var sessions = cluster.client().resources(StreamSession.class).inNamespace(namespace);
    assertThat(sessions.withField("spec.app", "demo").list().getItems()).hasSize(1);
    assertThat(sessions.withField("spec.app", "other").list().getItems()).isEmpty();
  }

  private static void setPod(
      Resource<StreamSession> session, @Nullable String pod, String... lost) {
    var lostPods =
        Stream.of(lost).map(name -> new LostPod(name, "2026-01-02T03:04:05.678901Z")).toList();
    session.editStatus(
        s -> {
          s.setStatus(
              new StreamSessionStatus(List.of(), pod, lostPods, null, null, null, null, null));
          return s;
        });
  }

  private Resource<StreamSession> createSession(String name) {
    var session = new StreamSession();
    session.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
    session.setSpec(StreamSessionSpec.of("demo"));
    cluster.client().resource(session).create();
    return cluster.client().resources(StreamSession.class).inNamespace(namespace).withName(name);
  }

  private static void setConditions(Resource<StreamSession> session, List<Condition> conditions) {
    session.editStatus(
        s -> {
          s.setStatus(StreamSessionStatus.empty().withConditions(conditions));
          return s;
        });
  }

  private static Condition ended(String status, String reason) {
    return new ConditionBuilder()
        .withType(ConditionType.ENDED)
        .withStatus(status)
        .withReason(reason)
        .withMessage("over")
        .withLastTransitionTime("2026-01-01T00:00:00Z")
        .build();
  }
}
