package dev.vitrine.runtime.app.viewer;

import dev.vitrine.protocol.ViewerReply;
import dev.vitrine.protocol.ViewerReply.Point;
import dev.vitrine.runtime.app.picture.Cameraman;
import dev.vitrine.runtime.engine.camera.OrbitCamera;
import dev.vitrine.runtime.engine.scene.Vec3;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells the page where the camera is: at first, and while it moves, four times a second at most.
 * All methods belong to the session's thread.
 */
final class CameraNews implements AutoCloseable {

  private static final int APART_MILLIS = 250;

  private final Cameraman cameraman;
  private final ScheduledExecutorService session;
  private final Predicate<ViewerReply> page;
  private @Nullable Future<?> looking;
  private @Nullable OrbitCamera told;

  /**
   * @param page whether it takes the news; if not, they are told it again
   */
  CameraNews(Cameraman cameraman, ScheduledExecutorService session, Predicate<ViewerReply> page) {
    this.cameraman = cameraman;
    this.session = session;
    this.page = page;
  }

  /** Tells from now on, if it does not yet. */
  void begin() {
    if (looking == null) {
      looking =
          session.scheduleWithFixedDelay(
              this::look, APART_MILLIS, APART_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  @Override
  public void close() {
    if (looking != null) {
      looking.cancel(false);
    }
  }

  private void look() {
    var now = cameraman.orbit();
    if (!now.equals(told) && page.test(state(now))) {
      told = now;
    }
  }

  private static ViewerReply state(OrbitCamera orbit) {
    var camera = orbit.camera();
    return new ViewerReply.CameraStateChanged(
        point(camera.eye()),
        point(orbit.view().target()),
        point(camera.up()),
        Math.toDegrees(camera.verticalFieldOfViewRadians()));
  }

  private static Point point(Vec3 vector) {
    return new Point(vector.x(), vector.y(), vector.z());
  }
}
