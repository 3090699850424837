package dev.vitrine.operator.placement;

import dev.vitrine.operator.support.Key;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The books of all classes, and what one class has to know of the others. */
final class Books {

  private final Map<String, ClassBooks> byClass = new HashMap<>();
  private final InstantSource clock;

  Books(InstantSource clock) {
    this.clock = clock;
  }

  ClassBooks of(String streamClass) {
    return byClass.computeIfAbsent(streamClass, _ -> new ClassBooks(clock));
  }

  /** The classes that anybody uses. */
  Collection<String> classes() {
    return byClass.keySet();
  }

  /** The classes for whose pods sessions wait. */
  List<String> awaited() {
    return byClass.entrySet().stream()
        .filter(books -> !books.getValue().waiting.isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether a session (its UID) waits. */
  boolean isWaiting(String session) {
    return byClass.values().stream().anyMatch(books -> books.waiting.containsKey(session));
  }

  /** A session (its UID) waits no more. */
  void withdraw(String session) {
    byClass.values().forEach(books -> books.waiting.remove(session));
  }

  /** That app wants nothing any more; gives the classes on which it wanted something. */
  List<String> withdrawTargets(Key app) {
    return byClass.entrySet().stream()
        .filter(books -> books.getValue().targets.keySet().removeIf(pool -> pool.app().equals(app)))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** That pod (its UID) helps nobody; gives the classes for which it was to. */
  List<String> takeBackAidBy(String pod) {
    return byClass.entrySet().stream()
        .filter(books -> books.getValue().takeBackAidBy(pod))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Those of these namespaces in which sessions of other classes wait. */
  Set<String> awaitedElsewhere(ClassBooks own, Set<String> namespaces) {
    return others(own)
        .flatMap(books -> books.waiting.values().stream())
        .map(request -> request.session().namespace())
        .filter(namespaces::contains)
        .collect(Collectors.toSet());
  }

  /** Idle pods of other classes in these namespaces, if a session of its own waits. */
  List<PodCard> idleElsewhere(ClassBooks own, Set<String> namespaces) {
    return namespaces.isEmpty() || own.waiting.isEmpty()
        ? List.of()
        : others(own)
            .flatMap(books -> books.idle.values().stream())
            .filter(card -> card.isLiving() && namespaces.contains(card.key().namespace()))
            .toList();
  }

  /** Pods that go for nobody in particular: its own, and those of others in these namespaces. */
  List<PodCard> goingAnyway(ClassBooks own, Set<String> namespaces) {
    var elsewhere =
        namespaces.isEmpty()
            ? Stream.<PodCard>empty()
            : others(own)
                .flatMap(books -> books.going.values().stream())
                .filter(card -> namespaces.contains(card.key().namespace()));
    var promised =
        byClass.values().stream().flatMap(ClassBooks::promised).collect(Collectors.toSet());
    return Stream.concat(own.going.values().stream(), elsewhere)
        .filter(card -> !promised.contains(card.uid()))
        .toList();
  }

  /** How the pools of an app fare, on all its classes. */
  WarmState warmState(Key app) {
    return byClass.values().stream()
        .flatMap(books -> Optional.ofNullable(books.warm.get(app)).stream())
        .reduce(WarmState::and)
        .orElse(WarmState.nothingWanted());
  }

  /** The idle pods of each pool that has or wants any. */
  Map<Pool, PoolCount> pools() {
    var counts = new HashMap<Pool, PoolCount>();
    byClass.values().forEach(books -> counts.putAll(books.countPools()));
    return counts;
  }

  private Stream<ClassBooks> others(ClassBooks own) {
    return byClass.values().stream().filter(books -> books != own);
  }
}
