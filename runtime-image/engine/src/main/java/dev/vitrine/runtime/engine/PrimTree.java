package dev.vitrine.runtime.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Things that belong to prims, found by a prim's path together with all prims below it. */
final class PrimTree<T> {

  private final NavigableMap<String, List<T>> byPath = new TreeMap<>();

  void add(String path, T thing) {
    byPath.computeIfAbsent(path, unused -> new ArrayList<>(1)).add(thing);
  }

  void removeSubtree(String root) {
    byPath.remove(root);
    below(root).clear();
  }

  List<T> subtree(String root) {
    var found = new ArrayList<T>(byPath.getOrDefault(root, List.of()));
    below(root).values().forEach(found::addAll);
    return found;
  }

  /** Whether one of the things at or below a prim is like this. */
  boolean has(String root, Predicate<T> wanted) {
    return byPath.getOrDefault(root, List.of()).stream().anyMatch(wanted)
        || below(root).values().stream().flatMap(List::stream).anyMatch(wanted);
  }

  Collection<T> all() {
    return flat(byPath);
  }

  List<T> outside(List<String> roots) {
    var rest = new TreeMap<>(byPath);
    for (var root : roots) {
      rest.remove(root);
      below(rest, root).clear();
    }
    return flat(rest);
  }

  void replaceAll(UnaryOperator<T> change) {
    byPath.values().forEach(things -> things.replaceAll(change));
  }

  private NavigableMap<String, List<T>> below(String root) {
    return below(byPath, root);
  }

  private static <T> NavigableMap<String, List<T>> below(
      NavigableMap<String, List<T>> byPath, String root) {
    String first = root.endsWith("/") ? root : root + "/";
    // '0' is the character after '/': this is where paths that begin with `first` end.
    String end = first.substring(0, first.length() - 1) + "0";
    return byPath.subMap(first, true, end, false);
  }

  private static <T> List<T> flat(NavigableMap<String, List<T>> byPath) {
    var all = new ArrayList<T>(byPath.size());
    byPath.values().forEach(all::addAll);
    return all;
  }
}
