package dev.vitrine.operator.gateway.signal;

import dev.vitrine.protocol.SignalCloseCode;

/** Whether a browser's socket goes on to a pod. */
sealed interface Admission {

  /**
   * On to its pod.
   *
   * @param podAddress an IP address
   */
  record Admitted(String podAddress) implements Admission {}

  /** Back, with a code and a word. */
  record Refused(SignalCloseCode code, String sentence) implements Admission {}
}
