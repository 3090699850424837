#version 450
#extension GL_GOOGLE_include_directive : require
#include "frame.glsl"

layout(location = 0) in vec3 position;
layout(location = 1) in vec3 normal;
layout(location = 2) in vec3 color;

layout(location = 0) out vec3 worldPosition;
layout(location = 1) out vec3 worldNormal;
layout(location = 2) out vec3 vertexColor;

void main() {
  mat4 world = transforms[gl_InstanceIndex];
  vec4 place = world * vec4(position, 1.0);
  // The cofactors are the inverse transpose but for a scale, which normalising removes, and a sign.
  mat3 axes = mat3(world);
  mat3 cofactors =
      mat3(cross(axes[1], axes[2]), cross(axes[2], axes[0]), cross(axes[0], axes[1]));
  float mirrored = dot(axes[0], cofactors[0]) < 0.0 ? -1.0 : 1.0;
  worldPosition = place.xyz;
  worldNormal = mirrored * (cofactors * normal);
  vertexColor = color;
  gl_Position = frame.viewProjection * place;
}
