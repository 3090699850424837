package dev.vitrine.api.v1alpha1;

/** Types of the conditions in statuses. Each is always present once the controller has looked. */
public final class ConditionType {

  /**
   * The summary. Of an app: its sessions can be started ({@link AppReason}). Of a session: it can
   * be joined; its reason is the one word that says where the session stands ({@link
   * SessionReason}).
   */
  public static final String READY = "Ready";

  /** The session is one that the app allows; False for good with {@link EndReason#Rejected}. */
  public static final String ACCEPTED = "Accepted";

  /** A pod has accepted the session. */
  public static final String ASSIGNED = "Assigned";

  /** A viewer is connected now. */
  public static final String CONNECTED = "Connected";

  /** The session is over, with an {@link EndReason}. Never taken back. */
  public static final String ENDED = "Ended";

  /**
   * A revision serves: a session of it was tried as its app asks ({@link RevisionReason}). Unknown
   * while nobody can say.
   */
  public static final String VERIFIED = "Verified";

  /**
   * All new sessions get what the app says now. Unknown while that is under way, False when it
   * failed ({@link RolloutReason}): whoever waits, waits for either end.
   */
  public static final String ROLLOUT_COMPLETE = "RolloutComplete";

  /** As many idle pods wait as the app wants now ({@link WarmReason}). */
  public static final String WARM_POOL_FULL = "WarmPoolFull";

  private ConditionType() {}
}
