package dev.vitrine.operator.gateway.cluster;

import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.pod.SlimPod;
import dev.vitrine.operator.support.Conditions;
import dev.vitrine.operator.support.ListPage;
import dev.vitrine.operator.support.WatchedStore;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is watched: one informer a kind. Reads cost nothing and may lag behind the cluster. */
public final class ClusterCache implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ClusterCache.class);

  private static final String SESSION_LABEL = "vitrine.dev/session";
  private static final String BY_OWNER = "owner";

  private final Arrivals arrivals = new Arrivals();
  private final SharedIndexInformer<StreamSession> sessions;
  private final SharedIndexInformer<StreamingApp> apps;
  private final SharedIndexInformer<StreamClass> classes;
  private final SharedIndexInformer<Pod> pods;

  /**
   * @param sessionSeen hears of each session as it is whenever it changes, and as it was when it
   *     went
   */
  public ClusterCache(KubernetesClient client, Consumer<StreamSession> sessionSeen) {
    sessions =
        informer(
            client.resources(StreamSession.class).inAnyNamespace(),
            new WatchedStore<>(session -> Conditions.trim(session.conditions())),
            sessionSeen);
    apps =
        informer(
            client.resources(StreamingApp.class).inAnyNamespace(), new WatchedStore<>(), _ -> {});
    classes = informer(client.resources(StreamClass.class), new WatchedStore<>(), _ -> {});
    pods =
        informer(
            client.pods().inAnyNamespace().withLabel(SESSION_LABEL),
            new WatchedStore<>(SlimPod::trim),
            _ -> {});
    pods.addIndexers(Map.of(BY_OWNER, SessionPods::ownerUids));
  }

  /** Returns at once; what it returns completes when each kind has been listed once. */
  public CompletableFuture<Void> start() {
    return CompletableFuture.allOf(
        all().map(it -> it.start().toCompletableFuture()).toArray(CompletableFuture[]::new));
  }

  /** Whether each kind has been listed once. */
  public boolean synced() {
    return all().allMatch(SharedIndexInformer::hasSynced);
  }

  public Optional<StreamSession> session(String namespace, String name) {
    return find(sessions, namespace, name);
  }

  public Stream<StreamSession> sessions(String namespace) {
    return in(sessions, namespace);
  }

  /** Those of all namespaces. */
  public List<StreamSession> sessions() {
    return sessions.getIndexer().list();
  }

  /** The pods of all sessions. */
  public List<Pod> sessionPods() {
    return pods.getIndexer().list();
  }

  public Optional<StreamingApp> app(String namespace, String name) {
    return find(apps, namespace, name);
  }

  public Stream<StreamingApp> apps(String namespace) {
    return in(apps, namespace);
  }

  public Optional<StreamClass> streamClass(String name) {
    return Optional.ofNullable(classes.getIndexer().getByKey(name));
  }

  /** The pod that is the session's own; empty while there is none with an address. */
  public Optional<Pod> podOf(StreamSession session) {
    var uid = session.getMetadata().getUid();
    var named = session.getStatus() == null ? null : session.getStatus().podName();
    return SessionPods.serving(pods.getIndexer().byIndex(BY_OWNER, uid), named);
  }

  /** All pods that are the session's own, those that are going included. */
  public List<Pod> podsOf(StreamSession session) {
    return pods.getIndexer().byIndex(BY_OWNER, session.getMetadata().getUid());
  }

  /** Wakes those who wait, whenever something arrived. */
  public Arrivals arrivals() {
    return arrivals;
  }

  @Override
  public void close() {
    all().forEach(SharedIndexInformer::close);
  }

  private Stream<SharedIndexInformer<?>> all() {
    return Stream.of(sessions, apps, classes, pods);
  }

  private <T extends HasMetadata> SharedIndexInformer<T> informer(
      Informable<T> kind, WatchedStore<T> store, Consumer<T> seen) {
    var informer = kind.withLimit(ListPage.ITEMS).runnableInformer(0);
    informer.itemStore(store);
    informer.exceptionHandler(
        (started, failure) -> {
          log.warn("Watching {} failed, and goes on", informer.getApiTypeClass(), failure);
          return true;
        });
    informer.addEventHandler(
        new ResourceEventHandler<>() {
          @Override
          public void onAdd(T item) {
            seen.accept(item);
            arrivals.announce();
          }

          @Override
          public void onUpdate(T before, T item) {
            seen.accept(item);
            arrivals.announce();
          }

          @Override
          public void onDelete(T item, boolean finalStateUnknown) {
            seen.accept(item);
            arrivals.announce();
          }
        });
    return informer;
  }

  private static <T extends HasMetadata> Optional<T> find(
      SharedIndexInformer<T> informer, String namespace, String name) {
    return Optional.ofNullable(
        informer.getIndexer().getByKey(Cache.namespaceKeyFunc(namespace, name)));
  }

  private static <T extends HasMetadata> Stream<T> in(
      SharedIndexInformer<T> informer, String namespace) {
    List<T> found = informer.getIndexer().byIndex(Cache.NAMESPACE_INDEX, namespace);
    return found.stream();
  }
}
