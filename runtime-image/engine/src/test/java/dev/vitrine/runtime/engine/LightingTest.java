package dev.vitrine.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.runtime.engine.camera.OrbitCamera;
import dev.vitrine.runtime.engine.scene.LightData;
import dev.vitrine.runtime.engine.scene.LightData.Shape;
import dev.vitrine.runtime.engine.scene.Matrix4;
import dev.vitrine.runtime.engine.scene.Vec3;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LightingTest {

  @Test
  void a_stage_without_lights_gets_two_that_follow_the_camera() {
    var orbit = OrbitCamera.initial();
    var before = of(orbit, List.of());
    var after = of(orbit.orbit(0.25, 0), List.of());
    assertThat(before.distant()).hasSize(2);
    assertThat(after.distant().getFirst().towards())
        .isNotEqualTo(before.distant().getFirst().towards());
  }

  @Test
  void only_how_lights_compare_counts_and_not_their_scale() {
    var dim = of(OrbitCamera.initial(), List.of(light(Shape.DISTANT, 1), light(Shape.DISTANT, 3)));
    var bright =
        of(OrbitCamera.initial(), List.of(light(Shape.DISTANT, 1e9), light(Shape.DISTANT, 3e9)));
    assertThat(bright.distant().getFirst().irradiance().x())
        .isCloseTo(dim.distant().getFirst().irradiance().x(), within(1e-9));
    assertThat(dim.distant().get(0).irradiance().x())
        .isCloseTo(3 * dim.distant().get(1).irradiance().x(), within(1e-9));
  }

  @Test
  void a_stop_doubles_every_light() {
    var lights = List.of(light(Shape.DISTANT, 1), light(Shape.LOCAL, 1), light(Shape.DOME, 1));
    var once = of(OrbitCamera.initial(), lights);
    var twice = once.times(2);
    assertThat(twice.sky()).isEqualTo(once.sky().times(2));
    assertThat(twice.ground()).isEqualTo(once.ground().times(2));
    assertThat(twice.distant().getFirst().irradiance())
        .isEqualTo(once.distant().getFirst().irradiance().times(2));
    assertThat(twice.local().getFirst().irradianceAtUnit())
        .isEqualTo(once.local().getFirst().irradianceAtUnit().times(2));
  }

  @Test
  void there_are_never_more_lights_than_the_shaders_have_room_for() {
    var many =
        IntStream.range(0, 50)
            .mapToObj(i -> light(i % 2 == 0 ? Shape.DISTANT : Shape.LOCAL, i + 1))
            .toList();
    var lighting = of(OrbitCamera.initial(), many);
    assertThat(lighting.distant().size() + lighting.local().size())
        .isLessThanOrEqualTo(Lighting.MOST);
  }

  @Test
  void the_strongest_light_at_the_furthest_place_is_still_finite() {
    var far = Matrix4.translation(new Vec3(Float.MAX_VALUE, 0, -Float.MAX_VALUE));
    var color = new Vec3(Float.MAX_VALUE, 0, 1e-300);
    var lights =
        List.of(
            new LightData("/A", Shape.LOCAL, color, Float.MAX_VALUE, far),
            new LightData("/B", Shape.DISTANT, color, Float.MAX_VALUE, far),
            new LightData("/C", Shape.DOME, color, Float.MAX_VALUE, far));
    assertThat(of(OrbitCamera.initial(), lights).local()).hasSize(1);
  }

  private static Lighting of(OrbitCamera orbit, List<LightData> lights) {
    return Lighting.of(lights, TestScenes.UNIT, orbit.camera());
  }

  private static LightData light(Shape shape, double intensity) {
    return new LightData(
        "/Light", shape, Vec3.ONE, intensity, Matrix4.translation(new Vec3(0, 5, 0)));
  }
}
