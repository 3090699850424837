package dev.vitrine.operator.session;

import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.pod.PodLabels;
import dev.vitrine.operator.pod.RuntimePodFactory;
import dev.vitrine.operator.support.Owners;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/** The pod of a session: its app's, named after it and owned by it. */
final class SessionPodFactory {

  private static final int UID_CHARS = 8;

  private final RuntimePodFactory pods;

  SessionPodFactory(RuntimePodFactory pods) {
    this.pods = pods;
  }

  Pod desired(StreamSession session, StreamingApp app, StreamClass streamClass) {
    var pod = pods.desired(app, streamClass);
    var metadata =
        pod.getMetadata()
            .edit()
            .withName(name(session))
            .addToLabels(PodLabels.SESSION, session.getMetadata().getName())
            .withOwnerReferences(List.of(Owners.controller(session)))
            .build();
    return pod.edit().withMetadata(metadata).build();
  }

  /** Differs from that of an earlier session of the same name, whose pod may still be ending. */
  static String name(StreamSession session) {
    var metadata = session.getMetadata();
    return metadata.getName() + "-" + metadata.getUid().substring(0, UID_CHARS);
  }
}
