package dev.vitrine.operator.pod;

import dev.vitrine.api.v1alpha1.Labels;

/** Labels and annotations on our pods, for people, policies and our own watches. */
public final class PodLabels {

  public static final String PREFIX = "vitrine.dev/";
  public static final String APP = Labels.APP;
  public static final String CLASS = PREFIX + "class";

  /** Name of the StreamingAppRevision that the pod was made of. */
  public static final String REVISION = PREFIX + "revision";

  /** Name of the session; only once the pod serves one. */
  public static final String SESSION = PREFIX + "session";

  /** {@code true} only while a viewer is connected. */
  public static final String CONNECTED = PREFIX + "connected";

  /** On what pulls an image before it is needed: which DaemonSet's work it is. */
  public static final String PRE_PULL = PREFIX + "pre-pull";

  /** Annotation: when an idle pod was claimed, RFC 3339 with microseconds. */
  public static final String CLAIMED_AT = PREFIX + "claimed-at";

  /** Annotation: UID of the session of higher priority that the pod's session makes room for. */
  public static final String PREEMPTED_FOR = PREFIX + "preempted-for";

  /** Annotation of idle pods: hash of what they were made of, as it was then. */
  public static final String TEMPLATE = PREFIX + "template";

  private PodLabels() {}
}
