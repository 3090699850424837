#version 450
#extension GL_GOOGLE_include_directive : require
#include "frame.glsl"

// What is linear in the normal and in the way to the eye is worked out here, where it costs least
// on software renderers: pixels need only bring it to the right length.
layout(location = 0) in vec3 position;
layout(location = 1) in vec3 normal;
layout(location = 2) in vec3 color;
layout(location = 3) in mat4 world;

// xyz: the vector, w: its product with the up direction.
layout(location = 0) out vec4 normalAndUp;
layout(location = 1) out vec4 toEyeAndUp;
layout(location = 2) out vec3 diffuse;
layout(location = 3) out vec3 f0;
// The products of the normal and of the way to the eye with the direction to each distant light.
layout(location = 4) out vec2 lightProducts[4];

void main() {
  vec4 place = world * vec4(position, 1.0);
  // The cofactors are the inverse transpose but for a scale, which pixels remove, and a sign.
  mat3 axes = mat3(world);
  mat3 cofactors =
      mat3(cross(axes[1], axes[2]), cross(axes[2], axes[0]), cross(axes[0], axes[1]));
  float mirrored = dot(axes[0], cofactors[0]) < 0.0 ? -1.0 : 1.0;
  vec3 n = normalize(mirrored * (cofactors * normal));
  vec3 toEye = frame.eye.xyz - place.xyz;

  normalAndUp = vec4(n, dot(n, frame.up.xyz));
  toEyeAndUp = vec4(toEye, dot(toEye, frame.up.xyz));
  vec3 base = material.base.rgb * mix(vec3(1.0), color, material.emissive.w);
  float metallic = material.surface.x;
  diffuse = base * (1.0 - metallic);
  f0 = mix(vec3(0.04), base, metallic);
  for (int i = 0; i < DISTANT; i++) {
    vec3 towards = frame.lights[i].place.xyz;
    lightProducts[i] = vec2(dot(n, towards), dot(toEye, towards));
  }
  gl_Position = frame.viewProjection * place;
}
