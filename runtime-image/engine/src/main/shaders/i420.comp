#version 450

// From RGB to I420. One invocation converts 8x2 pixels, so that it writes whole words of each plane.
layout(local_size_x = 8, local_size_y = 8) in;

layout(set = 0, binding = 0, rgba8) readonly uniform image2D picture;
layout(std430, set = 0, binding = 1) writeonly buffer Planes {
  uint words[];
};

layout(push_constant) uniform Conversion {
  ivec2 size;
  // Bytes a row: luma, chroma. Multiples of 8 and 4.
  ivec2 stride;
  // xyz: the weights of red, green and blue in luma, times its range of 219.
  vec4 toLuma;
  // What blue minus luma, and red minus luma, are scaled by.
  vec2 toChroma;
} conversion;

vec3 pixel(ivec2 at) {
  return imageLoad(picture, min(at, conversion.size - 1)).rgb;
}

uint level(float value) {
  return uint(value + 0.5);
}

void main() {
  ivec2 at = ivec2(gl_GlobalInvocationID.xy) * ivec2(8, 2);
  if (at.x >= conversion.stride.x || at.y >= conversion.size.y) {
    return;
  }
  vec3 toLuma = conversion.toLuma.xyz;
  uvec2 upper = uvec2(0);
  uvec2 lower = uvec2(0);
  uint blue = 0u;
  uint red = 0u;
  for (int i = 0; i < 4; i++) {
    ivec2 corner = at + ivec2(2 * i, 0);
    vec3 a = pixel(corner);
    vec3 b = pixel(corner + ivec2(1, 0));
    vec3 c = pixel(corner + ivec2(0, 1));
    vec3 d = pixel(corner + ivec2(1, 1));
    uint shift = uint(16 * (i & 1));
    upper[i >> 1] |= level(16.0 + dot(a, toLuma)) << shift
        | level(16.0 + dot(b, toLuma)) << (shift + 8u);
    lower[i >> 1] |= level(16.0 + dot(c, toLuma)) << shift
        | level(16.0 + dot(d, toLuma)) << (shift + 8u);
    vec3 mean = (a + b + c + d) * 0.25;
    float luma = dot(mean, toLuma) * (1.0 / 219.0);
    blue |= level(128.0 + (mean.b - luma) * conversion.toChroma.x) << (8 * i);
    red |= level(128.0 + (mean.r - luma) * conversion.toChroma.y) << (8 * i);
  }
  int lumaWords = conversion.stride.x / 4;
  int upperWord = at.y * lumaWords + at.x / 4;
  words[upperWord] = upper.x;
  words[upperWord + 1] = upper.y;
  words[upperWord + lumaWords] = lower.x;
  words[upperWord + lumaWords + 1] = lower.y;
  int chromaWords = conversion.stride.y / 4;
  int blueWord = conversion.size.y * lumaWords + at.y / 2 * chromaWords + at.x / 8;
  words[blueWord] = blue;
  words[blueWord + conversion.size.y / 2 * chromaWords] = red;
}
