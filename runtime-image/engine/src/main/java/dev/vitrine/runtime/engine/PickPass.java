package dev.vitrine.runtime.engine;

import dev.vitrine.runtime.engine.camera.Camera;
import dev.vitrine.runtime.engine.vk.Buffer;
import dev.vitrine.runtime.engine.vk.BufferUse;
import dev.vitrine.runtime.engine.vk.CommandBuffer;
import dev.vitrine.runtime.engine.vk.Gpu;
import dev.vitrine.runtime.engine.vk.GpuScope;
import dev.vitrine.runtime.engine.vk.ImageUse;
import dev.vitrine.runtime.engine.vk.MemoryKind;
import java.lang.foreign.ValueLayout;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.function.Predicate;

/** Finds out which prims are in an area of the picture, once: it has memory for one question. */
final class PickPass implements GpuScope.Owned {

  private static final long ID_BYTES = 4;

  private final ScenePass scenePass;
  private final PictureArea area;
  private final Buffer ids;

  /**
   * @param area within the picture
   */
  PickPass(Gpu gpu, ScenePass scenePass, PictureArea area) {
    this.scenePass = scenePass;
    this.area = area;
    this.ids =
        Buffer.create(
            gpu,
            ID_BYTES * area.width() * area.height(),
            Buffer.Usage.STORAGE,
            MemoryKind.READBACK);
  }

  /**
   * Records the question. What may not be picked hides what is behind it, unless it is see-through.
   */
  void record(
      CommandBuffer commands, RenderTarget target, Camera camera, Predicate<String> pickable) {
    var shown =
        scenePass.drawList().only((owner, seeThrough) -> !seeThrough || pickable.test(owner));
    scenePass.recordIds(commands, target, area, shown.seenFirstFrom(camera.eye()));
    commands.transition(target.ids(), ImageUse.COLOR_TARGET, ImageUse.COPY_READ);
    commands.copy(target.ids(), area.x(), area.y(), area.width(), area.height(), ids);
    commands.barrier(BufferUse.COPY_WRITE, BufferUse.CPU_READ);
  }

  /** The prims in the area, in the order of their paths, once the GPU is done. */
  List<String> prims() {
    var owners = scenePass.drawList().owners();
    return instances().stream().map(id -> owner(owners, id)).distinct().sorted().toList();
  }

  private Set<Integer> instances() {
    var found = new HashSet<Integer>();
    int last = 0;
    for (long at = 0; at < ids.bytes(); at += ID_BYTES) {
      int id = ids.mapped().get(ValueLayout.JAVA_INT, at);
      if (id != last && id != 0) {
        found.add(id - 1);
      }
      last = id;
    }
    return found;
  }

  private static String owner(NavigableMap<Integer, String> owners, int instance) {
    return owners.floorEntry(instance).getValue();
  }

  @Override
  public void close() {
    ids.close();
  }
}
