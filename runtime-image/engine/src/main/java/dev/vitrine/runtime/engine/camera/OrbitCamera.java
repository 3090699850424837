package dev.vitrine.runtime.engine.camera;

import dev.vitrine.runtime.engine.scene.Bounds;
import dev.vitrine.runtime.engine.scene.CameraData;
import dev.vitrine.runtime.engine.scene.UpAxis;
import dev.vitrine.runtime.engine.scene.Vec3;

/**
 * A camera that a viewer turns around a point. Each movement gives a new one; numbers that are not
 * finite count as no movement. Movements are fractions of the picture, so that they feel the same
 * at every size.
 *
 * @param scene the box the camera is kept near, and between whose ends it sees
 * @param view where it is now
 * @param home where {@link #reset()} takes it
 */
public record OrbitCamera(UpAxis upAxis, Bounds scene, OrbitView view, OrbitView home) {

  private static final double STRAIGHT_UP = Math.PI / 2 - 0.01;
  private static final double SLIGHTLY_ASIDE = Math.toRadians(30);
  private static final double SLIGHTLY_ABOVE = Math.toRadians(20);
  private static final double FIELD_OF_VIEW = Math.toRadians(45);
  private static final double MARGIN = 1.1;

  /** How often the scene's size the camera may be away from, or fit into, its distance. */
  private static final double REACH = 1000;

  private static final Bounds UNIT =
      new Bounds(new Vec3(-0.5, -0.5, -0.5), new Vec3(0.5, 0.5, 0.5));

  /** A camera before anything is known of the scene. */
  public static OrbitCamera initial() {
    return facing(UNIT, UpAxis.Y, 16.0 / 9);
  }

  /**
   * Sees all of a scene from slightly above and aside.
   *
   * @param aspect the picture's width by its height
   */
  public static OrbitCamera facing(Bounds scene, UpAxis upAxis, double aspect) {
    var view = new OrbitView(scene.center(), 1, SLIGHTLY_ASIDE, SLIGHTLY_ABOVE, FIELD_OF_VIEW);
    return new OrbitCamera(upAxis, scene, view, view).fit(scene, aspect).atHome();
  }

  /** Begins where a camera of the stage is, but upright, turning around the scene's middle. */
  public static OrbitCamera through(CameraData data, Bounds scene, UpAxis upAxis) {
    var view = view(data, scene, upAxis);
    return new OrbitCamera(upAxis, scene, view, view);
  }

  /**
   * As {@link #through(CameraData, Bounds, UpAxis)}, from the same scene and with the same home.
   */
  public OrbitCamera through(CameraData data) {
    return with(view(data, scene, upAxis));
  }

  /**
   * Looks from one point at another, as far as the scene lets it.
   *
   * @param target elsewhere than the eye
   * @param fieldOfViewRadians vertical, above 0 and below pi
   */
  public OrbitCamera looking(Vec3 eye, Vec3 target, double fieldOfViewRadians) {
    Vec3 offset = eye.minus(target);
    Vec3 back = offset.normalizedOr(OrbitAxes.of(upAxis).front());
    double distance = clampDistance(offset.length(), scene);
    return with(view(near(target), distance, back, fieldOfViewRadians, upAxis));
  }

  private static OrbitView view(CameraData data, Bounds scene, UpAxis upAxis) {
    Vec3 eye = data.world().point(Vec3.ZERO);
    Vec3 back = data.world().direction(Vec3.UNIT_Z).normalizedOr(Vec3.UNIT_Z);
    double distance = clampDistance(eye.minus(scene.center()).dot(back), scene);
    Vec3 target = eye.minus(back.times(distance));
    return view(target, distance, back, data.verticalFieldOfViewRadians(), upAxis);
  }

  private static OrbitView view(
      Vec3 target, double distance, Vec3 back, double fieldOfView, UpAxis upAxis) {
    var axes = OrbitAxes.of(upAxis);
    double elevation = Math.asin(Math.clamp(back.dot(axes.up()), -1, 1));
    double azimuth = Math.atan2(back.dot(axes.side()), back.dot(axes.front()));
    return new OrbitView(
        target, distance, azimuth, Math.clamp(elevation, -STRAIGHT_UP, STRAIGHT_UP), fieldOfView);
  }

