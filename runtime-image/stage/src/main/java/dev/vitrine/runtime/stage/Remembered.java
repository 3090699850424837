package dev.vitrine.runtime.stage;

import org.jspecify.annotations.Nullable;

/** What is open, so that a next process can open it as well. Only the worker thread touches it. */
final class Remembered {

  private @Nullable Session session;

  @Nullable Session session() {
    return session;
  }

  void remember(Session opened) {
    session = opened;
  }

  void forget() {
    session = null;
  }
}
