package dev.vitrine.operator.revision;

import dev.vitrine.api.v1alpha1.StreamingAppRevisionStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What to do for a revision, as data.
 *
 * @param create does nothing where it is there already
 * @param delete does nothing where it is gone
 * @param lookAgainIn time until something is to happen that no event tells of
 */
record RevisionPlan(
    StreamingAppRevisionStatus status,
    List<HasMetadata> create,
    List<HasMetadata> delete,
    Optional<Duration> lookAgainIn) {}
