package dev.vitrine.runtime.app;

import dev.vitrine.protocol.BadMessageException;
import dev.vitrine.protocol.EndReason;
import dev.vitrine.protocol.TerminationMessage;
import dev.vitrine.protocol.VideoSettings;
import dev.vitrine.runtime.app.cluster.PodEnvironment;
import dev.vitrine.runtime.app.failure.Failures;
import dev.vitrine.runtime.app.watch.Watcher;
import dev.vitrine.runtime.stream.UdpPorts;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts a runtime: in a pod of the cluster, or on one machine without any; or a viewer of one. */
@Command(
    name = "vitrine-runtime",
    mixinStandardHelpOptions = true,
    description = "Streams a USD stage to a browser.")
public final class Main implements Callable<Integer> {

  private static final String DEFAULT_STAGE = "stages/vitrine.usda";
  private static final String DEFAULT_VIDEO =
      "{\"width\":1280,\"height\":720,\"fps\":30,\"kbps\":4000}";
  private static final String DEFAULT_ORIGINS = "http://localhost:5173";
  private static final int POD_HEALTH_PORT = 9090;
  private static final int POD_MEDIA_PORT = 47998;
  private static final int FAILED = 1;
  private static final int STOP_LIMIT_SECONDS = 8;

  @Option(names = "--local", description = "no cluster, even where there is one")
  private boolean local;

  @Option(names = "--port", defaultValue = "8080", description = "page and signalling (TCP)")
  private int port;

  @Option(
      names = "--signalling-port",
      description = "signalling alone, for pages served elsewhere (TCP); none by default")
  private @Nullable Integer signallingPort;

  @Option(
      names = "--public-address",
      split = ",",
      description = "address at which a browser elsewhere reaches this machine")
  private List<String> publicAddresses = List.of();

  @Option(names = "--media-port", description = "media (UDP); any free one by default")
  private @Nullable Integer mediaPort;

  @Option(names = "--stage", description = "the stage to open: a file, or a path below --assets")
  private @Nullable String stage;

  @Option(names = "--assets", description = "the only folder that stages are read from")
  private @Nullable Path assets;

  @Option(
      names = "--extension",
      paramLabel = "DIR",
      description = "a Python package whose handlers answer the page; or VITRINE_EXTENSION")
  private @Nullable Path extension;

  @Option(names = "--time-code", hidden = true, description = "paint a time code for probes")
  private boolean timeCode;

  @Option(
      names = "--rehearse",
      hidden = true,
      description = "end once all is ready: the image's build keeps what the JVM learned")
  private boolean rehearse;

  @Option(
      names = "--watch",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "ADDRESS",
      description =
          "be a viewer, and end once a picture was seen: of the runtime that signals at ADDRESS"
              + " (ws://host:8080/signal), or of the session that the environment names")
  private @Nullable String watch;

  @Option(
      names = "--seconds",
      description = "how long to watch at most, 1 to 3600; or VITRINE_WATCH_SECONDS")
  private @Nullable String seconds;

