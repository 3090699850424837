#version 450
#extension GL_GOOGLE_include_directive : require
#include "lights.glsl"
#include "frame.glsl"

layout(location = 0) in vec3 position;
layout(location = 1) in vec3 normal;
layout(location = 2) in vec3 color;
layout(location = 3) in mat4 world;

layout(location = 0) out vec3 surfaceNormal;
layout(location = 1) out vec3 wayToEye;
layout(location = 2) out vec3 base;

// The same for all vertices. Mesa's software renderer reads a uniform anew for each of eight pixels,
// but what a vertex says once for all: uniforms in lit.frag took a quarter of a picture's time.
layout(location = 3) flat out vec4 ambientAndOpacity;
layout(location = 4) flat out vec4 ambientSlopeAndMetallic;
layout(location = 5) flat out vec4 upAndRoughness;
layout(location = 6) flat out vec4 emissiveAndAlpha;
layout(location = 7) flat out vec4 lights[2 * LIGHTS];

void main() {
  vec4 place = world * vec4(position, 1.0);
  // The cofactors are the inverse transpose but for a scale, which pixels remove, and a sign.
  mat3 axes = mat3(world);
  mat3 cofactors =
      mat3(cross(axes[1], axes[2]), cross(axes[2], axes[0]), cross(axes[0], axes[1]));
  float mirrored = dot(axes[0], cofactors[0]) < 0.0 ? -1.0 : 1.0;
  surfaceNormal = normalize(mirrored * (cofactors * normal));
  wayToEye = frame.eye.xyz - place.xyz;
  base = material.base.rgb * mix(vec3(1.0), color, material.emissive.w);

  ambientAndOpacity = vec4(0.5 * (frame.sky.rgb + frame.ground.rgb), material.base.a);
  ambientSlopeAndMetallic = vec4(0.5 * (frame.sky.rgb - frame.ground.rgb), material.surface.x);
  upAndRoughness = vec4(frame.up.xyz, material.surface.y);
  emissiveAndAlpha = vec4(material.emissive.rgb, material.surface.z);
  for (int i = 0; i < DISTANT + LOCAL; i++) {
    vec3 from = i < DISTANT ? vec3(0.0) : frame.eye.xyz;
    lights[2 * i] = vec4(frame.lights[i].place.xyz - from, 0.0);
    lights[2 * i + 1] = frame.lights[i].color;
  }
  gl_Position = frame.viewProjection * place;
}
