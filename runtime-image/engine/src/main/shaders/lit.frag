#version 450
#extension GL_GOOGLE_include_directive : require
#include "frame.glsl"

layout(location = 0) in vec4 normalAndUp;
layout(location = 1) in vec4 toEyeAndUp;
layout(location = 2) in vec3 diffuse;
layout(location = 3) in vec3 f0;
layout(location = 4) in vec2 lightProducts[4];

layout(location = 0) out vec4 color;

// Light from all around: the sky above, the ground below.
vec3 surroundings(float upwards) {
  return mix(frame.ground.rgb, frame.sky.rgb, 0.5 + 0.5 * upwards);
}

// Linear up to a knee, then bending towards 1, so that highlights keep their shape.
vec3 compress(vec3 light) {
  const float knee = 0.8;
  vec3 over = max(light - knee, 0.0);
  return min(light, knee) + over / (1.0 + over / (1.0 - knee));
}

// Cook-Torrance with GGX, visibility and Fresnel folded into one term (Zioma, "Optimizing PBR for
// Mobile", SIGGRAPH 2015): no square root. The light's colour has been divided by pi.
vec3 lit(float nv, float nl, float lv, vec3 lightColor) {
  float lh2 = 0.5 + 0.5 * lv;
  float nh2 = min((nl + nv) * (nl + nv) / max(4.0 * lh2, 1e-4), 1.0);
  float alpha2 = material.surface.z;
  float d = nh2 * (alpha2 - 1.0) + 1.0;
  float lobe = alpha2 / (d * d * max(lh2, 0.1) * material.surface.w);
  return (diffuse + f0 * lobe) * lightColor * nl;
}

void main() {
  vec3 normal = normalAndUp.xyz;
  vec3 toEye = toEyeAndUp.xyz;
  float perNormal = inversesqrt(max(dot(normal, normal), 1e-20));
  float perToEye = inversesqrt(max(dot(toEye, toEye), 1e-20));
  float nv = dot(normal, toEye) * perNormal * perToEye;
  // Both sides of a surface are lit.
  perNormal = nv < 0.0 ? -perNormal : perNormal;
  nv = max(abs(nv), 1e-3);

  // Ambient reflection: less where rough, more at grazing angles (Schlick with roughness).
  float grazing = 1.0 - nv;
  float grazing2 = grazing * grazing;
  vec3 fresnel =
      f0 + (max(vec3(1.0 - material.surface.y), f0) - f0) * (grazing2 * grazing2 * grazing);
  float normalUp = normalAndUp.w * perNormal;
  float reflectedUp = 2.0 * nv * normalUp - toEyeAndUp.w * perToEye;
  vec3 light = diffuse * surroundings(normalUp) + fresnel * surroundings(reflectedUp);

  for (int i = 0; i < DISTANT; i++) {
    float nl = max(lightProducts[i].x * perNormal, 0.0);
    light += lit(nv, nl, lightProducts[i].y * perToEye, frame.lights[i].color.rgb);
  }
  for (int i = DISTANT; i < DISTANT + LOCAL; i++) {
    vec3 toLight = frame.lights[i].place.xyz - frame.eye.xyz + toEye;
    float distance2 = dot(toLight, toLight);
    float perToLight = inversesqrt(max(distance2, 1e-20));
    float nl = max(dot(normal, toLight) * perNormal * perToLight, 0.0);
    float lv = dot(toEye, toLight) * perToEye * perToLight;
    vec3 arriving = frame.lights[i].color.rgb / max(distance2, frame.lights[i].color.w);
    light += lit(nv, nl, lv, arriving);
  }
  color = vec4(compress(light + material.emissive.rgb), material.base.a);
}
