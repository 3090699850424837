package dev.vitrine.runtime.app.selection;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which prims are selected, and which may be picked. Pure.
 *
 * @param prims absolute paths without doubles, in the order in which they were selected; at most
 *     {@link #MOST_PRIMS}, of at most {@link #MOST_BYTES} together
 * @param pickable paths of the prims that may be picked; null for every prim
 */
record Selection(List<String> prims, @Nullable Set<String> pickable) {

  static final int MOST_PRIMS = 1000;

  /** Of all paths as they are told: more would not fit into one message of a data channel. */
  static final int MOST_BYTES = 60 << 10;

  /** What JSON puts around each path: two quotes and a comma. */
  private static final int BYTES_AROUND = 3;

  /** The stage's root, which stands for every prim that is drawn. */
  private static final String ROOT = "/";

  /** How a session begins: nothing is selected, and everything may be picked. */
  static final Selection INITIAL = new Selection(List.of(), null);

  Selection {
    prims = fitting(prims);
    pickable = pickable == null ? null : Set.copyOf(pickable);
  }

  private static List<String> fitting(List<String> paths) {
    var fitting = new LinkedHashSet<String>();
    int bytes = 0;
    for (var path : paths) {
      if (!fitting.contains(path)) {
        bytes += path.getBytes(StandardCharsets.UTF_8).length + BYTES_AROUND;
        if (bytes > MOST_BYTES || fitting.size() == MOST_PRIMS) {
          break;
        }
        fitting.add(path);
      }
    }
    return List.copyOf(fitting);
  }

  /** The same with other prims selected. */
  Selection with(List<String> selected) {
    return new Selection(selected, pickable);
  }

  /** From now on only these may be picked; what is selected stays so. */
  Selection pickingOnly(Collection<String> paths) {
    return new Selection(prims, Set.copyOf(paths));
  }

  /** The same without the prims that are not there. */
  Selection among(Predicate<String> there) {
    return with(prims.stream().filter(there).toList());
  }

  /** The prim that a hit on a drawn one picks: the nearest one at or above it that may be. */
  Optional<String> target(String drawn) {
    if (pickable == null) {
      return Optional.of(drawn);
    }
    for (var path = drawn; !path.isEmpty(); path = path.substring(0, path.lastIndexOf('/'))) {
      if (pickable.contains(path)) {
        return Optional.of(path);
      }
    }
    return pickable.contains(ROOT) ? Optional.of(drawn) : Optional.empty();
  }

  /** After the viewer has picked what is drawn for these prims. */
  Selection after(Pick.Change change, List<String> drawn) {
    var hit = drawn.stream().map(this::target).flatMap(Optional::stream).toList();
    return switch (change) {
      case REPLACE -> with(hit);
      case ADD -> {
        var all = new LinkedHashSet<>(prims);
        all.addAll(hit);
        yield with(List.copyOf(all));
      }
      case TOGGLE -> {
        var all = new LinkedHashSet<>(prims);
        new LinkedHashSet<>(hit)
            .forEach(
                prim -> {
                  if (!all.remove(prim)) {
                    all.add(prim);
                  }
                });
        yield with(List.copyOf(all));
      }
    };
  }
}
