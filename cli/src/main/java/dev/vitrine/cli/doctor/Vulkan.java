package dev.vitrine.cli.doctor;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.util.List;
import java.util.stream.IntStream;

/** The loader of Vulkan (libvulkan), asked which devices there are. */
final class Vulkan implements AutoCloseable {

  private static final String LIBRARY = "libvulkan.so.1";
  private static final int SUCCESS = 0;

  /** VkStructureType, and the sizes of VkInstanceCreateInfo and VkPhysicalDeviceProperties. */
  private static final int INSTANCE_CREATE_INFO = 1;

  private static final int INSTANCE_CREATE_INFO_BYTES = 64;
  private static final int PROPERTIES_BYTES = 824;

  /** VkPhysicalDeviceProperties.apiVersion, deviceType, deviceName. */
  private static final int API_VERSION_OFFSET = 0;

  private static final int TYPE_OFFSET = 16;
  private static final int NAME_OFFSET = 20;

  /** VK_PHYSICAL_DEVICE_TYPE_CPU. */
  private static final int CPU = 4;

  private final Arena arena = Arena.ofConfined();
  private final SymbolLookup library;
  private final MemorySegment instance;

  private Vulkan() {
    library = SymbolLookup.libraryLookup(LIBRARY, arena);
    var info = arena.allocate(INSTANCE_CREATE_INFO_BYTES, Long.BYTES);
    info.set(JAVA_INT, 0, INSTANCE_CREATE_INFO);
    var result = arena.allocate(ADDRESS);
    int code = call("vkCreateInstance", info, MemorySegment.NULL, result);
    instance = code == SUCCESS ? result.get(ADDRESS, 0) : MemorySegment.NULL;
  }

  /**
   * Opens it.
   *
   * @throws IllegalArgumentException if there is no loader
   */
  static Vulkan open() {
    return new Vulkan();
  }

  /** A device that can render. */
  record Device(String name, int major, int minor, boolean onProcessor) {

    boolean isVulkan13() {
      return major > 1 || (major == 1 && minor >= 3);
    }

    private static Device of(MemorySegment properties) {
      int version = properties.get(JAVA_INT, API_VERSION_OFFSET);
      return new Device(
          properties.getString(NAME_OFFSET),
          (version >>> 22) & 0x7f,
          (version >>> 12) & 0x3ff,
          properties.get(JAVA_INT, TYPE_OFFSET) == CPU);
    }
  }

  /** All of them; none where no driver is installed. */
  List<Device> devices() {
    if (instance.equals(MemorySegment.NULL)) {
      return List.of();
    }
    var count = arena.allocate(JAVA_INT);
    call("vkEnumeratePhysicalDevices", instance, count, MemorySegment.NULL);
    var handles = arena.allocate(ADDRESS, Math.max(1, count.get(JAVA_INT, 0)));
    call("vkEnumeratePhysicalDevices", instance, count, handles);
    return IntStream.range(0, count.get(JAVA_INT, 0))
        .mapToObj(index -> device(handles.getAtIndex(ADDRESS, index)))
        .toList();
  }

  private Device device(MemorySegment handle) {
    var properties = arena.allocate(PROPERTIES_BYTES, Long.BYTES);
    run("vkGetPhysicalDeviceProperties", handle, properties);
    return Device.of(properties);
  }

  @Override
  public void close() {
    if (!instance.equals(MemorySegment.NULL)) {
      run("vkDestroyInstance", instance, MemorySegment.NULL);
    }
    arena.close();
  }

  private int call(String name, MemorySegment... arguments) {
    var type = FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
    try {
      return (int)
          Linker.nativeLinker()
              .downcallHandle(library.findOrThrow(name), type)
              .invokeExact(arguments[0], arguments[1], arguments[2]);
    } catch (Throwable e) {
      throw new IllegalStateException(name + " cannot be called", e);
    }
  }

  private void run(String name, MemorySegment first, MemorySegment second) {
    var type = FunctionDescriptor.ofVoid(ADDRESS, ADDRESS);
    try {
      Linker.nativeLinker()
          .downcallHandle(library.findOrThrow(name), type)
          .invokeExact(first, second);
    } catch (Throwable e) {
      throw new IllegalStateException(name + " cannot be called", e);
    }
  }
}
