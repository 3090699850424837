package dev.vitrine.operator.queue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * The line before a class: by priority, then by fair share between namespaces, then between the
 * users of a namespace, then by age.
 *
 * <p>Fair: whoever holds the fewest pods comes next, and each place given counts as a pod held for
 * the places after it.
 */
public final class Line {

  private static final Comparator<Waiting> BY_AGE =
      Comparator.comparing(Waiting::since).thenComparing(Waiting::uid);

  private Line() {}

  /** The first one first. Takes n log n time. */
  public static List<Waiting> order(Collection<Waiting> waiting, Held held) {
    if (waiting.size() < 2) {
      return List.copyOf(waiting);
    }
    var byPriority = new ArrayList<>(waiting);
    byPriority.sort(Comparator.comparingInt(Waiting::priority).reversed().thenComparing(BY_AGE));
    var users = new Turns<>(Line::user, held::of);
    var namespaces = new Turns<>(Waiting::namespace, held::of);
    var line = new ArrayList<Waiting>(byPriority.size());
    for (var start = 0; start < byPriority.size(); ) {
      var end = start;
      while (end < byPriority.size()
          && byPriority.get(end).priority() == byPriority.get(start).priority()) {
        end++;
      }
      line.addAll(namespaces.arrange(users.arrange(byPriority.subList(start, end))));
      start = end;
    }
    return line;
  }

  private static Held.User user(Waiting waiting) {
    return new Held.User(waiting.namespace(), waiting.user());
  }

  /** Lets groups take turns, beginning with those that hold the fewest. */
  private static final class Turns<G> {

    private record Turn(int held, Waiting waiting) {}

    private final Function<Waiting, G> groupOf;
    private final ToIntFunction<G> heldBy;
    private final HashMap<G, Integer> holdings = new HashMap<>();

    Turns(Function<Waiting, G> groupOf, ToIntFunction<G> heldBy) {
      this.groupOf = groupOf;
      this.heldBy = heldBy;
    }

    /** Within a group the order stays; those of a higher priority before have taken their turns. */
    List<Waiting> arrange(List<Waiting> inOrder) {
      var turns = new ArrayList<Turn>(inOrder.size());
      for (var waiting : inOrder) {
        var group = groupOf.apply(waiting);
        var held = holdings.computeIfAbsent(group, heldBy::applyAsInt);
        holdings.put(group, held + 1);
        turns.add(new Turn(held, waiting));
      }
      turns.sort(Comparator.comparingInt(Turn::held).thenComparing(Turn::waiting, BY_AGE));
      return turns.stream().map(Turn::waiting).toList();
    }
  }
}
