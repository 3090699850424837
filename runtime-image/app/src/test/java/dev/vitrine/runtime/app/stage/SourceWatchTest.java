package dev.vitrine.runtime.app.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceWatchTest {

  @TempDir private Path folder;
  private SourceWatch watch;
  private int changes;

  @BeforeEach
  void begin() throws IOException {
    Files.createDirectory(folder.resolve("inner"));
    write("__init__.py", "a = 1");
    write("inner/colours.py", "");
    watch = SourceWatch.ofPython(folder, () -> changes++);
  }

  @AfterEach
  void end() {
    watch.close();
  }

  @Test
  void what_stays_is_no_change() {
    look(5);
    assertThat(changes).isZero();
  }

  @Test
  void what_is_saved_together_is_one_change_told_when_it_is_over() throws IOException {
    write("__init__.py", "a = 10");
    look(1);
    write("inner/colours.py", "b = 2");
    look(1);
    assertThat(changes).isZero();
    look(5);
    assertThat(changes).isEqualTo(1);
  }

  @Test
  void files_that_come_and_go_are_changes() throws IOException {
    write("inner/new.py", "");
    look(3);
    assertThat(changes).isEqualTo(1);
    Files.delete(folder.resolve("inner/new.py"));
    look(3);
    assertThat(changes).isEqualTo(2);
  }

  @Test
  void what_is_no_python_is_no_change() throws IOException {
    write("notes.txt", "");
    write("inner/__init__.py.swp", "");
    look(3);
    assertThat(changes).isZero();
  }

  @Test
  void a_folder_that_is_away_for_a_moment_is_found_again() throws IOException {
    var elsewhere = folder.resolveSibling(folder.getFileName() + "-away");
    Files.move(folder, elsewhere);
    look(3);
    Files.move(elsewhere, folder);
    look(3);
    assertThat(changes).isEqualTo(2);
  }

  @Test
  void a_folder_is_followed_that_is_a_link() throws IOException {
    var link = folder.resolve("link");
    Files.createSymbolicLink(link, folder.resolve("inner"));
    try (var linked = SourceWatch.ofPython(link, () -> changes++)) {
      write("inner/new.py", "");
      linked.look();
      linked.look();
    }
    assertThat(changes).isEqualTo(1);
  }

  @Test
  void of_files_only_those_matter_that_are_named() throws IOException {
    watch = SourceWatch.ofFiles(() -> Set.of(folder.resolve("a.usda")), () -> changes++);
    write("b.usda", "");
    look(3);
    assertThat(changes).isZero();
    write("a.usda", "");
    look(3);
    assertThat(changes).isEqualTo(1);
  }

  @Test
  void a_file_that_an_editor_replaces_is_one_change() throws IOException {
    write("a.usda", "old");
    watch = SourceWatch.ofFiles(() -> Set.of(folder.resolve("a.usda")), () -> changes++);
    Files.move(folder.resolve("a.usda"), folder.resolve("a.usda~"));
    look(1);
    write("a.usda", "newer");
    look(3);
    assertThat(changes).isEqualTo(1);
  }

  @Test
  void a_file_that_is_away_hides_no_change_of_another() throws IOException {
    write("b.usda", "");
    watch =
        SourceWatch.ofFiles(
            () -> Set.of(folder.resolve("away.usda"), folder.resolve("b.usda")), () -> changes++);
    write("b.usda", "other");
    look(3);
    assertThat(changes).isEqualTo(1);
  }

  @Test
  void files_that_become_others_are_a_change() throws IOException {
    write("a.usda", "");
    write("b.usda", "");
    var files = new HashSet<>(Set.of(folder.resolve("a.usda")));
    watch = SourceWatch.ofFiles(() -> Set.copyOf(files), () -> changes++);
    files.add(folder.resolve("b.usda"));
    look(3);
    assertThat(changes).isEqualTo(1);
  }

  @Test
  void of_more_files_than_are_looked_at_the_first_ones_are() throws IOException {
    var many = new ArrayList<>(List.of(folder.resolve("a.usda")));
    for (int i = 0; i < 5000; i++) {
      many.add(folder.resolve("away-" + i));
    }
    many.add(folder.resolve("z.usda"));
    watch = SourceWatch.ofFiles(() -> many, () -> changes++);
    write("z.usda", "");
    look(3);
    assertThat(changes).isZero();
    write("a.usda", "");
    look(3);
    assertThat(changes).isEqualTo(1);
  }

  @Test
  void a_look_that_fails_is_not_the_last_one() throws Exception {
    var looks = new AtomicInteger();
    var again = new CountDownLatch(1);
    watch =
        SourceWatch.ofFiles(
            () -> {
              switch (looks.getAndIncrement()) {
                case 0 -> {} // before it begins
                case 1 -> throw new IllegalStateException("no look");
                default -> again.countDown();
              }
              return List.of();
            },
            () -> {});
    watch.begin();
    assertThat(again.await(30, TimeUnit.SECONDS)).isTrue();
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      watch.look();
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }
}
