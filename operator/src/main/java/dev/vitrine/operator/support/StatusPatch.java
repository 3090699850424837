package dev.vitrine.operator.support;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;

/** A fresh object that says only what we own, as server-side apply wants it. */
public final class StatusPatch {

  private StatusPatch() {}

  /** {@code fresh}, turned into a patch of {@code of}'s status. */
  public static <S, T extends CustomResource<?, S>> T of(T fresh, HasMetadata of, S status) {
    fresh.setMetadata(
        new ObjectMetaBuilder()
            .withName(of.getMetadata().getName())
            .withNamespace(of.getMetadata().getNamespace())
            .withUid(of.getMetadata().getUid()) // never on a successor of its name
            .build());
    fresh.setStatus(status);
    return fresh;
  }
}
