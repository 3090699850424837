package dev.vitrine.operator.gateway.cluster;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.operator.support.DerivedClient;
import dev.vitrine.operator.support.WriteRefusal;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Finds, makes and deletes sessions, so that whoever wrote sees what was written. */
public final class Sessions {

  public static final String FIELD_MANAGER = "vitrine-gateway";

  /** How long a write may take to come back by the watch. */
  private static final Duration ECHO_LIMIT = Duration.ofSeconds(2);

  /** Whoever would wait beyond is answered at once, and asks again. */
  private static final int MOST_WAITING = 1_000;

  private static final int TRIES_TO_MAKE = 2;

  /**
   * For one answer of the API server: while it is silent, all tries, and the questions between
   * them, are over before a page gives up, which it does after 15 s, and asks for another session.
   */
  private static final Duration PATIENCE = Duration.ofMillis(2500);

  /** Of an API server that refuses connections, within that time. */
  private static final int QUICK_RETRIES = 2;

  private final KubernetesClient client;
  private final ClusterCache cache;
  private final Semaphore waiting = new Semaphore(MOST_WAITING);

  public Sessions(KubernetesClient client, ClusterCache cache) {
    this.client =
        DerivedClient.of(
            client,
            config ->
                config
                    .withRequestTimeout((int) PATIENCE.toMillis())
                    .withRequestRetryBackoffLimit(QUICK_RETRIES));
    this.cache = cache;
  }

  /** From the cache; from the API server what another replica may have just made. */
  public Optional<StreamSession> find(String namespace, String name) {
    return cache.session(namespace, name).or(() -> fetch(namespace, name));
  }

  /** From the API server. */
  public Optional<StreamSession> fetch(String namespace, String name) {
    return Optional.ofNullable(
        client.resources(StreamSession.class).inNamespace(namespace).withName(name).get());
  }

  public SessionState state(StreamSession session) {
    return SessionState.of(session, cache.podOf(session));
  }

  /**
   * Waits while the session is on its way to a pod that can be dialled: not for one that stands in
   * line, which takes long, and not where too many wait already.
   *
   * @return the session as it stands then; empty if it was deleted meanwhile
   */
  public Optional<StreamSession> awaitReady(StreamSession session, Duration limit) {
    if (!waiting.tryAcquire()) {
      return Optional.of(session);
    }
    try {
      var namespace = session.getMetadata().getNamespace();
      var name = session.getMetadata().getName();
      var seen = new AtomicBoolean(); // before, another replica may have made it a moment ago
      return cache
          .arrivals()
          .await(
              limit,
              () -> {
                var now = cache.session(namespace, name);
                seen.compareAndSet(false, now.isPresent());
                var over = now.map(it -> !state(it).isOnItsWay()).orElseGet(seen::get);
                return over ? Optional.of(now) : Optional.empty();
              })
          .orElseGet(() -> cache.session(namespace, name).or(() -> Optional.of(session)));
    } finally {
      waiting.release();
    }
  }

  /** Makes a session whose name begins with the app's. */
  public StreamSession create(String namespace, StreamSessionSpec spec) {
    var session = new StreamSession();
    session.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(namespace)
            .withName(SessionName.random(spec.app()))
            .build());
    session.setSpec(spec);
    var made = make(session);
    cache
        .arrivals()
        .await(ECHO_LIMIT, () -> cache.session(namespace, made.getMetadata().getName()));
    return made;
  }

  /**
   * The API server may have made it, or be about to, without having said so. Nobody else has its
   * name: made again it is found, and not doubled.
   */
  private StreamSession make(StreamSession session) {
    for (var left = TRIES_TO_MAKE; ; left--) {
      try {
        return client.resource(session).create();
      } catch (KubernetesClientException e) {
        if (isVerdict(e)) {
          throw e;
        }
        var made = madeAfterAll(session);
        if (made.isPresent()) {
          return made.get();
        }
        if (left == 1) {
          throw e;
        }
      }
    }
  }

  /** Empty as well where nobody answers: then the next try finds out. */
  private Optional<StreamSession> madeAfterAll(StreamSession session) {
    try {
      return fetch(session.getMetadata().getNamespace(), session.getMetadata().getName());
    } catch (KubernetesClientException e) {
      return Optional.empty();
    }
  }

  private static boolean isVerdict(KubernetesClientException failure) {
    return switch (WriteRefusal.of(failure)) {
      case VERDICT, QUOTA -> true;
      case CONFLICT, UNCERTAIN -> false;
    };
  }

  /** Deletes the session of this name: names are generated, so that no later one has it. */
  public void delete(StreamSession session) {
    var namespace = session.getMetadata().getNamespace();
    var name = session.getMetadata().getName();
    client.resource(session).delete();
    cache.arrivals().await(ECHO_LIMIT, () -> unlessStanding(namespace, name));
  }

  private Optional<Boolean> unlessStanding(String namespace, String name) {
    var standing =
        cache
            .session(namespace, name)
            .filter(session -> session.getMetadata().getDeletionTimestamp() == null);
    return standing.isPresent() ? Optional.empty() : Optional.of(true);
  }
}
