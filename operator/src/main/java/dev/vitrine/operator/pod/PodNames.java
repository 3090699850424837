package dev.vitrine.operator.pod;

import dev.vitrine.api.v1alpha1.StreamSession;

/** How the pods are called that are made for sessions. */
public final class PodNames {

  private static final int UID_CHARS = 8;

  private PodNames() {}

  /**
   * Of the pod that is made for a session and no other, so that it cannot be made twice. Differs
   * from that of an earlier session of the same name, whose pod may still be ending.
   */
  public static String own(StreamSession session) {
    var metadata = session.getMetadata();
    return metadata.getName() + "-" + metadata.getUid().substring(0, UID_CHARS);
  }
}
