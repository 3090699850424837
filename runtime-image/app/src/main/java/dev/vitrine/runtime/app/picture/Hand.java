package dev.vitrine.runtime.app.picture;

import dev.vitrine.protocol.InputEvent;
import dev.vitrine.runtime.engine.camera.OrbitCamera;

/**
 * The viewer's hand on the camera: left drag orbits, middle drag or shift pans, right drag and
 * wheel zoom, the key F fits all into the picture. Pure.
 *
 * @param x where the pointer was last, a fraction of the picture's width
 * @param y the same of its height
 */
record Hand(OrbitCamera camera, double x, double y) {

  private static final int LEFT = 1;
  private static final int RIGHT = 2;
  private static final int MIDDLE = 4;

  /** A notch of most wheels is 100 pixels, and moves the camera by a tenth of its distance. */
  private static final double ZOOM_BY_PIXEL = 0.001;

  private static final double ZOOM_BY_DRAG = 2;

  static Hand on(OrbitCamera camera) {
    return new Hand(camera, 0, 0);
  }

  /**
   * What the hand does next.
   *
   * @param aspect the picture's width by its height
   */
  Hand after(InputEvent event, double aspect) {
    return switch (event) {
      case InputEvent.Pointer pointer ->
          new Hand(dragged(pointer, aspect), pointer.x(), pointer.y());
      case InputEvent.Wheel wheel -> with(camera.zoom(wheel.dy() * ZOOM_BY_PIXEL));
      case InputEvent.Key(var kind, var code, var mods) ->
          kind == InputEvent.KeyKind.DOWN && code.equals("KeyF")
              ? with(camera.fit(camera.scene(), aspect))
              : this;
      case InputEvent.Blur() -> this;
    };
  }

  Hand with(OrbitCamera changed) {
    return new Hand(changed, x, y);
  }

  private OrbitCamera dragged(InputEvent.Pointer pointer, double aspect) {
    if (pointer.kind() != InputEvent.PointerKind.MOVE) {
      return camera;
    }
    double dx = pointer.x() - x;
    double dy = pointer.y() - y;
    boolean shift = (pointer.mods() & InputEvent.SHIFT) != 0;
    if (held(pointer, MIDDLE) || (held(pointer, LEFT) && shift)) {
      return camera.pan(dx, dy, aspect);
    }
    if (held(pointer, LEFT)) {
      return camera.orbit(dx, dy);
    }
    return held(pointer, RIGHT) ? camera.zoom(dy * ZOOM_BY_DRAG) : camera;
  }

  private static boolean held(InputEvent.Pointer pointer, int button) {
    return (pointer.buttons() & button) != 0;
  }
}
