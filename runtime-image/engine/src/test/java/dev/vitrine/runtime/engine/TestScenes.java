package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.scene.Bounds;
import dev.vitrine.runtime.engine.scene.DrawData;
import dev.vitrine.runtime.engine.scene.MaterialData;
import dev.vitrine.runtime.engine.scene.Matrix4;
import dev.vitrine.runtime.engine.scene.MeshData;
import dev.vitrine.runtime.engine.scene.SceneDelta;
import dev.vitrine.runtime.engine.scene.SceneSnapshot;
import dev.vitrine.runtime.engine.scene.UpAxis;
import dev.vitrine.runtime.engine.scene.Vec3;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Small scenes made of cubes and spheres. */
final class TestScenes {

  static final Bounds UNIT = new Bounds(new Vec3(-0.5, -0.5, -0.5), new Vec3(0.5, 0.5, 0.5));

  private TestScenes() {}

  /** A cube with sides of length 1 around the origin. */
  static MeshData cube(int id) {
    return cube(id, null);
  }

  static MeshData cube(int id, Vec3 vertexColor) {
    var positions = new float[72];
    var normals = new float[72];
    var indices = new int[36];
    int vertex = 0;
    int index = 0;
    for (int face = 0; face < 6; face++) {
      int axis = face / 2;
      float side = face % 2 == 0 ? 1 : -1;
      for (int corner = 0; corner < 4; corner++) {
        float u = corner == 1 || corner == 2 ? 0.5f : -0.5f;
        float v = corner >= 2 ? 0.5f : -0.5f;
        positions[vertex * 3 + axis] = side / 2;
        positions[vertex * 3 + (axis + 1) % 3] = u * side;
        positions[vertex * 3 + (axis + 2) % 3] = v;
        normals[vertex * 3 + axis] = side;
        vertex++;
      }
      for (int step : new int[] {0, 1, 2, 0, 2, 3}) {
        indices[index++] = face * 4 + step;
      }
    }
    return mesh(
        id,
        positions,
        normals,
        vertexColor == null ? null : colors(24, vertexColor),
        indices,
        UNIT);
  }

  /** A sphere of radius 1/2 around the origin. */
  static MeshData sphere(int id, int rings) {
    int around = rings * 2;
    var positions = new float[(rings + 1) * (around + 1) * 3];
    var normals = new float[positions.length];
    int at = 0;
    for (int ring = 0; ring <= rings; ring++) {
      for (int step = 0; step <= around; step++) {
        double polar = Math.PI * ring / rings;
        double turn = 2 * Math.PI * step / around;
        double[] normal = {
          Math.sin(polar) * Math.sin(turn), Math.cos(polar), Math.sin(polar) * Math.cos(turn)
        };
        for (double component : normal) {
          normals[at] = (float) component;
          positions[at++] = (float) component / 2;
        }
      }
    }
    var indices = new int[rings * around * 6];
    int index = 0;
    for (int ring = 0; ring < rings; ring++) {
      for (int step = 0; step < around; step++) {
        int corner = ring * (around + 1) + step;
        int below = corner + around + 1;
        for (int next : new int[] {corner, below, below + 1, corner, below + 1, corner + 1}) {
          indices[index++] = next;
        }
      }
    }
    return mesh(id, positions, normals, null, indices, UNIT);
  }

  static MeshData mesh(
      int id, float[] positions, float[] normals, float[] colors, int[] indices, Bounds bounds) {
    return new MeshData(
        id,
        MemorySegment.ofArray(positions),
        MemorySegment.ofArray(normals),
        null,
        colors == null ? null : MemorySegment.ofArray(colors),
        MemorySegment.ofArray(indices),
        List.of(),
        bounds,
        false);
  }

  static float[] colors(int vertices, Vec3 color) {
    var colors = new float[vertices * 3];
    for (int i = 0; i < vertices; i++) {
      colors[i * 3] = (float) color.x();
      colors[i * 3 + 1] = (float) color.y();
      colors[i * 3 + 2] = (float) color.z();
    }
    return colors;
  }

  static DrawData draw(String owner, int meshId, int materialId, Matrix4... transforms) {
    var floats = new float[transforms.length * 16];
    for (int i = 0; i < transforms.length; i++) {
      System.arraycopy(transforms[i].toFloats(), 0, floats, i * 16, 16);
    }
    return new DrawData(owner, meshId, materialId, MemorySegment.ofArray(floats));
  }

  static Matrix4 at(double x, double y, double z) {
    return Matrix4.translation(new Vec3(x, y, z));
  }

  static SceneSnapshot snapshot(
      List<MeshData> meshes, List<MaterialData> materials, List<DrawData> draws) {
    return new SceneSnapshot(UpAxis.Y, 1, meshes, materials, draws, List.of(), List.of());
  }

  /** One cube of one colour at the origin. */
  static SceneSnapshot cubeOf(Vec3 color) {
    return snapshot(
        List.of(cube(1)),
        List.of(MaterialData.plain(1, color)),
        List.of(draw("/World/Cube", 1, 1, Matrix4.IDENTITY)));
  }

  static SceneDelta replaced(String prim, DrawData... draws) {
    return new SceneDelta(
        List.of(prim), List.of(), List.of(), List.of(), List.of(draws), List.of(), List.of());
  }

  /** Balls of many materials on a floor: something to look at and to measure with. */
  static SceneSnapshot gallery() {
    var materials = new ArrayList<MaterialData>();
    var draws = new ArrayList<DrawData>();
    materials.add(MaterialData.plain(0, new Vec3(0.35, 0.36, 0.38)));
    draws.add(
        draw(
            "/World/Floor",
            0,
            0,
            Matrix4.ofColumns(9, 0, 0, 0, 0, 0.1, 0, 0, 0, 0, 6, 0, 0, -0.55, 0, 1)));
    int id = 1;
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 6; column++) {
        double roughness = 0.05 + 0.18 * column;
        Vec3 color = row == 0 ? new Vec3(0.9, 0.62, 0.25) : new Vec3(0.7, 0.08, 0.06);
        double opacity = row == 2 ? 0.35 + 0.1 * column : 1;
        Vec3 shown = row == 2 ? new Vec3(0.1, 0.35, 0.8) : color;
        materials.add(
            new MaterialData(id, shown, false, row == 0 ? 1 : 0, roughness, Vec3.ZERO, opacity, 0));
        draws.add(draw("/World/Ball" + id, 1, id, at(column * 1.25 - 3.125, 0, row * 1.4 - 1.4)));
        id++;
      }
    }
    return snapshot(List.of(cube(0), sphere(1, 48)), materials, draws);
  }
}
