package dev.vitrine.operator.session;

/** A question to a pod, of which one at a time is under way. */
record Call(String podUid, About about) {

  enum About {
    ASSIGNMENT,
    STATE
  }
}
