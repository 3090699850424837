#!/bin/sh
# Compiles every GLSL shader beside this script to SPIR-V in the folder given.
set -eu
sources=$(dirname "$0")
mkdir -p "$1"
for shader in "$sources"/*.vert "$sources"/*.frag "$sources"/*.comp; do
  glslangValidator --quiet -V --target-env vulkan1.3 -o "$1/$(basename "$shader").spv" "$shader"
done
