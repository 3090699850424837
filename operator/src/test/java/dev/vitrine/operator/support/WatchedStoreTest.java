package dev.vitrine.operator.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchedStoreTest {

  private static final String KEY = "here/it";

  private final WatchedStore<ConfigMap> store = new WatchedStore<>();

  @Test
  void what_was_written_is_known_before_the_watch_tells_of_it() {
    store.put(KEY, version(1));
    store.wrote(version(3));
    assertKnows(3);
  }

  @Test
  void older_news_do_not_bring_back_what_was_written_over() {
    store.put(KEY, version(1));
    store.wrote(version(3));
    store.put(KEY, version(2));
    assertKnows(3);
  }

  @Test
  void newer_news_count() {
    store.put(KEY, version(1));
    store.wrote(version(3));
    store.put(KEY, version(4));
    assertKnows(4);
  }

  @Test
  void an_answer_that_comes_after_newer_news_is_passed_over() {
    store.put(KEY, version(4));
    store.wrote(version(3));
    assertKnows(4);
  }

  @Test
  void the_newest_of_two_answers_counts() {
    store.put(KEY, version(1));
    store.wrote(version(3));
    store.wrote(version(2));
    assertKnows(3);
  }

  @Test
  void what_is_gone_does_not_come_back_by_an_answer() {
    store.put(KEY, version(1));
    store.wrote(version(2));
    store.remove(KEY);
    store.wrote(version(3));
    assertThat(store.get(KEY)).isNull();
    assertThat(store.values()).isEmpty();
  }

  @Test
  void an_answer_about_one_says_nothing_of_its_successor() {
    store.put(KEY, version("successor", 1));
    store.wrote(version(2));
    assertKnows(1);
  }

  @Test
  void listeners_hear_of_a_write_when_the_watch_tells_of_it() {
    var heard = new ArrayList<String>();
    store.put(KEY, version(1));
    store.listen((_, after) -> heard.add(after.orElseThrow().getMetadata().getResourceVersion()));
    store.wrote(version(2));
    assertThat(heard).isEmpty();
    store.put(KEY, version(2));
    assertThat(heard).containsExactly("2");
  }

  @Test
  void nothing_is_kept_of_who_owns_which_field() {
    var fields = List.of(new ManagedFieldsEntry());
    var first = version(1);
    first.getMetadata().setManagedFields(fields);
    store.put(KEY, first);
    assertThat(managedFields()).isEmpty();
    var second = version(2);
    second.getMetadata().setManagedFields(fields);
    store.wrote(second);
    assertThat(managedFields()).isEmpty();
  }

  private List<?> managedFields() {
    return store.find(new Key("here", "it")).orElseThrow().getMetadata().getManagedFields();
  }

  private void assertKnows(int version) {
    assertThat(ResourceVersion.of(store.find(new Key("here", "it")).orElseThrow()))
        .isEqualTo(version);
    assertThat(store.values().map(ResourceVersion::of)).containsExactly((long) version);
  }

  private static ConfigMap version(int version) {
    return version("first", version);
  }

  private static ConfigMap version(String uid, int version) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withNamespace("here")
        .withName("it")
        .withUid(uid)
        .withResourceVersion(Integer.toString(version))
        .endMetadata()
        .build();
  }
}
