package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.scene.MeshData;
import dev.vitrine.runtime.engine.vk.Buffer;
import dev.vitrine.runtime.engine.vk.CommandBuffer;
import dev.vitrine.runtime.engine.vk.Gpu;
import dev.vitrine.runtime.engine.vk.GpuScope;
import dev.vitrine.runtime.engine.vk.MemoryKind;
import dev.vitrine.runtime.engine.vk.VertexStream;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/** The triangles of all meshes, on the GPU. */
final class MeshStore {

  /** The linear colour of a surface that says nothing about it. */
  private static final float[] UNTOLD_COLOR = {0.5f, 0.5f, 0.5f};

  private record StoredMesh(
      GeometryMemory.Range range,
      VertexStream positions,
      VertexStream normals,
      VertexStream colors,
      long indicesOffset) {}

  private final Uploader uploader;
  private final GeometryMemory memory;
  private final Buffer untoldColor;
  private final Map<Integer, StoredMesh> meshes = new HashMap<>();

  MeshStore(Gpu gpu, Uploader uploader, GpuScope scope) {
    this.uploader = uploader;
    this.memory = scope.own(new GeometryMemory(gpu));
    this.untoldColor = scope.own(Buffer.create(gpu, 12, Buffer.Usage.GEOMETRY, MemoryKind.DEVICE));
    uploader.upload(MemorySegment.ofArray(UNTOLD_COLOR), untoldColor, 0);
  }

  /** The GPU memory that a mesh takes. */
  static long bytes(MeshData mesh) {
    long colors = mesh.colors() == null ? 0 : RangeAllocator.aligned(mesh.colors().byteSize());
    return RangeAllocator.aligned(mesh.positions().byteSize())
        + RangeAllocator.aligned(mesh.normals().byteSize())
        + colors
        + RangeAllocator.aligned(mesh.indices().byteSize());
  }

  /** The GPU memory that all meshes take, including gaps. */
  long bytes() {
    return memory.bytes();
  }

  /** The GPU memory that all meshes take without gaps. */
  long usedBytes() {
    return meshes.values().stream().mapToLong(mesh -> mesh.range().bytes()).sum();
  }

  /** The GPU memory of one mesh; 0 if it is not here. */
  long bytes(int meshId) {
    var mesh = meshes.get(meshId);
    return mesh == null ? 0 : mesh.range().bytes();
  }

  void put(MeshData mesh) {
    remove(mesh.id());
    if (mesh.vertexCount() == 0 || mesh.indexCount() == 0) {
      return;
    }
    var range = memory.allocate(bytes(mesh));
    long at = range.offset();
    var positions = stream(mesh.positions(), range.buffer(), at);
    at += RangeAllocator.aligned(positions.bytes());
    var normals = stream(mesh.normals(), range.buffer(), at);
    at += RangeAllocator.aligned(normals.bytes());
    var colors = new VertexStream(untoldColor, 0, 12, 0);
    if (mesh.colors() != null) {
      colors = stream(mesh.colors(), range.buffer(), at);
      at += RangeAllocator.aligned(colors.bytes());
    }
    uploader.upload(mesh.indices(), range.buffer(), at);
    meshes.put(mesh.id(), new StoredMesh(range, positions, normals, colors, at));
  }

  private VertexStream stream(MemorySegment data, Buffer buffer, long offset) {
    uploader.upload(data, buffer, offset);
    return new VertexStream(buffer, offset, data.byteSize(), 12);
  }

  /** Forgets a mesh; an unknown one is no error. */
  void remove(int meshId) {
    var mesh = meshes.remove(meshId);
    if (mesh != null) {
      // A copy into this range may still be staged, and must not hit whoever gets the range next.
      uploader.flush();
      memory.free(mesh.range());
    }
  }

  void clear() {
    uploader.flush();
    meshes.values().forEach(mesh -> memory.free(mesh.range()));
    meshes.clear();
  }

  /** Makes a mesh the one that is drawn next; false if it has no triangles. */
  boolean bind(CommandBuffer commands, int meshId, VertexStream instances) {
    var mesh = meshes.get(meshId);
    if (mesh == null) {
      return false;
    }
    commands.bindVertices(mesh.positions(), mesh.normals(), mesh.colors(), instances);
    commands.bindIndices(mesh.range().buffer(), mesh.indicesOffset());
    return true;
  }
}
