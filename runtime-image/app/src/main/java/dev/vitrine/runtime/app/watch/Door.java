package dev.vitrine.runtime.app.watch;

/** Tells how to dial what is watched. */
interface Door {

  /**
   * Asks once.
   *
   * @throws SetbackException where it cannot be dialled, now or ever
   */
  Endpoint ask(Countdown countdown) throws SetbackException;
}
