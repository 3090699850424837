package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.camera.Camera;
import dev.vitrine.runtime.engine.scene.Bounds;
import dev.vitrine.runtime.engine.scene.LightData;
import dev.vitrine.runtime.engine.scene.LightData.Shape;
import dev.vitrine.runtime.engine.scene.Vec3;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The light on a scene. Stages give intensities in any scale, so that the sum is brought to one
 * exposure at the scene's middle; what counts is how lights compare.
 *
 * @param sky what comes from above
 * @param ground what comes from below
 * @param lights at most {@link #MOST}
 */
record Lighting(Vec3 sky, Vec3 ground, List<Light> lights) {

  /** As many lights as frame.glsl has room for. */
  static final int MOST = 8;

  /** Irradiance that shows a white surface as white, all lights together. */
  private static final double KEY = 2.6;

  private static final Vec3 SOFT_SKY = new Vec3(0.30, 0.32, 0.35);
  private static final Vec3 SOFT_GROUND = new Vec3(0.12, 0.11, 0.10);

  /**
   * One light as the shaders see it.
   *
   * @param place the direction to the light, or where it is
   * @param local whether the light is at a place
   * @param color irradiance; for a place, at unit distance
   * @param leastDistance closer than this a local light grows no brighter
   */
  record Light(Vec3 place, boolean local, Vec3 color, double leastDistance) {}

  /** A light and what it gives to the middle of the scene. */
  private record Weighed(LightData data, Vec3 arriving) {
    double weight() {
      return Math.max(arriving.x(), Math.max(arriving.y(), arriving.z()));
    }
  }

  /** The stage's lights, or a key and a fill light that follow the camera where it has none. */
  static Lighting of(List<LightData> stageLights, Bounds scene, Camera camera) {
    var lit =
        stageLights.stream()
            .filter(light -> light.intensity() > 0 && light.color().length() > 0)
            .toList();
    if (lit.isEmpty()) {
      return ofViewer(camera);
    }
    var directed = new ArrayList<Light>();
    directed.addAll(balanced(lit, Shape.DISTANT, scene));
    directed.addAll(balanced(lit, Shape.LOCAL, scene));
    var domes = lit.stream().filter(light -> light.shape() == Shape.DOME).toList();
    if (domes.isEmpty()) {
      return new Lighting(SOFT_SKY.times(0.5), SOFT_GROUND.times(0.5), directed);
    }
    Vec3 tint = tint(domes);
    double level = directed.isEmpty() ? 0.85 : 0.4;
    return new Lighting(tint.times(level), tint.times(level * 0.6), directed);
  }

  private static Lighting ofViewer(Camera camera) {
    Vec3 back = camera.forward().times(-1);
    Vec3 key = back.plus(camera.up().times(0.8)).plus(camera.right().times(-0.6));
    Vec3 fill = back.times(0.6).plus(camera.up().times(0.1)).plus(camera.right());
    return new Lighting(
        SOFT_SKY,
        SOFT_GROUND,
        List.of(
            new Light(key.normalizedOr(back), false, new Vec3(1.0, 0.97, 0.92).times(KEY * 0.7), 1),
            new Light(
                fill.normalizedOr(back), false, new Vec3(0.85, 0.92, 1.0).times(KEY * 0.2), 1)));
  }

  private static List<Light> balanced(List<LightData> lights, Shape shape, Bounds scene) {
    double least = Math.max(scene.diagonal() * 0.05, 1e-6);
    var weighed =
        lights.stream()
            .filter(light -> light.shape() == shape)
            .map(light -> new Weighed(light, arriving(light, scene, least)))
            .sorted(Comparator.comparingDouble(Weighed::weight).reversed())
            .limit(MOST / 2)
            .toList();
    double sum = weighed.stream().mapToDouble(Weighed::weight).sum();
    boolean shared = lights.stream().anyMatch(light -> light.shape() != shape);
    double scale = sum > 0 && Double.isFinite(sum) ? KEY * (shared ? 0.6 : 0.9) / sum : 0;
    return weighed.stream().map(light -> light(light, scene, least, scale)).toList();
  }

  private static Light light(Weighed light, Bounds scene, double least, double scale) {
    Vec3 arriving = light.arriving().times(scale);
    var world = light.data().world();
    if (light.data().shape() == Shape.DISTANT) {
      Vec3 to = world.direction(Vec3.UNIT_Z).normalizedOr(Vec3.UNIT_Z);
      return new Light(to, false, arriving, 1);
    }
    Vec3 place = world.point(Vec3.ZERO);
    double distance = Math.max(place.minus(scene.center()).length(), least);
    return new Light(place, true, arriving.times(distance * distance), least);
  }

  private static Vec3 arriving(LightData light, Bounds scene, double least) {
    // Bounded, so that sums of absurd intensities stay finite.
    Vec3 emitted = light.color().times(Math.min(light.intensity(), 1e30));
    if (light.shape() == Shape.DISTANT) {
      return emitted;
    }
    double distance =
        Math.max(light.world().point(Vec3.ZERO).minus(scene.center()).length(), least);
    return emitted.times(1 / (distance * distance));
  }

  private static Vec3 tint(List<LightData> domes) {
    Vec3 sum =
        domes.stream()
            .map(dome -> dome.color().times(Math.min(dome.intensity(), 1e30)))
            .reduce(Vec3.ZERO, Vec3::plus);
    double brightest = Math.max(sum.x(), Math.max(sum.y(), sum.z()));
    return brightest > 0 ? sum.times(1 / brightest) : Vec3.ONE;
  }
}
