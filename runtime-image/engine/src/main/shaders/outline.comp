#version 450

// Colours the pixels right outside of whatever has ids. One invocation looks at one pixel.
layout(local_size_x = 8, local_size_y = 8) in;

layout(set = 0, binding = 0, r32ui) readonly uniform uimage2D ids;
layout(set = 0, binding = 1, rgba8) writeonly uniform image2D picture;

// The area where ids were drawn: there are none beyond.
layout(push_constant) uniform Area {
  ivec2 from;
  ivec2 to;
} area;

const vec4 ACCENT = vec4(1.0, 0.58, 0.1, 1.0);

// All pixels within two of the middle one.
const ivec2 AROUND[] = ivec2[](
    ivec2(-1, 0), ivec2(1, 0), ivec2(0, -1), ivec2(0, 1),
    ivec2(-1, -1), ivec2(1, -1), ivec2(-1, 1), ivec2(1, 1),
    ivec2(-2, 0), ivec2(2, 0), ivec2(0, -2), ivec2(0, 2));

uint id(ivec2 at) {
  return imageLoad(ids, clamp(at, area.from, area.to - 1)).r;
}

void main() {
  ivec2 at = area.from + ivec2(gl_GlobalInvocationID.xy);
  if (any(greaterThanEqual(at, area.to)) || id(at) != 0u) {
    return;
  }
  uint near = 0u;
  for (int i = 0; i < AROUND.length(); i++) {
    near |= id(at + AROUND[i]);
  }
  if (near != 0u) {
    imageStore(picture, at, ACCENT);
  }
}
