package dev.vitrine.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangeAllocatorTest {

  private record Taken(long offset, long bytes) {}

  @Test
  void ranges_never_overlap_and_all_room_comes_back() {
    var random = new Random(3);
    var allocator = new RangeAllocator(4096);
    var taken = new ArrayList<Taken>();
    for (int round = 0; round < 5000; round++) {
      if (random.nextBoolean() && !taken.isEmpty()) {
        var range = taken.remove(random.nextInt(taken.size()));
        allocator.free(range.offset(), range.bytes());
      } else {
        long bytes = 1 + random.nextInt(300);
        allocator
            .allocate(bytes)
            .ifPresent(
                offset -> {
                  assertThat(taken)
                      .noneMatch(
                          other ->
                              offset < other.offset() + other.bytes()
                                  && other.offset() < offset + bytes);
                  assertThat(offset + bytes).isLessThanOrEqualTo(4096);
                  taken.add(new Taken(offset, bytes));
                });
      }
    }
    taken.forEach(range -> allocator.free(range.offset(), range.bytes()));
    assertThat(allocator.isEmpty()).isTrue();
    assertThat(allocator.allocate(4096)).hasValue(0);
  }
}
