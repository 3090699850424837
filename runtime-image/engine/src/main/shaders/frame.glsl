// What the vertex shaders of the scene see; FrameUniforms.java writes the frame. After lights.glsl.

struct Light {
  // xyz: the direction to a distant light, or the place of a local one. Distant ones come first.
  vec4 place;
  // rgb: irradiance by pi; for a place, at unit distance. w: the square of the least distance.
  vec4 color;
};

layout(std140, set = 0, binding = 0) uniform Frame {
  mat4 viewProjection;
  vec4 eye;
  vec4 up;
  vec4 sky;
  vec4 ground;
  Light lights[LIGHTS];
} frame;

// One batch's material.
layout(push_constant) uniform Material {
  // a: opacity.
  vec4 base;
  // w: whether the mesh's colours multiply the base.
  vec4 emissive;
  // x: metallic, y: roughness, z: its square.
  vec4 surface;
} material;
