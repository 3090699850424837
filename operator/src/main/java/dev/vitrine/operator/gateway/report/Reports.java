package dev.vitrine.operator.gateway.report;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionStatus;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.gateway.cluster.ClusterCache;
import dev.vitrine.operator.gateway.cluster.SessionState;
import dev.vitrine.operator.gateway.cluster.Sessions;
import dev.vitrine.operator.gateway.http.Refusal;
import dev.vitrine.operator.pod.Connections;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.protocol.ConnectionState;
import dev.vitrine.protocol.EndReason;
import dev.vitrine.protocol.ReportAnswer;
import dev.vitrine.protocol.RuntimeReport;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Objects;
import java.util.Optional;

/** Writes reports into their sessions' {@code status.connection}: each whole, a newer one only. */
public final class Reports {

  private static final int TRIES = 5;

  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(Sessions.FIELD_MANAGER)
          .withForce(true)
          .build();

  private final KubernetesClient client;
  private final Sessions sessions;
  private final ClusterCache cache;

  public Reports(KubernetesClient client, Sessions sessions, ClusterCache cache) {
    this.client = client;
    this.sessions = sessions;
    this.cache = cache;
  }

  /**
   * Takes a report whose sender was verified. One that is repeated, as runtimes do to hear the
   * answer, is not written anew.
   *
   * @throws Refusal 409 or 403 where the report is not of the session's own pod; 410 where the
   *     session has ended or was deleted, and the pod has not noticed
   */
  ReportAnswer accept(RuntimeReport report) {
    var session = sessions.find(report.namespace(), report.session());
    for (var left = TRIES; left > 0; left--) {
      var standing = session.orElseThrow(() -> missing(report));
      var pod = requireOwn(report, standing);
      requireLive(report, standing);
      if (!newer(report, standing) || applied(report, standing)) {
        return answer(standing, pod);
      }
      session = sessions.fetch(report.namespace(), report.session());
    }
    throw new Refusal(503, "The session is being written by too many; report again.");
  }

  private ReportAnswer answer(StreamSession session, Pod pod) {
    var app = cache.app(session.getMetadata().getNamespace(), session.getSpec().app());
    return new ReportAnswer(
        app.flatMap(known -> NewerVersion.of(session, known)).orElse(null),
        stopping(pod, app).orElse(null));
  }

  private static Optional<EndReason> stopping(Pod pod, Optional<StreamingApp> app) {
    if (new PodFacts(pod).preemptedFor().isPresent()) {
      return Optional.of(EndReason.PREEMPTED);
    }
    return app.filter(StreamingApp::isMarkedForDeletion).map(_ -> EndReason.APP_DELETED);
  }

  /** One that is told to stop has something to report, too; one that is lost has not. */
  private Pod requireOwn(RuntimeReport report, StreamSession session) {
    if (!session.getMetadata().getUid().equals(report.sessionUid())) {
      throw new Refusal(
          409,
          "Session %s is another one of that name now; the reported one is gone."
              .formatted(report.session()));
    }
    var status = Objects.requireNonNullElseGet(session.getStatus(), StreamSessionStatus::empty);
    var named = status.podName();
    return cache.podsOf(session).stream()
        .filter(pod -> named == null || pod.getMetadata().getName().equals(named))
        .filter(pod -> !status.hasLost(pod.getMetadata().getName()))
        .filter(pod -> pod.getMetadata().getUid().equals(report.podUid()))
        .findFirst()
        .orElseThrow(
            () ->
                new Refusal(
                    403, "Session %s is not served by this pod.".formatted(report.session())));
  }

  private void requireLive(RuntimeReport report, StreamSession session) {
    if (report.connection().state() != ConnectionState.ENDED
        && sessions.state(session) instanceof SessionState.Ended(var reason, var message)) {
      throw Refusal.ended(
          410, reason, "Session %s has ended: %s: %s".formatted(report.session(), reason, message));
    }
  }

  /** A repeated report, or one that was overtaken, is accepted and changes nothing. */
  private static boolean newer(RuntimeReport report, StreamSession session) {
    return Optional.ofNullable(session.getStatus())
        .map(StreamSessionStatus::connection)
        .filter(connection -> connection.seq() >= report.seq())
        .isEmpty();
  }

  /** False when the session changed in between: it may hold a newer report by now. */
  private boolean applied(RuntimeReport report, StreamSession session) {
    var patch = new StreamSession();
    patch.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(report.namespace())
            .withName(report.session())
            .withUid(report.sessionUid())
            .withResourceVersion(session.getMetadata().getResourceVersion())
            .build());
    patch.setStatus(
        StreamSessionStatus.empty()
            .withConnection(Connections.of(report.seq(), report.connection())));
    try {
      client.resource(patch).subresource("status").patch(APPLY, patch);
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return false;
      }
      throw e;
    }
  }

  private static Refusal missing(RuntimeReport report) {
    return Refusal.ended(
        410,
        EndReason.CLOSED_BY_API.word(),
        "There is no session %s in namespace %s.".formatted(report.session(), report.namespace()));
  }
}
