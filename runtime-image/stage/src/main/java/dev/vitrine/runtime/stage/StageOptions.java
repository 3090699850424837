package dev.vitrine.runtime.stage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How the stage process is run.
 *
 * @param python the interpreter that has the packages of {@code requirements.txt}
 * @param packageFolder the folder that holds the package {@code vitrine_stage}
 * @param assets the only folder that stages are read from
 * @param runParent where the process's own folder is made, best on a tmpfs: segment files lie there
 * @param confined whether the process locks itself in with Landlock; without it only trusted stages
 *     may be opened
 * @param memoryMebibytes the most address space the process may use
 * @param startLimit how long it may take to start
 * @param requestLimit how long it may take to answer before it is killed
 * @param extension the app author's code beside the stage, if there is any
 * @param restarts how often in a row it is replaced before it is given up
 */
public record StageOptions(
    Path python,
    Path packageFolder,
    Path assets,
    Path runParent,
    boolean confined,
    int memoryMebibytes,
    Duration startLimit,
    Duration requestLimit,
    Optional<ExtensionOptions> extension,
    int restarts) {

  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  /** The default limits: 8 GiB, 30 s to start, 60 s a request, 5 restarts in a row. */
  public static StageOptions of(Path python, Path packageFolder, Path assets) {
    return new StageOptions(
        python,
        packageFolder,
        assets,
        Files.isWritable(SHARED_MEMORY)
            ? SHARED_MEMORY
            : Path.of(System.getProperty("java.io.tmpdir")),
        true,
        8192,
        Duration.ofSeconds(30),
        Duration.ofSeconds(60),
        Optional.empty(),
        5);
  }

  public StageOptions withRunParent(Path folder) {
    return new StageOptions(
        python,
        packageFolder,
        assets,
        folder,
        confined,
        memoryMebibytes,
        startLimit,
        requestLimit,
        extension,
        restarts);
  }

  public StageOptions withLimits(int memoryMebibytes, Duration requestLimit) {
    return new StageOptions(
        python,
        packageFolder,
        assets,
        runParent,
        confined,
        memoryMebibytes,
        startLimit,
        requestLimit,
        extension,
        restarts);
  }

  public StageOptions withExtension(ExtensionOptions extension) {
    return new StageOptions(
        python,
        packageFolder,
        assets,
        runParent,
        confined,
        memoryMebibytes,
        startLimit,
        requestLimit,
        Optional.of(extension),
        restarts);
  }
}
