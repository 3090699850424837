package dev.vitrine.operator.app;

import dev.vitrine.api.v1alpha1.StreamingAppStatus;
import dev.vitrine.operator.placement.Pool;
import dev.vitrine.operator.placement.WarmTarget;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What to do for an app, as data.
 *
 * @param apply resources that are missing or differ
 * @param delete resources that have had their day
 * @param targets what it wants of its pools of idle pods
 * @param status what is to be reported
 * @param events what `kubectl describe` is to tell
 * @param lookAgainIn time until something is to happen that no event tells of
 */
record AppPlan(
    List<HasMetadata> apply,
    List<HasMetadata> delete,
    Map<Pool, WarmTarget> targets,
    StreamingAppStatus status,
    List<Event> events,
    Optional<Duration> lookAgainIn) {}
