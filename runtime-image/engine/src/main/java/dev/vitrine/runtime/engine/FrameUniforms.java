package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.camera.Camera;
import dev.vitrine.runtime.engine.scene.Vec3;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Writes the Frame block of frame.glsl, whose std140 layout these offsets are. */
final class FrameUniforms {

  private static final long EYE = 64;
  private static final long UP = 80;
  private static final long SKY = 96;
  private static final long GROUND = 112;
  private static final long LIGHTS = 128;
  private static final long LIGHT_BYTES = 32;

  static final long BYTES = LIGHTS + Lighting.MOST * LIGHT_BYTES;

  private static final ValueLayout.OfFloat FLOAT =
      ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment block;

  FrameUniforms(MemorySegment block) {
    this.block = block;
  }

  void write(Camera camera, double aspect, Vec3 up, Lighting lighting) {
    var viewProjection = camera.projection(aspect).times(camera.view()).toFloats();
    MemorySegment.copy(viewProjection, 0, block, FLOAT, 0, 16);
    write(EYE, camera.eye(), 1);
    write(UP, up, 0);
    write(SKY, lighting.sky(), 0);
    write(GROUND, lighting.ground(), 0);
    long at = LIGHTS;
    for (var light : lighting.distant()) {
      write(at, light.towards(), 0);
      write(at + 16, light.irradiance().times(1 / Math.PI), 0);
      at += LIGHT_BYTES;
    }
    for (var light : lighting.local()) {
      write(at, light.place(), 1);
      write(
          at + 16,
          light.irradianceAtUnit().times(1 / Math.PI),
          light.leastDistance() * light.leastDistance());
      at += LIGHT_BYTES;
    }
  }

  private void write(long at, Vec3 xyz, double w) {
    block.set(FLOAT, at, (float) xyz.x());
    block.set(FLOAT, at + 4, (float) xyz.y());
    block.set(FLOAT, at + 8, (float) xyz.z());
    block.set(FLOAT, at + 12, (float) w);
  }
}
