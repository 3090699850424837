package dev.vitrine.operator.session;

import dev.vitrine.operator.placement.Placement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a status says of a place in line: seldom something new, so that a line costs few writes. */
final class QueuePlace {

  /** Places whose reaching is told. */
  private static final List<Integer> TOLD = List.of(Placement.InLine.LAST_TOLD, 10, 5, 3, 2, 1);

  private QueuePlace() {}

  /**
   * The place to write.
   *
   * @param written what the status says; null: nothing
   * @param place the exact one, from 1
   * @return null beyond the first 20
   */
  static @Nullable Integer toReport(@Nullable Integer written, int place) {
    if (place > TOLD.getFirst()) {
      return null;
    }
    if (written == null || place > written) {
      return place;
    }
    return TOLD.stream().anyMatch(told -> place <= told && told < written)
        ? Integer.valueOf(place)
        : written;
  }
}
