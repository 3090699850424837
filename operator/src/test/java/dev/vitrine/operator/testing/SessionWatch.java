package dev.vitrine.operator.testing;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.operator.support.Conditions;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** What a client sees of the sessions of a namespace, by a watch. */
public final class SessionWatch implements AutoCloseable {

  private static final int LIMIT_SECONDS = 60;
  private static final Predicate<StreamSession> NEVER = session -> false;

  /**
   * What somebody waits for.
   *
   * @param wanted of the session as long as it is there
   * @param met completed when it is so, or the session is gone
   */
  private record Expectation(Predicate<StreamSession> wanted, CompletableFuture<Boolean> met) {}

  private final Map<String, Expectation> expectations = new ConcurrentHashMap<>();
  private final String namespace;
  private final SharedIndexInformer<StreamSession> informer;

  public SessionWatch(KubernetesClient client, String namespace) {
    this.namespace = namespace;
    informer =
        client
            .resources(StreamSession.class)
            .inNamespace(namespace)
            .inform(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(StreamSession session) {
                    check(session);
                  }

                  @Override
                  public void onUpdate(StreamSession before, StreamSession after) {
                    check(after);
                  }

                  @Override
                  public void onDelete(StreamSession session, boolean stateUnknown) {
                    gone(session);
                  }
                });
  }

  /** All of an app that are there. */
  public List<StreamSession> ofApp(String app) {
    return informer.getStore().list().stream()
        .filter(session -> session.getSpec().app().equals(app))
        .toList();
  }

  /** Runs {@code cause}, then waits for a condition of the session to hold. */
  public void awaitCondition(String name, String type, Runnable cause) throws Exception {
    Predicate<StreamSession> holds =
        session ->
            session.getStatus() != null && Conditions.holds(session.getStatus().conditions(), type);
    if (!await(name, holds, cause)) {
      throw new IllegalStateException("Session %s went before it was %s".formatted(name, type));
    }
  }

  /** Runs {@code cause}, then waits for the session to be gone. */
  public void awaitGone(String name, Runnable cause) throws Exception {
    await(name, NEVER, cause);
  }

  @Override
  public void close() {
    informer.close();
  }

  private boolean await(String name, Predicate<StreamSession> wanted, Runnable cause)
      throws InterruptedException, ExecutionException {
    var met = new CompletableFuture<Boolean>();
    expectations.put(name, new Expectation(wanted, met));
    try {
      cause.run();
      Optional.ofNullable(informer.getStore().getByKey(namespace + "/" + name))
          .ifPresent(this::check);
      return met.get(LIMIT_SECONDS, SECONDS);
    } catch (TimeoutException e) {
      throw new IllegalStateException("Session %s waited for too long".formatted(name), e);
    } finally {
      expectations.remove(name);
    }
  }

  private void check(StreamSession session) {
    var expectation = expectations.get(session.getMetadata().getName());
    if (expectation != null && expectation.wanted().test(session)) {
      expectation.met().complete(true);
    }
  }

  private void gone(StreamSession session) {
    var expectation = expectations.get(session.getMetadata().getName());
    if (expectation != null) {
      expectation.met().complete(false);
    }
  }
}
