package dev.vitrine.operator.app;

import dev.vitrine.api.v1alpha1.RevisionShare;
import dev.vitrine.api.v1alpha1.RolloutProgress;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which revisions get the new sessions of an app, and why.
 *
 * @param shares the newest first; empty while none may get any
 * @param progress null when nothing is under way
 * @param condition {@code RolloutComplete}
 * @param lookAgainAt when the next step is due
 */
record RolloutReport(
    List<RevisionShare> shares,
    @Nullable RolloutProgress progress,
    Condition condition,
    Optional<Instant> lookAgainAt) {}
