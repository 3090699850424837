package dev.vitrine.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What this machine has to work with.
 *
 * @param megabytes of memory
 */
record Machine(int cores, long megabytes) {

  private static final int FEWEST_CORES = 2;
  private static final int LEAST_MEGABYTES = 2048;
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final Pattern TOTAL = Pattern.compile("MemTotal: +([0-9]+) kB");

  /** This one. */
  static Machine here() throws IOException {
    var total = TOTAL.matcher(Files.readString(MEMORY));
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        total.find() ? Long.parseLong(total.group(1)) / 1024 : 0);
  }

  Finding processor() {
    var found = cores + (cores == 1 ? " core" : " cores");
    return cores < FEWEST_CORES
        ? Finding.note("processor", found, "pictures stutter without a second core or a GPU")
        : Finding.ok("processor", found);
  }

  Finding memory() {
    var found = megabytes + " MB";
    return megabytes < LEAST_MEGABYTES
        ? Finding.broken(
            "memory", found, "a runtime with a stage takes up to %d MB".formatted(LEAST_MEGABYTES))
        : Finding.ok("memory", found);
  }
}
