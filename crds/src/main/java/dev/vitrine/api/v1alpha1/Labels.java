package dev.vitrine.api.v1alpha1;

/** Labels that the controller sets and the gateway believes. */
public final class Labels {

  /** On what the controller made for an app: the app's name. */
  public static final String APP = "vitrine.dev/app";

  /** On a session that the controller made to see that something works: what it verifies. */
  public static final String VERIFIES = "vitrine.dev/verifies";

  /** On a pod that is a session's viewer: the session's name. */
  public static final String WATCHES = "vitrine.dev/watches";

  private Labels() {}
}
