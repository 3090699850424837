package dev.vitrine.operator.testing.storm;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which fault befalls which write: every kind of write meets every fault once, and whoever tries
 * again gets on: no app meets more than one fault of a kind, and what is written of no app meets
 * none twice in a row.
 */
final class Storm {

  private static final String NONE = "";
  private static final Pattern APP = Pattern.compile("app-\\d+");

  private final Random random;
  private final Map<String, List<Fault>> coming = new HashMap<>();
  private final Set<Turn> turns = new HashSet<>();
  private final Map<String, Set<Fault>> met = new TreeMap<>();
  private final Map<String, Meeting> underWay = new HashMap<>();

  /** An app has had its fault of that kind of write. */
  private record Turn(String app, String kind) {}

  /** A write whose client tries again of itself. */
  private record Meeting(Fault fault, int tries) {}

  /**
   * @param seed in which order
   */
  Storm(long seed) {
    random = new Random(seed);
  }

  /** What befalls this try of a write; null for nothing. */
  synchronized @Nullable Fault next(Write write) {
    var before = underWay.remove(write.request());
    var fault = before == null ? begin(write) : before.fault();
    if (fault == null) {
      return null;
    }
    var tries = before == null ? 1 : before.tries() + 1;
    if (tries < fault.tries) {
      underWay.put(write.request(), new Meeting(fault, tries));
    } else {
      met.get(write.kind()).add(fault);
    }
    return fault;
  }

  /** The kinds of writes that there were. */
  synchronized Set<String> kinds() {
    return Set.copyOf(met.keySet());
  }

  /** Which faults these kinds of writes have not met. */
  synchronized Map<String, Set<Fault>> unmet(Set<String> kinds) {
    var all = new TreeMap<String, Set<Fault>>();
    for (var kind : kinds) {
      var faults = unmet(kind);
      if (!faults.isEmpty()) {
        all.put(kind, faults);
      }
    }
    return all;
  }

  private Set<Fault> unmet(String kind) {
    var faults = EnumSet.allOf(Fault.class);
    faults.removeAll(met.getOrDefault(kind, Set.of()));
    return faults;
  }

  private @Nullable Fault begin(Write write) {
    met.computeIfAbsent(write.kind(), _ -> EnumSet.noneOf(Fault.class));
    var left = coming.computeIfAbsent(write.kind(), _ -> shuffled());
    if (left.isEmpty()) {
      left.addAll(unmet(write.kind())); // a client may have stopped trying before it met one
    }
    return left.isEmpty() || !isItsTurn(write) ? null : left.removeLast();
  }

  private boolean isItsTurn(Write write) {
    var app = APP.matcher(write.request());
    var turn = new Turn(app.find() ? app.group() : NONE, write.kind());
    return turns.add(turn) || (turn.app().equals(NONE) && !turns.remove(turn));
  }

  private List<Fault> shuffled() {
    var faults = new ArrayList<>(List.of(Fault.values()));
    Collections.shuffle(faults, random);
    return faults;
  }
}
