package dev.vitrine.operator.bench;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.keys.SigningKeyReconciler;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.testing.FakeRuntime;
import dev.vitrine.operator.testing.PromptKubelet;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;

/**
 * A real API server, in it one namespace with apps and sessions on one class; what nodes would do
 * is pretended: pods are ready as soon as they are made, and accept assignments.
 */
final class BenchCluster implements AutoCloseable {

  private static final String SYSTEM_NAMESPACE = "vitrine-system";
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final Duration GLANCE = Duration.ofMillis(50);
  private static final int SETUP_CLIENTS = 16;

  /** Nobody connects, and nobody is to be missed for it. */
  private static final String LIFETIMES =
      "lifetimes: {connectSeconds: 86400, ttlSecondsAfterFinished: 0}";

  final KubernetesClient client;
  final String namespace;
  final PromptKubelet kubelet;
  final SessionWatch sessions;
  final FakeRuntime runtime;
  private final KubeApiServer server;
  private final SharedIndexInformer<StreamingApp> apps;
  private final Path connectKeys;

  BenchCluster() throws IOException {
    server = KubeApiServer.ofProgram();
    client = server.client();
    namespace = server.newNamespace();
    var system =
        new NamespaceBuilder().withNewMetadata().withName(SYSTEM_NAMESPACE).endMetadata().build();
    client.resource(system).create();
    var keys = new SigningKeyReconciler(client, SYSTEM_NAMESPACE);
    runtime = new FakeRuntime(keys.keyIn(SigningKeyReconciler.ASSIGNMENT_KEY).publicKeys());
    connectKeys = Files.createDirectories(Path.of("target", "bench-connect-keys"));
    Files.writeString(
        connectKeys.resolve("private.jwk"),
        keys.keyIn(SigningKeyReconciler.CONNECT_KEY).toPrivateJwk());
    kubelet = new PromptKubelet(client, namespace);
    sessions = new SessionWatch(client, namespace);
    apps = client.resources(StreamingApp.class).inNamespace(namespace).inform();
    var streamClass =
        """
        apiVersion: vitrine.dev/v1alpha1
        kind: StreamClass
        metadata: {name: bench}
        spec: {maxPendingPods: 100, resources: {cpu: {request: 100m}, memory: {request: 64Mi}}}
        """;
    client.resource(streamClass).create();
  }

  /** Returns once the controller leads. */
  OperatorProcess startController() throws IOException {
    var name = "controller-" + UUID.randomUUID();
    var controller =
        OperatorProcess.start(
            server,
            "controller",
            Map.of(
                "VITRINE_PUBLIC_URL",
                "https://stream.example",
                "VITRINE_POD_NAME",
                name,
                "VITRINE_POD_PORT",
                Integer.toString(runtime.port())));
    controller.awaitReady();
    Awaitility.await("the controller to lead")
        .atMost(LIMIT)
        .pollInterval(GLANCE)
        .until(() -> name.equals(leader()));
    return controller;
  }

  OperatorProcess startGateway() throws IOException {
    return OperatorProcess.start(
        server,
        "gateway",
        Map.of(
            "VITRINE_CONNECT_KEYS", connectKeys.toAbsolutePath().toString(),
            "QUARKUS_HTTP_HOST", "127.0.0.1",
            "QUARKUS_HTTP_PORT", "0"));
  }

  /** Makes apps without idle pods and waits until sessions of them can be started. */
  void createApps(List<String> names) throws Exception {
    Clients.inTurn(SETUP_CLIENTS, names.size(), (_, i) -> createApp(names.get(i), "{}"));
    Awaitility.await("apps to be ready")
        .atMost(LIMIT)
        .pollInterval(GLANCE)
        .until(
            () ->
                apps.getStore().list().stream()
                        .filter(app -> has(app, ConditionType.READY, "Accepted"))
                        .count()
                    >= names.size());
  }

  /**
   * Makes an app and waits until its idle pods are ready.
   *
   * @param warm as {@code spec.warm} of a StreamingApp
   */
  void createWarmApp(String name, String warm) {
    createApp(name, warm);
    awaitPool(name, "Full");
  }

