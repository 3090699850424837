package dev.vitrine.operator.testing.storm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.Labels;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.operator.pod.PodLabels;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.testing.ControllerStand;
import dev.vitrine.operator.testing.FakeGarbageCollector;
import dev.vitrine.operator.testing.PromptKubelet;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** Apps whose life has in it all that a controller writes, and what nodes do for them. */
public final class BusyCluster implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Duration GLANCE = Duration.ofMillis(100);

  /** Its sessions have their own label: the one of pods is the controller's. */
  private static final String TEST_APP = "test/app";

  private static final String DECODED =
      "{\"decoded\":{\"width\":1280,\"height\":720,\"milliseconds\":812}}";

  private final ControllerStand stand;
  private final PromptKubelet kubelet;
  private final FakeGarbageCollector collector;
  private final ScheduledExecutorService housekeeping =
      Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory());

  public BusyCluster(ControllerStand stand) {
    this.stand = stand;
    kubelet = new PromptKubelet(stand.client, stand.namespace);
    collector = new FakeGarbageCollector(stand.client, stand.namespace);
    stand.createClass(
        "{preemption: LowerPriority, images: PrePulled, maxPendingPods: 100,"
            + " resources: {cpu: {request: 100m}, memory: {request: 64Mi}}}");
    housekeeping.scheduleWithFixedDelay(this::keepHouse, 0, 200, TimeUnit.MILLISECONDS);
  }

  /**
   * An app is made and tried, has sessions of every fate, goes over to another image, and goes;
   * whoever is not told to go stays where they are.
   *
   * @throws AssertionError with what did not come about in a minute, or if who stays did not stay
   *     on its pod
   */
  public void live(String app) {
    try {
      liveThrough(app);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(e.getMessage() + "\n" + words(app), e);
    }
  }

  private void liveThrough(String app) {
    createApp(app);
    awaitRevision(app, "viewer:1");
    awaitIdlePods(app, 1);
    create(app, "keep", 50);
    var pod = awaitServed(app, "keep");
    create(app, "bye", 0);
    create(app, "last", 0);
    awaitServed(app, "bye");
    awaitServed(app, "last");
    stand.report(app + "-keep", "{\"seq\": 1, \"state\": \"Connected\"}");
    awaitConnected(pod);
    create(app, "urgent", 100);
    awaitServed(app, "urgent");
    sessions(app).stream()
        .filter(session -> session.getSpec().priority() == 0)
        .forEach(session -> kubelet.end(session.getStatus().podName()));
    await(app + ": those that ended to be gone")
        .atMost(LIMIT)
        .pollInterval(GLANCE)
        .until(() -> sessions(app).stream().noneMatch(it -> it.getSpec().priority() == 0));
    setImage(app, "viewer:2");
    awaitRevision(app, "viewer:2");
    assertThat(awaitServed(app, "keep")).as("the pod of %s-keep", app).isEqualTo(pod);
    stand.client.resource(stand.session(app + "-urgent")).delete();
    kubelet.end(pod);
    await(app + ": the old revision to be gone")
        .atMost(LIMIT)
        .pollInterval(GLANCE)
        .until(() -> revisions(app).size() == 1);
    create(app, "late", 0);
    awaitServed(app, "late");
    awaitIdlePods(app, 1);
    delete(app);
  }

  @Override
  public void close() {
    housekeeping.shutdownNow();
    kubelet.close();
  }

  private void createApp(String name) {
    var app =
        """
        apiVersion: vitrine.dev/v1alpha1
        kind: StreamingApp
        metadata: {name: %s}
        spec:
          classes: [%s]
          image: viewer:1
          warm: {targetIdle: 1}
          limits: {sessions: 3}
          lifetimes: {ttlSecondsAfterFinished: 0}
          rollout: {historyLimit: 0}
        """
            .formatted(name, stand.namespace);
    stand.client.resource(app).inNamespace(stand.namespace).create();
  }

  private void setImage(String app, String image) {
    app(app)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"image\":\"%s\"}}".formatted(image));
  }

  private void create(String app, String name, int priority) {
    var session = new StreamSession();
    session.setMetadata(
        new ObjectMetaBuilder()
            .withName(app + "-" + name)
            .withNamespace(stand.namespace)
            .withLabels(Map.of(TEST_APP, app))
            .build());
    session.setSpec(new StreamSessionSpec(app, null, null, null, Map.of(), priority, null));
    stand.client.resource(session).create();
  }

  private void delete(String app) {
    app(app).delete();
    await(app + " to be gone, and its session to have ended")
        .atMost(LIMIT)
        .pollInterval(GLANCE)
        .until(
            () ->
                app(app).get() == null && sessions(app).stream().allMatch(StreamSession::hasEnded));
  }

  /** The pod that serves it. */
  private String awaitServed(String app, String name) {
    return await("%s-%s to be served".formatted(app, name))
        .atMost(LIMIT)
        .pollInterval(GLANCE)
        .until(() -> stand.session(app + "-" + name), BusyCluster::isServed)
        .getStatus()
        .podName();
  }

  private static boolean isServed(StreamSession session) {
    return session.getStatus() != null
        && Conditions.holds(session.getStatus().conditions(), ConditionType.ASSIGNED)
        && !session.hasEnded();
  }

  private void awaitConnected(String pod) {
    var resource = stand.client.pods().inNamespace(stand.namespace).withName(pod);
    await(pod + " to be labelled connected")
        .atMost(LIMIT)
        .pollInterval(GLANCE)
        .until(
            () -> "true".equals(resource.get().getMetadata().getLabels().get(PodLabels.CONNECTED)));
  }

  private void awaitIdlePods(String app, int count) {
    await("%s: %d idle pods".formatted(app, count))
        .atMost(LIMIT)
        .pollInterval(GLANCE)
        .until(
            () ->
                kubelet.ofApp(app).stream()
                    .map(pod -> pod.getMetadata().getLabels())
                    .filter(labels -> labels.containsKey(PodLabels.REVISION))
                    .filter(labels -> !labels.containsKey(PodLabels.SESSION))
                    .count(),
            it -> it == count);
  }

  /** All new sessions get the revision with that image. */
  private void awaitRevision(String app, String image) {
    await("%s: %s to get all sessions".formatted(app, image))
        .atMost(LIMIT)
        .pollInterval(GLANCE)
        .until(
            () ->
                revisions(app).stream()
                    .filter(revision -> image.equals(revision.getSpec().image()))
                    .anyMatch(revision -> hasAllSessions(app, revision)));
  }

  private boolean hasAllSessions(String app, StreamingAppRevision revision) {
    var status = app(app).get().getStatus();
    return status != null
        && status.revisions().stream()
            .anyMatch(
                share ->
                    share.percent() == 100
                        && share.name().equals(revision.getMetadata().getName()));
  }

  private Resource<StreamingApp> app(String name) {
    return stand.client.resources(StreamingApp.class).inNamespace(stand.namespace).withName(name);
  }

  private List<StreamingAppRevision> revisions(String app) {
    return labelled(StreamingAppRevision.class, PodLabels.APP, app);
  }

  /** Those that this test has made, of an app. */
  private List<StreamSession> sessions(String app) {
    return labelled(StreamSession.class, TEST_APP, app);
  }

  /** What everybody says of an app. */
  private String words(String app) {
    return Stream.of(
            Stream.ofNullable(app(app).get()),
            revisions(app).stream(),
            revisions(app).stream().map(it -> it.getMetadata().getName()).flatMap(this::trials),
            sessions(app).stream(),
            kubelet.ofApp(app).stream())
        .flatMap(Function.<Stream<? extends HasMetadata>>identity())
        .peek(it -> it.getMetadata().setManagedFields(List.of()))
        .map(Serialization::asJson)
        .collect(Collectors.joining("\n"));
  }

  private Stream<StreamSession> trials(String revision) {
    return labelled(StreamSession.class, Labels.VERIFIES, revision).stream();
  }

  private <T extends HasMetadata> List<T> labelled(Class<T> kind, String label, String value) {
    return stand
        .client
        .resources(kind)
        .inNamespace(stand.namespace)
        .withLabel(label, value)
        .list()
        .getItems();
  }

  /** What garbage collection does, and viewers, who see a picture as soon as they run. */
  private void keepHouse() {
    try {
      collector.sweep();
      stand
          .client
          .pods()
          .inNamespace(stand.namespace)
          .withLabel(Labels.WATCHES)
          .list()
          .getItems()
          .stream()
          .filter(pod -> "Running".equals(pod.getStatus().getPhase()))
          .forEach(pod -> stand.kubelet.ended(pod, 0, DECODED));
    } catch (KubernetesClientException e) {
      // A pod was gone before it could be told of: the next round looks again.
    }
  }
}
