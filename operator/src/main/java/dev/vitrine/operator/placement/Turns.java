package dev.vitrine.operator.placement;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** The classes that are to be looked at, each in its turn. Safe for threads. */
final class Turns {

  private final Set<String> due = new LinkedHashSet<>();

  synchronized void touch(String streamClass) {
    due.add(streamClass);
    notifyAll();
  }

  synchronized void touchAll(Collection<String> classes) {
    due.addAll(classes);
    notifyAll();
  }

  /** Waits until a class is to be looked at: for as long as nobody interrupts. */
  synchronized String await() throws InterruptedException {
    while (due.isEmpty()) {
      wait();
    }
    var first = due.iterator().next();
    due.remove(first);
    return first;
  }
}