  /** A pod of an app whose pods are all idle. */
  Pod idlePod(String app) {
    return Awaitility.await("an idle pod of " + app)
        .atMost(LIMIT)
        .pollInterval(GLANCE)
        .until(() -> kubelet.ofApp(app).stream().findFirst(), Optional::isPresent)
        .orElseThrow();
  }

  StreamSession session(String name) {
    return client.resources(StreamSession.class).inNamespace(namespace).withName(name).get();
  }

  /** Creates a session and waits until the watch says that a pod has accepted it. */
  void claim(String app, String name) throws Exception {
    sessions.awaitCondition(name, ConditionType.ASSIGNED, () -> createSession(app, name));
  }

  /** The gateway reports that a viewer is there; waits until the controller has taken note. */
  void connect(String name) throws Exception {
    sessions.awaitCondition(name, ConditionType.CONNECTED, () -> reportConnected(name));
  }

  /** The session's pod ends; waits until the session is gone, too. */
  void end(StreamSession session) throws Exception {
    sessions.awaitGone(
        session.getMetadata().getName(), () -> kubelet.end(session.getStatus().podName()));
  }

  /** Takes idle pods and sessions of an app away, and waits until they are gone. */
  void clear(String app) throws Exception {
    client
        .resources(StreamingApp.class)
        .inNamespace(namespace)
        .withName(app)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\":{\"warm\":{\"min\":0,\"targetIdle\":0}}}");
    awaitPool(app, "NoneWanted");
    var all = sessions.ofApp(app);
    Clients.inTurn(SETUP_CLIENTS, all.size(), (_, i) -> end(all.get(i)));
    Awaitility.await("pods of %s to be gone".formatted(app))
        .atMost(LIMIT)
        .pollInterval(GLANCE)
        .until(() -> kubelet.ofApp(app).isEmpty());
  }

  @Override
  public void close() {
    apps.close();
    sessions.close();
    kubelet.close();
    runtime.close();
    client.close();
  }

  private String leader() {
    var leases = client.leases().inNamespace(SYSTEM_NAMESPACE);
    return leases.withName("vitrine-controller").get().getSpec().getHolderIdentity();
  }

  private void createApp(String name, String warm) {
    var app =
        """
        apiVersion: vitrine.dev/v1alpha1
        kind: StreamingApp
        metadata: {name: %s}
        spec: {classes: [bench], warm: %s, %s}
        """
            .formatted(name, warm, LIFETIMES);
    client.resource(app).inNamespace(namespace).create();
  }

  void createSession(String app, String name) {
    var session = new StreamSession();
    session.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
    session.setSpec(StreamSessionSpec.of(app));
    client.resource(session).create();
  }

  private void reportConnected(String name) {
    var patch =
        """
        {"apiVersion":"vitrine.dev/v1alpha1","kind":"StreamSession","metadata":{"name":"%s"},
         "status":{"connection":{"seq":1,"state":"Connected","connectedAt":"2026-01-01T00:00:00.5Z",
          "firstFrameAt":"2026-01-01T00:00:00.6Z","transport":"webrtc-java","codec":"H264"}}}
        """
            .formatted(name);
    var context =
        new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("vitrine-gateway")
            .withForce(true)
            .build();
    client
        .resources(StreamSession.class)
        .inNamespace(namespace)
        .withName(name)
        .subresource("status")
        .patch(context, patch);
  }

  private void awaitPool(String app, String reason) {
    Awaitility.await("the pool of %s to be %s".formatted(app, reason))
        .atMost(LIMIT)
        .pollInterval(GLANCE)
        .until(
            () -> apps.getStore().getByKey(namespace + "/" + app),
            it -> it != null && has(it, ConditionType.WARM_POOL_FULL, reason));
  }

  private static boolean has(StreamingApp app, String type, String reason) {
    return app.getStatus() != null
        && Conditions.find(app.getStatus().conditions(), type)
            .filter(it -> it.getReason().equals(reason))
            .isPresent();
  }
}
