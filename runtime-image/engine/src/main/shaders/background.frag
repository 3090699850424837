#version 450

layout(location = 0) in float height;
layout(location = 0) out vec4 color;

const vec3 bottom = vec3(0.020, 0.022, 0.026);
const vec3 top = vec3(0.110, 0.125, 0.150);

void main() {
  color = vec4(mix(bottom, top, clamp(height, 0.0, 1.0)), 1.0);
}
