package dev.vitrine.runtime.app.selection;

import dev.vitrine.protocol.InputEvent;
import dev.vitrine.protocol.InputEvent.Pointer;
import dev.vitrine.runtime.engine.PictureArea;
import dev.vitrine.runtime.engine.PictureSize;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells picking from steering. A click of the left button picks what is below it; with shift it
 * adds that to the selection, with control or command it adds or removes it. A left drag with
 * control or command draws a rubber band, which picks all that is seen in it; with shift as well it
 * adds that. Everything else is the camera's. Pure.
 *
 * @param size of the picture
 * @param press the left button's, while nothing else is held
 */
record Pointing(PictureSize size, @Nullable Press press) {

  private static final int LEFT = 0;
  private static final int ONLY_LEFT = 1;

  /** A hand that clicks trembles this much: in heights of the picture, and at least in pixels. */
  private static final double TREMOR = 0.01;

  private static final int LEAST_TREMOR = 4;

  /** Who holds a button longer does not click. */
  private static final Duration CLICK_LIMIT = Duration.ofMillis(500);

  /**
   * @param mods the modifier keys held as it began
   * @param dragged whether it has moved further than a click does
   */
  record Press(double x, double y, double lastX, double lastY, int mods, long at, boolean dragged) {

    private boolean has(int mod) {
      return (mods & mod) != 0;
    }

    private boolean draws() {
      return has(InputEvent.CTRL) || has(InputEvent.META);
    }
  }

  static Pointing on(PictureSize size) {
    return new Pointing(size, null);
  }

  /**
   * What the hand does next.
   *
   * @param nanos when, by {@link System#nanoTime()}
   */
  Pointing after(InputEvent event, long nanos) {
    return switch (event) {
      case Pointer pointer -> new Pointing(size, pressAfter(pointer, nanos));
      case InputEvent.Blur() -> on(size);
      case InputEvent.Wheel _, InputEvent.Key _ -> this;
    };
  }

  private @Nullable Press pressAfter(Pointer pointer, long nanos) {
    var held = press;
    return switch (pointer.kind()) {
      case DOWN ->
          pointer.button() == LEFT && pointer.buttons() == ONLY_LEFT
              ? new Press(
                  pointer.x(), pointer.y(), pointer.x(), pointer.y(), pointer.mods(), nanos, false)
              : null;
      case MOVE ->
          held == null || pointer.buttons() != ONLY_LEFT
              ? null
              : new Press(
                  held.x(),
                  held.y(),
                  pointer.x(),
                  pointer.y(),
                  held.mods(),
                  held.at(),
                  held.dragged() || isFar(held, pointer));
      case UP, CANCEL -> null;
    };
  }

  /** The rubber band that is being drawn. */
  Optional<PictureArea> band() {
    return press != null && press.draws() && press.dragged()
        ? Optional.of(area(press, press.lastX(), press.lastY()))
        : Optional.empty();
  }

  /** What this event picks, before {@link #after} is asked. */
  Optional<Pick> picks(InputEvent event, long nanos) {
    if (press == null
        || !(event instanceof Pointer pointer)
        || pointer.kind() != InputEvent.PointerKind.UP
        || pointer.button() != LEFT) {
      return Optional.empty();
    }
    if (press.dragged() || isFar(press, pointer)) {
      return press.draws()
          ? Optional.of(
              new Pick(
                  area(press, pointer.x(), pointer.y()),
                  press.has(InputEvent.SHIFT) ? Pick.Change.ADD : Pick.Change.REPLACE))
          : Optional.empty();
    }
    boolean click = nanos - press.at() <= CLICK_LIMIT.toNanos();
    return click
        ? Optional.of(new Pick(pixel(pointer.x(), pointer.y()), clickChange()))
        : Optional.empty();
  }

  private Pick.Change clickChange() {
    if (press != null && press.draws()) {
      return Pick.Change.TOGGLE;
    }
    return press != null && press.has(InputEvent.SHIFT) ? Pick.Change.ADD : Pick.Change.REPLACE;
  }

  /** Whether the event that led here is the camera's as well: a click does not move it. */
  boolean steers(InputEvent event, long nanos) {
    if (press == null || !(event instanceof Pointer pointer)) {
      return true;
    }
    boolean drags = press.dragged() || nanos - press.at() > CLICK_LIMIT.toNanos();
    return pointer.kind() != InputEvent.PointerKind.MOVE || (drags && !press.draws());
  }

  private boolean isFar(Press from, Pointer to) {
    double dx = (to.x() - from.x()) * size.width();
    double dy = (to.y() - from.y()) * size.height();
    return Math.hypot(dx, dy) > Math.max(LEAST_TREMOR, TREMOR * size.height());
  }

  private PictureArea area(Press from, double x, double y) {
    return PictureArea.between(column(from.x()), row(from.y()), column(x), row(y));
  }

  private PictureArea pixel(double x, double y) {
    return new PictureArea(column(x), row(y), 1, 1);
  }

  private int column(double x) {
    return Math.min((int) (x * size.width()), size.width() - 1);
  }

  private int row(double y) {
    return Math.min((int) (y * size.height()), size.height() - 1);
  }
}
