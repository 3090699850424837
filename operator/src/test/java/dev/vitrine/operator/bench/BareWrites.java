package dev.vitrine.operator.bench;

import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.operator.pod.PodLabels;
import dev.vitrine.operator.support.FieldManager;
import dev.vitrine.operator.support.Owners;
import dev.vitrine.operator.support.StatusPatch;
import dev.vitrine.operator.support.Times;
import dev.vitrine.operator.testing.Clients;
import dev.vitrine.operator.testing.FakeKubelet;
import dev.vitrine.operator.testing.Timings;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the API server makes of the writes of a warm claim when nobody has to think: the session's
 * creation, the patch of a pod, the report of its status, one after the other.
 */
final class BareWrites {

  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(FieldManager.CONTROLLER)
          .withForce(true)
          .build();

  /** Each claim of those that are under way has a pod of its own. */
  private static final int PODS = 256;

  private final KubernetesClient client;
  private final String namespace;
  private final Pod pattern;
  private final StreamSessionStatus status;
  private final Map<Integer, Pod> pods = new ConcurrentHashMap<>();
  private final AtomicInteger names = new AtomicInteger();

  /**
   * @param idle a pod as the controller makes them
   * @param status as the controller writes it of an assigned session
   */
  BareWrites(KubernetesClient client, String namespace, Pod idle, StreamSessionStatus status) {
    this.client = client;
    this.namespace = namespace;
    this.status = status;
    var metadata =
        new ObjectMetaBuilder()
            .withLabels(Map.of("bench", "bare"))
            .withNamespace(namespace)
            .withOwnerReferences(idle.getMetadata().getOwnerReferences())
            .build();
    pattern = new PodBuilder().withMetadata(metadata).withSpec(idle.getSpec()).build();
    BareSession.define(client);
  }

  /** The writes of claims. */
  Timings claims(int clients, int times) throws Exception {
    return Clients.inTurn(clients, times, (client, _) -> claim(client));
  }

  /** The writes of claims, and those that put an idle pod in the place of the claimed one. */
  Timings claimsAndRefills(int clients, int times) throws Exception {
    return Clients.inTurn(
        clients,
        times,
        (client, _) -> {
          claim(client);
          refill();
        });
  }

  /**
   * The same, one beginning whenever it is due, as {@link WarmClaims#atRate} has them.
   *
   * @param perSecond so that fewer than {@value #PODS} are under way
   */
  Timings claimsAndRefillsAtRate(double perSecond, int times) throws Exception {
    Clients.inTurn(PODS, PODS, (_, number) -> pods.computeIfAbsent(number, this::create));
    return Clients.atRate(
        perSecond,
        times,
        (_, number) -> {
          claim(number % PODS);
          Thread.ofVirtual().start(this::refill);
        });
  }

  private void claim(int number) {
    var name = "bare-" + names.incrementAndGet();
    var session = new BareSession();
    session.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
    session.setSpec(StreamSessionSpec.of("bare"));
    var created = client.resource(session).create();
    pods.put(number, patch(pods.computeIfAbsent(number, this::create), created));
    client
        .resource(created)
        .subresource("status")
        .patch(APPLY, StatusPatch.of(new BareSession(), created, status));
  }

  private Pod patch(Pod pod, BareSession session) {
    var claim =
        new PodBuilder()
            .withNewMetadata()
            .withResourceVersion(pod.getMetadata().getResourceVersion())
            .addToLabels(PodLabels.SESSION, session.getMetadata().getName())
            .addToAnnotations(PodLabels.CLAIMED_AT, Times.micros(Instant.now()))
            .withOwnerReferences(Owners.controller(session))
            .endMetadata()
            .build();
    return pod(pod).patch(PatchContext.of(PatchType.JSON_MERGE), claim);
  }

  private Pod create(int number) {
    return client.resource(named("bare-of-client-" + number)).create();
  }

  private void refill() {
    var pod = client.resource(named("bare-" + names.incrementAndGet())).create();
    var ready = new PodBuilder().withStatus(FakeKubelet.running("127.0.0.1")).build();
    pod(pod).subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), ready);
  }

  private Pod named(String name) {
    return pattern.edit().editMetadata().withName(name).endMetadata().build();
  }

  private io.fabric8.kubernetes.client.dsl.PodResource pod(Pod pod) {
    return client.pods().inNamespace(namespace).withName(pod.getMetadata().getName());
  }
}
