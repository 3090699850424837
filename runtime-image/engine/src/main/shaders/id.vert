#version 450
#extension GL_GOOGLE_include_directive : require
#include "lights.glsl"
#include "frame.glsl"

layout(location = 0) in vec3 position;
layout(location = 3) in mat4 world;

// 0 is for nothing.
layout(location = 0) flat out uint id;

void main() {
  id = uint(gl_InstanceIndex) + 1u;
  gl_Position = frame.viewProjection * (world * vec4(position, 1.0));
}
