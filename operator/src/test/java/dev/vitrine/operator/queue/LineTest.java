package dev.vitrine.operator.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Held NOTHING = new Held(Map.of(), Map.of());

  private int asked;

  @Test
  void alike_the_oldest_comes_first() {
    var line = List.of(wants("a", "u"), wants("a", "u"), wants("a", "u"));
    assertThat(uids(Line.order(line.reversed(), NOTHING))).containsExactly("0", "1", "2");
  }

  @Test
  void priority_comes_before_all_else() {
    var line = List.of(wants("a", "u"), new Waiting("late", "a", "u", 5, START.plusSeconds(99)));
    assertThat(uids(Line.order(line, NOTHING))).containsExactly("late", "0");
  }

  @Test
  void namespaces_take_turns_whoever_was_quicker() {
    var line = List.of(wants("a", "u"), wants("a", "v"), wants("a", "w"), wants("b", "x"));
    assertThat(uids(Line.order(line, NOTHING))).containsExactly("0", "3", "1", "2");
  }

  @Test
  void a_namespace_that_holds_pods_lets_others_catch_up() {
    var line = List.of(wants("a", "u"), wants("b", "v"), wants("b", "w"), wants("b", "x"));
    var held = new Held(Map.of("a", 2), Map.of());
    assertThat(uids(Line.order(line, held))).containsExactly("1", "2", "0", "3");
  }

  @Test
  void users_of_a_namespace_take_turns() {
    var line = List.of(wants("a", "u"), wants("a", "u"), wants("a", "v"));
    assertThat(uids(Line.order(line, NOTHING))).containsExactly("0", "2", "1");
    var held = new Held(Map.of("a", 1), Map.of(new Held.User("a", "u"), 1));
    assertThat(uids(Line.order(line, held))).containsExactly("2", "0", "1");
  }

  /** The definition, taken literally: whoever holds the fewest is next, and then holds one more. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void is_what_serving_one_after_the_other_gives(int seed) {
    var random = new Random(seed);
    var line = new ArrayList<Waiting>();
    for (var i = 0; i < 60; i++) {
      line.add(
          new Waiting(
              "w%02d".formatted(i),
              "n" + random.nextInt(4),
              "u" + random.nextInt(5),
              random.nextInt(3),
              START.plusSeconds(random.nextInt(40))));
    }
    var namespaces = new HashMap<String, Integer>();
    var users = new HashMap<Held.User, Integer>();
    for (var i = 0; i < 15; i++) {
      var user = new Held.User("n" + random.nextInt(4), "u" + random.nextInt(5));
      namespaces.merge(user.namespace(), 1, Integer::sum);
      users.merge(user, 1, Integer::sum);
    }
    var order = Line.order(line, new Held(namespaces, users));
    assertThat(uids(order)).isEqualTo(servedOneByOne(line, namespaces, users));
    Collections.shuffle(line, random);
    assertThat(Line.order(line, new Held(namespaces, users))).isEqualTo(order);
  }

  private static List<String> servedOneByOne(
      List<Waiting> line, Map<String, Integer> namespaces, Map<Held.User, Integer> users) {
    var left = new ArrayList<>(line);
    var byNamespace = new HashMap<>(namespaces);
    var byUser = new HashMap<>(users);
    var served = new ArrayList<String>();
    while (!left.isEmpty()) {
      var top = left.stream().mapToInt(Waiting::priority).max().orElseThrow();
      var nextOfEach = new HashMap<String, Waiting>();
      for (var waiting : left) {
        if (waiting.priority() == top) {
          nextOfEach.merge(
              waiting.namespace(),
              waiting,
              (one, other) -> Collections.min(List.of(one, other), byHeld(byUser)));
        }
      }
      var next =
          Collections.min(
              nextOfEach.values(),
              Comparator.comparing((Waiting w) -> byNamespace.getOrDefault(w.namespace(), 0))
                  .thenComparing(Waiting::since)
                  .thenComparing(Waiting::uid));
      left.remove(next);
      served.add(next.uid());
      byNamespace.merge(next.namespace(), 1, Integer::sum);
      byUser.merge(new Held.User(next.namespace(), next.user()), 1, Integer::sum);
    }
    return served;
  }

  private static Comparator<Waiting> byHeld(Map<Held.User, Integer> byUser) {
    return Comparator.comparing(
            (Waiting w) -> byUser.getOrDefault(new Held.User(w.namespace(), w.user()), 0))
        .thenComparing(Waiting::since)
        .thenComparing(Waiting::uid);
  }

  private Waiting wants(String namespace, String user) {
    return new Waiting(Integer.toString(asked), namespace, user, 0, START.plusSeconds(asked++));
  }

  private static List<String> uids(List<Waiting> line) {
    return line.stream().map(Waiting::uid).toList();
  }
}
