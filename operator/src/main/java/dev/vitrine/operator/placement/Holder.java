package dev.vitrine.operator.placement;

/**
 * Who has a pod.
 *
 * @param user empty: anonymous
 * @param priority of their session
 */
record Holder(String user, int priority) {

  /** Of an idle pod, or of a session that is not known: nobody who could be asked to make room. */
  static final Holder NOBODY = new Holder("", Integer.MAX_VALUE);
}
