#version 450
#extension GL_GOOGLE_include_directive : require
#include "lights.glsl"

layout(location = 0) in vec3 surfaceNormal;
layout(location = 1) in vec3 wayToEye;
layout(location = 2) in vec3 base;
layout(location = 3) flat in vec4 ambientAndOpacity;
layout(location = 4) flat in vec4 ambientSlopeAndMetallic;
layout(location = 5) flat in vec4 upAndRoughness;
layout(location = 6) flat in vec4 emissiveAndAlpha;
// Two for each: the direction to a distant light or the way from the eye to a local one, the colour.
layout(location = 7) flat in vec4 lights[2 * LIGHTS];

layout(location = 0) out vec4 color;

struct Surface {
  vec3 diffuse;
  vec3 f0;
  vec3 normal;
  vec3 toEye;
  float nv;
};

// Light from all around: the sky above, the ground below.
vec3 surroundings(float upwards) {
  return ambientAndOpacity.rgb + ambientSlopeAndMetallic.rgb * upwards;
}

// Linear up to a knee, then bending towards 1, so that highlights keep their shape and colour.
vec3 compressed(vec3 light) {
  const float knee = 0.8;
  float brightest = max(max(light.r, light.g), light.b);
  float over = max(brightest - knee, 0.0);
  float bent = min(brightest, knee) + over / (1.0 + over / (1.0 - knee));
  return light * (bent / max(brightest, 1e-4));
}

// The sRGB curve to within 0.01, of two square roots: what a display takes.
vec3 displayed(vec3 light) {
  vec3 root = sqrt(max(light, 0.0));
  return 1.4213576 * root - 0.13483212 * sqrt(root) - 0.29531274 * light;
}

// Cook-Torrance with GGX, visibility and Fresnel folded into one term (Zioma, "Optimizing PBR for
// Mobile", SIGGRAPH 2015): no square root, and multiplied out to a single division.
vec3 lit(Surface surface, vec3 towards, vec3 arriving) {
  float nl = max(dot(surface.normal, towards), 0.0);
  float lh2 = max(0.5 + 0.5 * dot(surface.toEye, towards), 0.1);
  float nh2 = min((nl + surface.nv) * (nl + surface.nv), 4.0 * lh2);
  float alpha = emissiveAndAlpha.w;
  float d = nh2 * (alpha * alpha - 1.0) + 4.0 * lh2;
  float lobe = 16.0 * alpha * alpha * lh2 / (d * d * (4.0 * alpha + 2.0));
  return (surface.diffuse + surface.f0 * lobe) * arriving * nl;
}

void main() {
  Surface surface;
  surface.toEye = wayToEye * inversesqrt(max(dot(wayToEye, wayToEye), 1e-20));
  surface.normal = surfaceNormal * inversesqrt(max(dot(surfaceNormal, surfaceNormal), 1e-20));
  surface.nv = dot(surface.normal, surface.toEye);
  // Both sides of a surface are lit.
  surface.normal = surface.nv < 0.0 ? -surface.normal : surface.normal;
  surface.nv = max(abs(surface.nv), 1e-3);
  surface.diffuse = base * (1.0 - ambientSlopeAndMetallic.w);
  surface.f0 = mix(vec3(0.04), base, ambientSlopeAndMetallic.w);

  // Ambient reflection: less where rough, more at grazing angles (Schlick with roughness).
  float grazing = 1.0 - surface.nv;
  float grazing2 = grazing * grazing;
  vec3 fresnel = surface.f0
      + (max(vec3(1.0 - upAndRoughness.w), surface.f0) - surface.f0)
          * (grazing2 * grazing2 * grazing);
  float normalUp = dot(surface.normal, upAndRoughness.xyz);
  float reflectedUp = 2.0 * surface.nv * normalUp - dot(surface.toEye, upAndRoughness.xyz);
  vec3 light = surface.diffuse * surroundings(normalUp) + fresnel * surroundings(reflectedUp);

  for (int i = 0; i < DISTANT; i++) {
    light += lit(surface, lights[2 * i].xyz, lights[2 * i + 1].rgb);
  }
  for (int i = DISTANT; i < DISTANT + LOCAL; i++) {
    vec3 toLight = lights[2 * i].xyz + wayToEye;
    float distance2 = dot(toLight, toLight);
    vec3 towards = toLight * inversesqrt(max(distance2, 1e-20));
    vec3 arriving = lights[2 * i + 1].rgb / max(distance2, lights[2 * i + 1].w);
    light += lit(surface, towards, arriving);
  }
  color = vec4(displayed(compressed(light + emissiveAndAlpha.rgb)), ambientAndOpacity.w);
}
