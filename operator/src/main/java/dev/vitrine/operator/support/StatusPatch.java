package dev.vitrine.operator.support;

import static java.net.HttpURLConnection.HTTP_CONFLICT;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** A fresh object that says only what we own of a status, as server-side apply wants it. */
public final class StatusPatch {

  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(FieldManager.CONTROLLER)
          .withForce(true)
          .build();

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

  /** Writes such a patch; what it says is known from now on. */
  public static <T extends CustomResource<?, ?>> void write(
      T patch, WatchedStore<T> known, KubernetesClient client) {
    known.wrote(client.resource(patch).subresource("status").patch(APPLY));
  }

  /**
   * The same, unless {@code of} has changed since it was read: for what was decided on a status
   * over which something else may have been written, whose answer was lost.
   */
  public static <T extends CustomResource<?, ?>> void writeIfCurrent(
      T patch, T of, WatchedStore<T> known, KubernetesClient client) {
    patch.getMetadata().setResourceVersion(of.getMetadata().getResourceVersion());
    try {
      write(patch, known, client);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HTTP_CONFLICT) {
        throw e;
      }
    }
  }
}
