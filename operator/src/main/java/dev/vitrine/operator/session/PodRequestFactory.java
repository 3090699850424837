package dev.vitrine.operator.session;

import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.placement.PodRequest;
import dev.vitrine.operator.placement.Pool;
import dev.vitrine.operator.pod.ParameterRules;
import dev.vitrine.operator.support.Key;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What a session asks of placement. */
final class PodRequestFactory {

  private PodRequestFactory() {}

  /** For a view with class and revision. */
  static PodRequest desired(SessionView view, StreamingApp app) {
    var session = view.session();
    var revision = view.revision().orElseThrow();
    var limits = app.getSpec().limits();
    var inEnvironment = revision.getSpec().parameters();
    var pool =
        new Pool(
            Key.of(app),
            revision.getMetadata().getName(),
            view.streamClass().orElseThrow().getMetadata().getName());
    return new PodRequest(
        Key.of(session),
        session.getMetadata().getUid(),
        pool,
        Objects.requireNonNullElse(session.getSpec().user(), ""),
        session.getSpec().priority(),
        view.requestedAt(),
        view.isTrial() // for as long as it takes
            ? Instant.MAX
            : view.waitsSince().plusSeconds(limits.queueSeconds()),
        ParameterRules.values(inEnvironment, session.getSpec().parameters())
            .equals(ParameterRules.values(inEnvironment, Map.of())),
        view.isTrial(),
        view.isTrial() ? OptionalInt.empty() : limit(limits.sessions()),
        view.isTrial() || session.getSpec().user() == null // nobody's are not one user's
            ? OptionalInt.empty()
            : limit(limits.sessionsPerUser()));
  }

  private static OptionalInt limit(@Nullable Integer limit) {
    return limit == null ? OptionalInt.empty() : OptionalInt.of(limit);
  }
}
