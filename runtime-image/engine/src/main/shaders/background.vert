#version 450

// One triangle that covers the picture, at the far plane (depth 0).
layout(location = 0) out float height;

void main() {
  vec2 corner = vec2(gl_VertexIndex == 1 ? 3.0 : -1.0, gl_VertexIndex == 2 ? 3.0 : -1.0);
  gl_Position = vec4(corner, 0.0, 1.0);
  height = 0.5 - 0.5 * corner.y;
}
