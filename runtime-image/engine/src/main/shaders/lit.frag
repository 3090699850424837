#version 450
#extension GL_GOOGLE_include_directive : require
#include "frame.glsl"

layout(location = 0) in vec3 worldPosition;
layout(location = 1) in vec3 worldNormal;
layout(location = 2) in vec3 vertexColor;

layout(location = 0) out vec4 color;

const float PI = 3.14159265;

// Light from all around: the sky above, the ground below.
vec3 surroundings(vec3 direction) {
  return mix(frame.ground.rgb, frame.sky.rgb, 0.5 + 0.5 * dot(direction, frame.up.xyz));
}

// GGX distribution times Smith's height-correlated visibility (Heitz 2014), both for alpha.
float specularLobe(float alpha, float nl, float nv, float nh) {
  float a2 = alpha * alpha;
  float d = nh * nh * (a2 - 1.0) + 1.0;
  float distribution = a2 / (PI * d * d);
  float visibility =
      0.5 / max(nl * sqrt(nv * nv * (1.0 - a2) + a2) + nv * sqrt(nl * nl * (1.0 - a2) + a2), 1e-4);
  return distribution * visibility;
}

// Linear up to a knee, then bending towards 1, so that highlights keep their shape.
vec3 compress(vec3 light) {
  const float knee = 0.8;
  vec3 over = max(light - knee, 0.0);
  return min(light, knee) + over / (1.0 + over / (1.0 - knee));
}

void main() {
  Material material = materials[batch.material];
  vec3 base = material.base.rgb * mix(vec3(1.0), vertexColor, material.emissive.w);
  float metallic = material.surface.x;
  float roughness = material.surface.y;
  float alpha = max(roughness * roughness, 0.01);

  vec3 toEye = normalize(frame.eye.xyz - worldPosition);
  float length2 = dot(worldNormal, worldNormal);
  vec3 n = length2 > 0.0 ? worldNormal * inversesqrt(length2) : toEye;
  // Both sides of a surface are lit.
  n = dot(n, toEye) < 0.0 ? -n : n;
  float nv = max(dot(n, toEye), 1e-3);

  vec3 diffuse = base * (1.0 - metallic);
  vec3 f0 = mix(vec3(0.04), base, metallic);
  // Ambient reflection: less where rough, more at grazing angles (Schlick with roughness).
  float grazing = 1.0 - nv;
  float grazing2 = grazing * grazing;
  vec3 ambientFresnel = f0 + (max(vec3(1.0 - roughness), f0) - f0) * grazing2 * grazing2 * grazing;
  vec3 light = diffuse * surroundings(n) + ambientFresnel * surroundings(reflect(-toEye, n));

  for (int i = 0; i < frame.lightCount; i++) {
    vec4 place = frame.lights[i].place;
    vec3 toLight = place.xyz - place.w * worldPosition;
    float distance2 = dot(toLight, toLight);
    vec3 l = toLight * inversesqrt(max(distance2, 1e-20));
    float nl = dot(n, l);
    if (nl <= 0.0) {
      continue;
    }
    float falloff = place.w > 0.0 ? 1.0 / max(distance2, frame.lights[i].color.w) : 1.0;
    vec3 halfway = normalize(l + toEye);
    float vh = 1.0 - max(dot(toEye, halfway), 0.0);
    float vh2 = vh * vh;
    vec3 fresnel = f0 + (1.0 - f0) * vh2 * vh2 * vh;
    float lobe = specularLobe(alpha, nl, nv, max(dot(n, halfway), 0.0));
    light += (diffuse / PI + fresnel * lobe) * frame.lights[i].color.rgb * (falloff * nl);
  }
  color = vec4(compress(light + material.emissive.rgb), material.base.a);
}
