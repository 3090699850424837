package dev.vitrine.runtime.app.selection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.protocol.AppMessage;
import dev.vitrine.protocol.ViewerReply;
import dev.vitrine.runtime.app.selection.Pick.Change;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelectionTest {

  private final Selection cup = Selection.INITIAL.with(List.of("/Set/Cup"));

  @Test
  void a_pick_replaces_what_was_selected_and_one_of_nothing_clears_it() {
    assertThat(cup.after(Change.REPLACE, List.of("/Set/Plate")).prims())
        .containsExactly("/Set/Plate");
    assertThat(cup.after(Change.REPLACE, List.of()).prims()).isEmpty();
  }

  @Test
  void a_pick_adds_once_and_one_of_nothing_adds_nothing() {
    assertThat(cup.after(Change.ADD, List.of("/Set/Plate", "/Set/Cup")).prims())
        .containsExactly("/Set/Cup", "/Set/Plate");
    assertThat(cup.after(Change.ADD, List.of())).isEqualTo(cup);
  }

  @Test
  void a_pick_toggles_what_it_hits() {
    var both = cup.after(Change.TOGGLE, List.of("/Set/Plate"));
    assertThat(both.prims()).containsExactly("/Set/Cup", "/Set/Plate");
    assertThat(both.after(Change.TOGGLE, List.of("/Set/Cup")).prims())
        .containsExactly("/Set/Plate");
  }

  @Test
  void a_hit_picks_the_nearest_prim_at_or_above_it_that_may_be_picked() {
    var some = Selection.INITIAL.pickingOnly(List.of("/Set", "/Set/Cup"));
    assertThat(some.target("/Set/Cup/Handle")).contains("/Set/Cup");
    assertThat(some.target("/Set/Cup")).contains("/Set/Cup");
    assertThat(some.target("/Set/Plate/Rim")).contains("/Set");
    assertThat(some.target("/Settee")).isEmpty();
    assertThat(some.target("/")).isEmpty();
  }

  @Test
  void two_hits_below_the_same_prim_pick_it_once() {
    var some = Selection.INITIAL.pickingOnly(List.of("/Set"));
    var hits = List.of("/Set/Cup", "/Set/Plate");
    assertThat(some.after(Change.REPLACE, hits).prims()).containsExactly("/Set");
    assertThat(some.after(Change.TOGGLE, hits).prims()).containsExactly("/Set");
  }

  @Test
  void an_empty_list_lets_nothing_be_picked_and_the_root_everything() {
    assertThat(Selection.INITIAL.pickingOnly(List.of()).target("/Set/Cup")).isEmpty();
    var all = Selection.INITIAL.pickingOnly(List.of("/"));
    assertThat(all.target("/Set/Cup")).contains("/Set/Cup");
  }

  @Test
  void what_may_be_picked_changes_without_what_is_selected() {
    assertThat(cup.pickingOnly(List.of()).prims()).containsExactly("/Set/Cup");
  }

  @Test
  void prims_that_are_gone_drop_out() {
    var both = cup.with(List.of("/Set/Cup", "/Set/Plate"));
    assertThat(both.among("/Set/Plate"::equals).prims()).containsExactly("/Set/Plate");
  }

  @Test
  void no_more_prims_are_selected_than_fit_into_a_message() {
    var many = IntStream.range(0, 5000).mapToObj(i -> "/Prim" + i).toList();
    assertThat(cup.after(Change.REPLACE, many).prims())
        .hasSize(Selection.MOST_PRIMS)
        .endsWith("/Prim999");
  }

  @Test
  void paths_that_are_long_are_selected_as_far_as_they_fit_into_a_message() {
    var longOnes = IntStream.range(0, 100).mapToObj(i -> "/ß" + i + "x".repeat(1020)).toList();
    var selected = cup.after(Change.REPLACE, longOnes).prims();
    assertThat(selected).hasSizeBetween(50, 60).isEqualTo(longOnes.subList(0, selected.size()));
    assertThat(new ViewerReply.StageSelectionChanged(selected).toMessage().toJson().getBytes(UTF_8))
        .hasSizeLessThan(AppMessage.MAX_BYTES);
  }
}
