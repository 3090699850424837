package dev.vitrine.operator.revision;

import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.operator.placement.Placements;
import dev.vitrine.operator.placement.Stores;
import dev.vitrine.operator.pod.PodFacts;
import dev.vitrine.operator.support.Key;
import dev.vitrine.operator.support.Owners;
import java.time.InstantSource;
import java.util.Optional;

/** Gathers what a revision's view shows, out of memory only. */
final class RevisionViews {

  private final Stores stores;
  private final Placements placements;
  private final InstantSource clock;

  RevisionViews(Stores stores, Placements placements, InstantSource clock) {
    this.stores = stores;
    this.placements = placements;
    this.clock = clock;
  }

  RevisionView of(StreamingAppRevision revision) {
    var namespace = revision.getMetadata().getNamespace();
    var session = stores.sessions().find(Key.of(revision));
    return new RevisionView(
        revision,
        stores.apps().find(new Key(namespace, revision.getSpec().app())),
        session,
        session
            .flatMap(known -> placements.podsOf(known.getMetadata().getUid()).stream().findFirst())
            .map(PodFacts::new),
        stores
            .pods()
            .find(new Key(namespace, RevisionPlanner.viewerName(revision)))
            .filter(viewer -> session.filter(known -> Owners.owns(known, viewer)).isPresent())
            .map(PodFacts::new),
        Optional.empty(),
        clock.instant());
  }
}