  /**
   * Turns by a drag across fractions of the picture's width (rightwards) and height (downwards).
   */
  public OrbitCamera orbit(double dx, double dy) {
    double azimuth = view.azimuthRadians() - movement(dx) * 2 * Math.PI;
    double elevation = view.elevationRadians() + movement(dy) * Math.PI;
    return with(
        view.turned(
            Math.IEEEremainder(azimuth, 2 * Math.PI),
            Math.clamp(elevation, -STRAIGHT_UP, STRAIGHT_UP)));
  }

  /** Moves so that the scene follows a drag; as {@link #orbit} with the picture's aspect. */
  public OrbitCamera pan(double dx, double dy, double aspect) {
    var camera = camera();
    double height = 2 * view.distance() * Math.tan(view.fieldOfViewRadians() / 2);
    Vec3 moved =
        view.target()
            .minus(camera.right().times(movement(dx) * height * aspect))
            .plus(camera.up().times(movement(dy) * height));
    return with(view.around(near(moved)));
  }

  /** Moves away by a factor of e to the power of {@code amount}; a negative one moves closer. */
  public OrbitCamera zoom(double amount) {
    return with(view.from(clampDistance(view.distance() * Math.exp(movement(amount)), scene)));
  }

  /** Shows all of a box from the present direction. */
  public OrbitCamera fit(Bounds box, double aspect) {
    var camera = camera();
    double tangent = Math.tan(view.fieldOfViewRadians() / 2);
    double distance = 0;
    for (var corner : box.corners()) {
      Vec3 offset = corner.minus(box.center());
      double towardsEye = -offset.dot(camera.forward());
      double high = Math.abs(offset.dot(camera.up())) / tangent;
      double wide = Math.abs(offset.dot(camera.right())) / (tangent * aspect);
      distance = Math.max(distance, towardsEye + Math.max(high, wide) * MARGIN);
    }
    return with(view.around(box.center()).from(clampDistance(distance, scene)));
  }

  /** Back to where it began. */
  public OrbitCamera reset() {
    return with(home);
  }

  /** Goes to where it was another time. */
  public OrbitCamera at(OrbitView before) {
    return with(before);
  }

  /** Keeps the view while the scene became larger or smaller. */
  public OrbitCamera within(Bounds changedScene) {
    return new OrbitCamera(upAxis, changedScene, view, home);
  }

  /** What is seen. */
  public Camera camera() {
    var axes = OrbitAxes.of(upAxis);
    double cosine = Math.cos(view.elevationRadians());
    double sine = Math.sin(view.elevationRadians());
    Vec3 level =
        axes.front()
            .times(Math.cos(view.azimuthRadians()))
            .plus(axes.side().times(Math.sin(view.azimuthRadians())));
    Vec3 back = level.times(cosine).plus(axes.up().times(sine));
    Vec3 up = axes.up().times(cosine).minus(level.times(sine));
    Vec3 eye = view.target().plus(back.times(view.distance()));
    double toMiddle = eye.minus(scene.center()).length();
    double radius = size(scene) / 2;
    double far = (toMiddle + radius) * 1.01;
    double near = Math.max((toMiddle - radius) * 0.99, far * 1e-5);
    return new Camera(eye, back.times(-1), up, view.fieldOfViewRadians(), near, far);
  }

  private OrbitCamera with(OrbitView changed) {
    return new OrbitCamera(upAxis, scene, changed, home);
  }

  private OrbitCamera atHome() {
    return new OrbitCamera(upAxis, scene, view, view);
  }

  private Vec3 near(Vec3 point) {
    Vec3 center = scene.center();
    double reach = size(scene) * REACH;
    return new Vec3(
        Math.clamp(point.x(), center.x() - reach, center.x() + reach),
        Math.clamp(point.y(), center.y() - reach, center.y() + reach),
        Math.clamp(point.z(), center.z() - reach, center.z() + reach));
  }

  private static double clampDistance(double distance, Bounds scene) {
    double size = size(scene);
    return Math.clamp(distance, size / REACH, size * REACH);
  }

  /** The scene's diagonal; not 0 even for a point, nor below what floats tell apart there. */
  private static double size(Bounds scene) {
    return Math.max(scene.diagonal(), Math.max(1e-6, scene.center().length() * 1e-6));
  }

  private static double movement(double fraction) {
    return Double.isFinite(fraction) ? Math.clamp(fraction, -4, 4) : 0;
  }
}
