package dev.vitrine.cli.doctor;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What makes pictures and video here.
 *
 * @param loader whether Vulkan can be asked at all
 * @param devices what it has to render on
 * @param nvidia whether the machine has an NVIDIA GPU, whatever its drivers
 * @param nvenc whether NVIDIA's encoder can be loaded
 */
record Graphics(boolean loader, List<Vulkan.Device> devices, boolean nvidia, boolean nvenc) {

  private static final String CAPABILITIES =
      "in a container NVIDIA_DRIVER_CAPABILITIES must be graphics,video,compute,utility, and libX11"
          + " and libXext must be there; on a machine install NVIDIA's driver";

  /** This machine's. */
  static Graphics here(boolean nvidia) {
    try (var vulkan = Vulkan.open()) {
      return new Graphics(true, vulkan.devices(), nvidia, canLoad("libnvidia-encode.so.1"));
    } catch (IllegalArgumentException e) {
      return new Graphics(false, List.of(), nvidia, canLoad("libnvidia-encode.so.1"));
    }
  }

  Finding rendering() {
    if (!loader) {
      return Finding.broken(
          "vulkan", "no loader", "apt-get install libvulkan1 mesa-vulkan-drivers");
    }
    var capable = devices.stream().filter(Vulkan.Device::isVulkan13).toList();
    if (capable.isEmpty()) {
      return Finding.broken(
          "vulkan",
          devices.isEmpty() ? "no device" : "no device with Vulkan 1.3: " + names(devices),
          "apt-get install mesa-vulkan-drivers, or the driver of your GPU");
    }
    if (capable.stream().allMatch(Vulkan.Device::onProcessor)) {
      return nvidia
          ? Finding.broken("vulkan", "an NVIDIA GPU that Vulkan does not see", CAPABILITIES)
          : Finding.note(
              "vulkan", names(capable), "pictures are made by the processor; a GPU makes more");
    }
    return Finding.ok("vulkan", names(capable));
  }

  Finding encoding() {
    if (nvenc) {
      return Finding.ok("nvenc", "there");
    }
    return nvidia
        ? Finding.broken("nvenc", "an NVIDIA GPU without its encoder", CAPABILITIES)
        : Finding.note("nvenc", "not there", "video is encoded by the processor");
  }

  private static String names(List<Vulkan.Device> devices) {
    return devices.stream()
        .map(device -> "%s (%d.%d)".formatted(device.name(), device.major(), device.minor()))
        .collect(Collectors.joining(", "));
  }

  private static boolean canLoad(String library) {
    try (var arena = Arena.ofConfined()) {
      SymbolLookup.libraryLookup(library, arena);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