  private final Map<String, String> environment = System.getenv();
  private final InstantSource clock = InstantSource.system();

  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }

  @Override
  public Integer call() {
    // First of all, so that neither the renderer nor the stage is touched.
    if (watch != null) {
      return Watcher.watch(watch, seconds, environment) ? 0 : FAILED;
    }
    try {
      if (seconds != null) {
        throw new IllegalArgumentException("--seconds limits a watch; give --watch as well");
      }
      layOutShaders();
      var pod = local ? Optional.<PodEnvironment>empty() : PodEnvironment.read(environment);
      return pod.isPresent() ? serveSession(pod.get()) : serveLocally();
    } catch (IllegalArgumentException
        | IllegalStateException
        | UncheckedIOException
        | CompletionException e) {
      System.err.println("error: " + Failures.sentence(e));
      return FAILED;
    }
  }

  private int serveLocally() {
    try (var runtime = new LocalRuntime(options(), clock)) {
      if (rehearse) {
        runtime.address();
        runtime.awaitRehearsal();
        return runtime.showsItsStage() ? 0 : FAILED;
      }
      Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(runtime::close));
      System.out.println(runtime.address());
      runtime.await();
      return 0;
    }
  }

  private int serveSession(PodEnvironment pod) {
    var closed = new CountDownLatch(1);
    try (var runtime = new PodRuntime(options(), pod, clock)) {
      Runtime.getRuntime()
          .addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(runtime, closed)));
      return runtime.awaitEnd().reason().orderly() ? 0 : FAILED;
    } catch (IllegalArgumentException | IllegalStateException e) {
      pod.terminationLog()
          .write(new TerminationMessage(EndReason.APP_FAILED, String.valueOf(e.getMessage())));
      throw e;
    } finally {
      closed.countDown();
    }
  }

  /** The kubelet ends the pod: there is time for a word to the viewer and to the gateway. */
  private static void stop(PodRuntime runtime, CountDownLatch closed) {
    long limitSeconds = runtime.drain().toSeconds() + STOP_LIMIT_SECONDS;
    try {
      closed.await(limitSeconds, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Before the driver is loaded, which looks for them once. */
  private void layOutShaders() {
    var folder = environment.get(CompiledShaders.DRIVER_FOLDER);
    if (folder != null) {
      CompiledShaders.layOut(home().resolve("shaders"), Path.of(folder));
    }
  }

  private static Path home() {
    return Path.of(System.getProperty("vitrine.home", "/opt/vitrine"));
  }

  private RuntimeOptions options() {
    var home = home();
    var place = StagePlace.of(stageAddress(), assetsFolder(home), assets != null);
    return new RuntimeOptions(
        place.url(),
        place.process(python(home), home.resolve("runtime-image/stage/python"), extensionFolder()),
        Optional.ofNullable(environment.get("VITRINE_CACHE")).map(Path::of),
        video(),
        port,
        POD_HEALTH_PORT,
        signallingPort == null ? OptionalInt.empty() : OptionalInt.of(signallingPort),
        mediaPorts(),
        publicAddresses,
        origins(),
        timeCode || environment.containsKey("VITRINE_TIME_CODE"));
  }

  /** The folder of the extension: as told, or in the image. */
  private Optional<Path> extensionFolder() {
    return Optional.ofNullable(extension)
        .or(
            () ->
                Optional.ofNullable(environment.get("VITRINE_EXTENSION"))
                    .filter(folder -> !folder.isEmpty())
                    .map(Path::of));
  }

  private String stageAddress() {
    return stage != null ? stage : environment.getOrDefault("VITRINE_STAGE", DEFAULT_STAGE);
  }

  /** Where stages are: as told, or in the image, or in a checkout of the project. */
  private Path assetsFolder(Path home) {
    if (assets != null) {
      return assets;
    }
    var examples = home.resolve("examples");
    return Files.isDirectory(examples) ? examples : Path.of("/assets");
  }

  /** A checkout has its own environment with OpenUSD; in the image it is the system's Python. */
  private static Path python(Path home) {
    var own = home.resolve("runtime-image/stage/target/venv/bin/python3");
    return Files.isExecutable(own) ? own : Path.of("/usr/bin/python3");
  }

  private VideoSettings video() {
    try {
      return VideoSettings.parse(environment.getOrDefault("VITRINE_VIDEO", DEFAULT_VIDEO));
    } catch (BadMessageException e) {
      throw new IllegalArgumentException("VITRINE_VIDEO: " + e.getMessage(), e);
    }
  }

  private UdpPorts mediaPorts() {
    if (mediaPort != null) {
      return UdpPorts.only(mediaPort);
    }
    return local || !environment.containsKey("VITRINE_POD_UID")
        ? UdpPorts.ANY
        : UdpPorts.only(POD_MEDIA_PORT);
  }

  private Set<String> origins() {
    return Arrays.stream(environment.getOrDefault("VITRINE_ORIGINS", DEFAULT_ORIGINS).split(","))
        .map(String::strip)
        .filter(origin -> !origin.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }
}
