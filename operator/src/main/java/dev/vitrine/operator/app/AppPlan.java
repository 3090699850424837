package dev.vitrine.operator.app;

import dev.vitrine.api.v1alpha1.StreamingAppStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.util.List;

/**
 * What to do for an app, as data.
 *
 * @param apply resources that are missing or differ
 * @param status what is to be reported
 * @param events what `kubectl describe` is to tell
 */
record AppPlan(List<HasMetadata> apply, StreamingAppStatus status, List<Event> events) {}
