package dev.vitrine.operator.revision;

import dev.vitrine.api.v1alpha1.ConditionType;
import dev.vitrine.api.v1alpha1.Labels;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.operator.placement.Stores;
import dev.vitrine.operator.support.Key;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.Optional;

/** What wakes the reconciliation of a revision beside the revision itself. */
final class RevisionEventSources {

  private final Stores stores;
  private final SimpleInboundEventSource<StreamingAppRevision> wakes =
      new SimpleInboundEventSource<>("wakes");

  RevisionEventSources(Stores stores) {
    this.stores = stores;
    stores.sessions().listen((before, after) -> wakeLabelled(before, after, Labels.VERIFIES));
    stores.pods().listen((before, after) -> wakeLabelled(before, after, Labels.WATCHES));
    stores.apps().listen(this::appChanged);
  }

  EventSource<?, StreamingAppRevision> wakes() {
    return wakes;
  }

  /** The session that tries a revision has its name, and its viewer's label says so too. */
  private void wakeLabelled(
      Optional<? extends HasMetadata> before, Optional<? extends HasMetadata> after, String label) {
    var changed = after.isPresent() ? after.get() : before.orElseThrow();
    var revision = changed.getMetadata().getLabels().get(label);
    if (revision != null) {
      wake(new Key(changed.getMetadata().getNamespace(), revision));
    }
  }

  /** Whoever asks for less, or goes, is heard at once; nothing else of an app matters here. */
  private void appChanged(Optional<StreamingApp> before, Optional<StreamingApp> after) {
    var generation = before.map(app -> app.getMetadata().getGeneration());
    if (generation.equals(after.map(app -> app.getMetadata().getGeneration()))) {
      return;
    }
    var app = after.or(() -> before).map(Key::of).orElseThrow();
    stores
        .revisions()
        .values()
        .filter(revision -> revision.getSpec().app().equals(app.name()))
        .filter(revision -> revision.getMetadata().getNamespace().equals(app.namespace()))
        .filter(revision -> !isSettled(revision))
        .forEach(revision -> wake(Key.of(revision)));
  }

  private void wake(Key revision) {
    wakes.propagateEvent(new ResourceID(revision.name(), revision.namespace()));
  }

  private static boolean isSettled(StreamingAppRevision revision) {
    return revision.getStatus() != null
        && revision.getStatus().conditions().stream()
            .anyMatch(
                condition ->
                    condition.getType().equals(ConditionType.VERIFIED)
                        && !condition.getStatus().equals("Unknown"));
  }
}
