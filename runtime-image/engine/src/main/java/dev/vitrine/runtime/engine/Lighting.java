package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.camera.Camera;
import dev.vitrine.runtime.engine.scene.Bounds;
import dev.vitrine.runtime.engine.scene.LightData;
import dev.vitrine.runtime.engine.scene.LightData.Shape;
import dev.vitrine.runtime.engine.scene.Vec3;
import java.util.Comparator;
import java.util.List;

/**
 * The light on a scene. Stages give intensities in any scale, so that the sum is brought to one
 * exposure at the scene's middle; what counts is how lights compare.
 *
 * @param sky what comes from above
 * @param ground what comes from below
 * @param distant lights, with the local ones at most {@link #MOST}
 * @param local lights
 */
record Lighting(Vec3 sky, Vec3 ground, List<Distant> distant, List<Local> local) {

  /** As many lights as frame.glsl has room for. */
  static final int MOST = 4;

  /** Irradiance that shows a white surface as white, all lights together. */
  private static final double KEY = 2.6;

  private static final Vec3 SOFT_SKY = new Vec3(0.30, 0.32, 0.35);
  private static final Vec3 SOFT_GROUND = new Vec3(0.12, 0.11, 0.10);

  /** Light whose rays are parallel. */
  record Distant(Vec3 towards, Vec3 irradiance) {}

  /** Light from a place; closer than the least distance it grows no brighter. */
  record Local(Vec3 place, Vec3 irradianceAtUnit, double leastDistance) {}

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
    double least = Math.max(scene.diagonal() * 0.05, 1e-6);
    var distant =
        balanced(lit, Shape.DISTANT, scene, least).stream().map(Lighting::distant).toList();
    var local =
        balanced(lit, Shape.LOCAL, scene, least).stream()
            .map(light -> local(light, scene, least))
            .toList();
    var domes = lit.stream().filter(light -> light.shape() == Shape.DOME).toList();
    if (domes.isEmpty()) {
      return new Lighting(SOFT_SKY.times(0.5), SOFT_GROUND.times(0.5), distant, local);
    }
    Vec3 tint = tint(domes);
    double level = distant.isEmpty() && local.isEmpty() ? 0.85 : 0.4;
    return new Lighting(tint.times(level), tint.times(level * 0.6), distant, local);
  }

  /** As much brighter. */
  Lighting times(double factor) {
    return new Lighting(
        sky.times(factor),
        ground.times(factor),
        distant.stream()
            .map(light -> new Distant(light.towards(), light.irradiance().times(factor)))
            .toList(),
        local.stream()
            .map(
                light ->
                    new Local(
                        light.place(),
                        light.irradianceAtUnit().times(factor),
                        light.leastDistance()))
            .toList());
  }

  private static Lighting ofViewer(Camera camera) {
    Vec3 back = camera.forward().times(-1);
    Vec3 key = back.plus(camera.up().times(0.8)).plus(camera.right().times(-0.6));
    Vec3 fill = back.times(0.6).plus(camera.up().times(0.1)).plus(camera.right());
    return new Lighting(
        SOFT_SKY,
        SOFT_GROUND,
        List.of(
            new Distant(key.normalizedOr(back), new Vec3(1.0, 0.97, 0.92).times(KEY * 0.7)),
            new Distant(fill.normalizedOr(back), new Vec3(0.85, 0.92, 1.0).times(KEY * 0.2))),
        List.of());
  }

  /** The strongest lights of one shape, brought to one exposure. */
  private static List<Weighed> balanced(
      List<LightData> lights, Shape shape, Bounds scene, double least) {
    var weighed =
        lights.stream()
            .filter(light -> light.shape() == shape)
            .map(light -> new Weighed(light, arriving(light, scene, least)))
            .sorted(Comparator.comparingDouble(Weighed::weight).reversed())
            .limit(MOST / 2)
            .toList();
    double sum = weighed.stream().mapToDouble(Weighed::weight).sum();
    boolean shared = lights.stream().anyMatch(light -> light.shape() != shape);
    double scale = sum > 0 ? KEY * (shared ? 0.6 : 0.9) / sum : 0;
    return weighed.stream()
        .map(light -> new Weighed(light.data(), light.arriving().times(scale)))
        .toList();
  }

  private static Distant distant(Weighed light) {
    Vec3 towards = light.data().world().direction(Vec3.UNIT_Z).normalizedOr(Vec3.UNIT_Z);
    return new Distant(towards, light.arriving());
  }

  private static Local local(Weighed light, Bounds scene, double least) {
    Vec3 place = light.data().world().point(Vec3.ZERO);
    double distance = Math.max(place.minus(scene.center()).length(), least);
    return new Local(place, light.arriving().times(distance * distance), least);
  }

  private static Vec3 arriving(LightData light, Bounds scene, double least) {
    Vec3 emitted = light.color().times(light.intensity());
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
            .map(dome -> dome.color().times(dome.intensity()))
            .reduce(Vec3.ZERO, Vec3::plus);
    double brightest = Math.max(sum.x(), Math.max(sum.y(), sum.z()));
    return brightest > 0 ? sum.times(1 / brightest) : Vec3.ONE;
  }
}
