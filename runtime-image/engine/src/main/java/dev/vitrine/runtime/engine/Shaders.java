package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.vk.Gpu;
import dev.vitrine.runtime.engine.vk.ShaderModule;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The shaders that the build compiled from src/main/shaders. */
final class Shaders {

  private Shaders() {}

  static ShaderModule load(Gpu gpu, String name) {
    try (var resource = Shaders.class.getResourceAsStream("shaders/" + name + ".spv")) {
      if (resource == null) {
        throw new IllegalStateException("the build left out the shader " + name);
      }
      return ShaderModule.create(gpu, resource.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
