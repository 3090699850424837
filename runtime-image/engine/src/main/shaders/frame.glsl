// What every shader of the scene sees; FrameUniforms.java writes the frame.

struct Light {
  // xyz: where to (w = 0) or where (w = 1).
  vec4 place;
  // rgb: irradiance; for a place, at unit distance. w: the square of the least distance.
  vec4 color;
};

layout(std140, set = 0, binding = 0) uniform Frame {
  mat4 viewProjection;
  vec4 eye;
  vec4 up;
  vec4 sky;
  vec4 ground;
  Light lights[8];
  int lightCount;
} frame;

struct Material {
  // a: opacity.
  vec4 base;
  // w: whether the mesh's colours multiply the base.
  vec4 emissive;
  // x: metallic, y: roughness.
  vec4 surface;
};

layout(std430, set = 0, binding = 1) readonly buffer Instances {
  mat4 transforms[];
};

layout(std430, set = 0, binding = 2) readonly buffer Materials {
  Material materials[];
};

layout(push_constant) uniform Batch {
  uint material;
} batch;
