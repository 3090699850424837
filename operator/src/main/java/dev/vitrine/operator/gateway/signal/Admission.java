package dev.vitrine.operator.gateway.signal;

import dev.vitrine.protocol.SignalCloseCode;

/** Whether a browser's socket goes on to a pod. */
sealed interface Admission {

  /**
   * On to its pod.
   *
   * @param sessionUid of the session that its token is for
   * @param podAddress an IP address
   */
  record Admitted(String sessionUid, String podAddress) implements Admission {}

  /** Back, with a code and a word. */
  record Refused(SignalCloseCode code, String sentence) implements Admission {}
}
