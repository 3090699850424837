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
  // Weights of red and blue in luma.
  vec2 weights;
  // 40 bars along the top: the first 32 and the last 8, highest bit first.
  uvec2 bars;
  // Even rows that the bars cover: from, to. Empty without a time code.
  ivec2 barRows;
} conversion;

vec3 pixel(ivec2 at) {
  return imageLoad(picture, min(at, conversion.size - 1)).rgb;
}

vec3 bar(ivec2 at) {
  uint bar = uint(min(at.x, conversion.size.x - 1) * 40 / conversion.size.x);
  uint bits = bar < 32u ? conversion.bars.x >> (31u - bar) : conversion.bars.y >> (39u - bar);
  return vec3(float(bits & 1u));
}

uint level(float value) {
  return uint(value + 0.5);
}

void main() {
  ivec2 at = ivec2(gl_GlobalInvocationID.xy) * ivec2(8, 2);
  if (at.x >= conversion.stride.x || at.y >= conversion.size.y) {
    return;
  }
  vec2 weights = conversion.weights;
  vec3 toLuma = vec3(weights.x, 1.0 - weights.x - weights.y, weights.y);
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
    if (at.y >= conversion.barRows.x && at.y < conversion.barRows.y) {
      a = c = bar(corner);
      b = d = bar(corner + ivec2(1, 0));
    }
    uint shift = uint(16 * (i & 1));
    upper[i >> 1] |= level(16.0 + 219.0 * dot(a, toLuma)) << shift
        | level(16.0 + 219.0 * dot(b, toLuma)) << (shift + 8u);
    lower[i >> 1] |= level(16.0 + 219.0 * dot(c, toLuma)) << shift
        | level(16.0 + 219.0 * dot(d, toLuma)) << (shift + 8u);
    vec3 mean = (a + b + c + d) * 0.25;
    float luma = dot(mean, toLuma);
    blue |= level(128.0 + 112.0 * (mean.b - luma) / (1.0 - weights.y)) << (8 * i);
    red |= level(128.0 + 112.0 * (mean.r - luma) / (1.0 - weights.x)) << (8 * i);
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
