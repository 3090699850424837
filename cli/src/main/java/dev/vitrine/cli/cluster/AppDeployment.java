package dev.vitrine.cli.cluster;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.Labels;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.cli.failure.CommandFailure;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable.Validation;
import io.fabric8.kubernetes.client.dsl.WritableOperation;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Gives an app an image, and waits until the cluster says what became of it. */
public final class AppDeployment {

  private static final String FIELD_MANAGER = "vitrine-cli";
  private static final int SECONDS_BETWEEN_LOOKS = 1;

  private final Cluster cluster;
  private final String app;

  /** Of an app in the cluster's namespace. */
  public AppDeployment(Cluster cluster, String app) {
    this.cluster = cluster;
    this.app = app;
  }

  /**
   * Applies what the manifest says, with the image. A revision with that image which failed is
   * deleted, because the controller tries none twice: whoever deploys once more wants that. Nothing
   * is deleted where the cluster would refuse the manifest.
   *
   * @param force whether fields that others set are taken over
   * @return what was said of the rollout before and does not count any more
   */
  public Optional<Condition> apply(AppManifest manifest, String image, boolean force) {
    var resource =
        cluster
            .client()
            .genericKubernetesResources(
                ResourceDefinitionContext.fromResourceType(StreamingApp.class))
            .inNamespace(cluster.namespace())
            .resource(manifest.with(image));
    apply(resource.dryRun(), force);
    var past = forgetFailures(image);
    apply(resource, force);
    return past;
  }

  private static void apply(WritableOperation<GenericKubernetesResource> resource, boolean force) {
    var patch = resource.fieldValidation(Validation.STRICT).fieldManager(FIELD_MANAGER);
    (force ? patch.forceConflicts() : patch).serverSideApply();
  }

  /**
   * Waits for either end of the rollout.
   *
   * @param past what was said before and does not count
   * @param progress is told how it stands, whenever that changes; on another thread
   * @throws CommandFailure if it failed, or if nobody can say in time
   */
  public Condition await(Duration limit, Optional<Condition> past, Consumer<String> progress)
      throws InterruptedException {
    var verdict = new CompletableFuture<Condition>();
    var news = new News(progress);
    try (var looks = Executors.newSingleThreadScheduledExecutor()) {
      var looking =
          looks.scheduleWithFixedDelay(
              () -> look(verdict, past, news), 0, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
      try {
        return verdict.get(limit.toSeconds(), TimeUnit.SECONDS);
      } finally {
        looking.cancel(false);
      }
    } catch (TimeoutException e) {
      throw CommandFailure.unknown(
          "nothing is known of the rollout of %s after %d s; wait longer with --timeout, or look: "
              + "vitrine describe %s",
          app, limit.toSeconds(), app);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof KubernetesClientException refused
          ? refused
          : new IllegalStateException(e.getCause());
    }
  }

  /** A cluster that does not answer for a while has said nothing. */
  private void look(CompletableFuture<Condition> verdict, Optional<Condition> past, News news) {
    try {
      var found = cluster.findApp(app);
      found.flatMap(RolloutVerdict::progress).ifPresent(news::tell);
      found.flatMap(now -> RolloutVerdict.of(now, past)).ifPresent(verdict::complete);
    } catch (KubernetesClientException e) {
      if (e.getCode() == 401 || e.getCode() == 403) {
        verdict.completeExceptionally(e);
      }
    } catch (RuntimeException e) {
      verdict.completeExceptionally(e);
    }
  }

  /** Tells nothing twice in a row. */
  private static final class News {

    private final Consumer<String> listener;
    private String told = "";

    News(Consumer<String> listener) {
      this.listener = listener;
    }

    void tell(String sentence) {
      if (!sentence.equals(told)) {
        told = sentence;
        listener.accept(sentence);
      }
    }
  }

  private Optional<Condition> forgetFailures(String image) {
    var failed =
        revisions().stream()
            .filter(revision -> image.equals(revision.getSpec().image()))
            .filter(AppDeployment::failedVerification)
            .toList();
    if (failed.isEmpty()) {
      return Optional.empty();
    }
    var past = cluster.findApp(app).flatMap(RolloutVerdict::said);
    failed.forEach(revision -> cluster.client().resource(revision).delete());
    return past;
  }

  private List<StreamingAppRevision> revisions() {
    return cluster
        .client()
        .resources(StreamingAppRevision.class)
        .inNamespace(cluster.namespace())
        .withLabel(Labels.APP, app)
        .list()
        .getItems();
  }

  private static boolean failedVerification(StreamingAppRevision revision) {
    return revision.getStatus() != null
        && revision.getStatus().conditions().stream()
            .anyMatch(
                condition ->
                    condition.getType().equals(ConditionType.VERIFIED)
                        && condition.getStatus().equals("False"));
  }
}
