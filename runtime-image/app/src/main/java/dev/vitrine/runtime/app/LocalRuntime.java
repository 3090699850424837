package dev.vitrine.runtime.app;

import dev.vitrine.protocol.StageState;
import dev.vitrine.runtime.app.http.Listener;
import dev.vitrine.runtime.app.http.LocalRequests;
import dev.vitrine.runtime.app.http.OriginPolicy;
import dev.vitrine.runtime.app.http.SignalEndpoint;
import dev.vitrine.runtime.app.stage.SourceWatch;
import dev.vitrine.runtime.app.viewer.Entrance;
import dev.vitrine.runtime.app.viewer.SeatRule;
import dev.vitrine.runtime.app.viewer.ViewerListener;
import dev.vitrine.runtime.stream.TransportOptions;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A runtime on one machine, without a cluster: page, signalling and stream. */
final class LocalRuntime implements AutoCloseable {

  private final CompletableFuture<Void> failure = new CompletableFuture<>();
  private final Vertx vertx = Vertx.vertx();
  private final Show show;
  private final List<Listener> listeners = new ArrayList<>(); // the page's is the first
  private final CompletionStage<String> opened;
  private final List<SourceWatch> watches = new ArrayList<>();

  /**
   * Opens its ports and the stage.
   *
   * @throws IllegalStateException if a port cannot be opened
   */
  LocalRuntime(RuntimeOptions options, InstantSource clock) {
    show =
        new Show(
            vertx,
            options,
            Entrance.open(),
            SeatRule.FREED,
            () -> connection(options),
            ViewerListener.nobody(),
            report -> {},
            failure::completeExceptionally,
            clock);
    try {
      openPorts(options);
    } catch (IllegalStateException e) {
      close();
      throw e;
    }
    opened = show.open(options.stage());
    watches.add(SourceWatch.ofFiles(show.stage()::sources, show::refreshStage));
    options
        .stageProcess()
        .extension()
        .map(own -> SourceWatch.ofPython(own.folder(), show.stage()::reloadExtension))
        .ifPresent(watches::add);
    watches.forEach(SourceWatch::begin);
  }

  private void openPorts(RuntimeOptions options) {
    var origins = new OriginPolicy(ownHosts(options), options.origins());
    var signal = new SignalEndpoint(origins, show.desk());
    listeners.add(Listener.open(vertx, options.port(), new LocalRequests(origins), signal));
    options
        .signallingPort()
        .ifPresent(port -> listeners.add(Listener.open(vertx, port, LocalRuntime::refuse, signal)));
  }

  private static void refuse(HttpServerRequest request) {
    request.response().setStatusCode(404).end("Only /signal is here.\n");
  }

  /** The page's address, once there is something to see: the GPU is open, and the stage too. */
  String address() {
    show.render().device().toCompletableFuture().join();
    opened.toCompletableFuture().join();
    return "http://127.0.0.1:%d/".formatted(listeners.getFirst().port());
  }

  /** Whether the stage to begin with can be seen. */
  boolean showsItsStage() {
    return show.stage().report().state() == StageState.READY;
  }

  /** Waits until the first viewer would not have to wait for anything. */
  void awaitRehearsal() {
    show.rehearsed().toCompletableFuture().join();
  }

  /** Waits until something breaks that cannot be mended. */
  void await() {
    failure.join();
  }

  @Override
  public void close() {
    watches.forEach(SourceWatch::close);
    listeners.forEach(Listener::close);
    show.close();
    vertx.close();
  }

  private static TransportOptions connection(RuntimeOptions options) {
    return new TransportOptions(
        options.video(),
        Show.codecs(),
        options.mediaPorts(),
        options.announcedAddresses(),
        List.of());
  }

  private static Set<String> ownHosts(RuntimeOptions options) {
    var hosts = new ArrayList<>(MachineAddresses.all());
    hosts.add("localhost");
    hosts.addAll(options.announcedAddresses());
    return Set.copyOf(hosts);
  }
}
