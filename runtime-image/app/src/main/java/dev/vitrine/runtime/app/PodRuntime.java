package dev.vitrine.runtime.app;

import dev.vitrine.protocol.Assignment;
import dev.vitrine.protocol.AssignmentVerifier;
import dev.vitrine.protocol.ConnectionReport;
import dev.vitrine.protocol.ConnectionState;
import dev.vitrine.protocol.EndReason;
import dev.vitrine.protocol.RuntimeReport;
import dev.vitrine.protocol.RuntimeState;
import dev.vitrine.protocol.StageReport;
import dev.vitrine.protocol.TerminationMessage;
import dev.vitrine.protocol.ViewerReply;
import dev.vitrine.runtime.app.cluster.AssignmentDesk;
import dev.vitrine.runtime.app.cluster.PodEnvironment;
import dev.vitrine.runtime.app.cluster.Reporter;
import dev.vitrine.runtime.app.cluster.TokenEntrance;
import dev.vitrine.runtime.app.http.HealthRequests;
import dev.vitrine.runtime.app.http.Listener;
import dev.vitrine.runtime.app.http.PodRequests;
import dev.vitrine.runtime.app.http.SignalEndpoint;
import dev.vitrine.runtime.app.session.Deadline;
import dev.vitrine.runtime.app.session.SessionLife;
import dev.vitrine.runtime.app.session.SessionLife.End;
import dev.vitrine.runtime.app.session.SessionRules;
import dev.vitrine.runtime.app.session.SteadyClock;
import dev.vitrine.runtime.app.viewer.SeatRule;
import dev.vitrine.runtime.app.viewer.ViewerListener;
import dev.vitrine.runtime.engine.vk.VulkanException;
import dev.vitrine.runtime.stream.Transport;
import dev.vitrine.runtime.stream.TransportOptions;
import dev.vitrine.runtime.stream.VideoCodec;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A runtime in a pod of the cluster: serves the one session that the controller assigns to it. */
final class PodRuntime implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PodRuntime.class);
  private static final Duration LAST_REPORT_LIMIT = Duration.ofSeconds(3);

  /** Of the time of grace, which is to be the viewer's. */
  private static final Duration WHY_LIMIT = Duration.ofSeconds(1);

  private final RuntimeOptions options;
  private final PodEnvironment pod;
  private final InstantSource clock;
  private final AssignmentDesk assignments;
  private final CompletableFuture<End> over = new CompletableFuture<>();
  private final Vertx vertx = Vertx.vertx();
  private final Reporter reporter;
  private final Show show;
  private final Listener listener;
  private final Listener health;
  private volatile @Nullable CompletableFuture<String> firstPicture; // of the app's own stage
  private volatile EndReason stopping = EndReason.NODE_DRAINED;
  private @Nullable SessionLife life; // only the session's thread touches it
  private long reports; // so too
  private String newerVersion = ""; // so too

  /**
   * Opens its ports, the GPU and the app's stage, so that a session finds everything warm.
   *
   * @throws IllegalStateException if a port cannot be opened
   */
  PodRuntime(RuntimeOptions options, PodEnvironment pod, InstantSource clock) {
    this.options = options;
    this.pod = pod;
    this.clock = clock;
    assignments =
        new AssignmentDesk(
            new AssignmentVerifier(pod.file().assignmentKeys(), pod.podUid(), clock));
    reporter =
        new Reporter(
            pod.file().reportUrl(),
            pod.reportToken(),
            new Reporter.Listener() {
              @Override
              public void onSessionOver(EndReason reason) {
                end(new End(reason, "The session is over."));
              }

              @Override
              public void onNewerVersion(String version) {
                show.session().execute(() -> newerVersionIs(version));
              }

              @Override
              public void onStopping(EndReason reason) {
                stopping = reason;
              }
            });
    show =
        new Show(
            vertx,
            options,
            new TokenEntrance(assignments, clock),
            SeatRule.KEPT,
            this::nextConnection,
            new Follower(),
            this::stageChanged,
            this::renderingFailed,
            clock);
    health =
        Listener.open(
            vertx,
            options.healthPort(),
            new HealthRequests(this::missing, this::missingToBeWarm),
            null);
    // The gateway is the only one that gets here, and it has checked the page's origin.
    var signal = new SignalEndpoint((origin, host) -> true, show.desk());
    var requests =
        new PodRequests(
            assignments,
            this::begin,
            () -> CompletableFuture.supplyAsync(this::state, show.session()));
    listener = Listener.open(vertx, options.port(), requests, signal);
    firstPicture = show.open(options.stage()).toCompletableFuture();
  }

  /** Where it is assigned its session, and dialled. */
  int port() {
    return listener.port();
  }

  /** Waits for the session's end, takes leave of everybody, and says why it ended. */
  End awaitEnd() {
    var end = over.join();
    pod.terminationLog().write(new TerminationMessage(end.reason(), end.message()));
    if (!reporter.flush(LAST_REPORT_LIMIT)) {
      LOG.warn("the last report was not accepted in time");
    }
    return end;
  }

  /** Ends the session; the first reason stands. Any thread. */
  void end(End end) {
    show.session().execute(() -> endOnSession(end));
  }

  /**
   * The pod is told to stop: a viewer is warned and may stay for a while.
   *
   * @return how long that may take at most
   */
  Duration drain() {
    if (!over.isDone()) {
      askWhy();
    }
    show.session()
        .execute(
            () -> {
              if (life == null) {
                endOnSession(new End(stopping, "The session's pod was told to stop."));
              } else {
                life.stop(stopping);
              }
            });
    return pod.drain();
  }

  /** The gateway knows, and says so to whoever reports; while it is away, it is a drain. */
  private void askWhy() {
    reporter.repeat();
    if (!reporter.flush(WHY_LIMIT)) {
      LOG.info("nobody says in time why the pod is told to stop");
    }
  }

  @Override
  public void close() {
    listener.close();
    health.close();
    show.close();
    reporter.close();
    vertx.close();
  }

  private void begin(Assignment assignment) {
    show.session()
        .execute(
            () -> {
              LOG.info("serves session {}", assignment.session());
              var steady = new SteadyClock(clock, System::nanoTime);
              life =
                  new SessionLife(
                      show.session(),
                      steady,
                      new SessionRules(assignment.lifetimes(), pod.drain()),
                      show.stage().report(),
                      report -> report(assignment, report),
                      deadline -> warn(deadline, steady.instant()),
                      this::endOnSession);
              stageOf(assignment).filter(url -> !url.equals(options.stage())).ifPresent(show::open);
            });
  }

  private void warn(Deadline deadline, Instant now) {
    show.desk()
        .tell(
            new ViewerReply.Warning(
                deadline.reason(), deadline.secondsLeft(now), deadline.extendableSeconds()));
  }

  private void newerVersionIs(String version) {
    newerVersion = version;
    show.desk().tell(new ViewerReply.NewerVersion(version));
  }

  private static Optional<String> stageOf(Assignment assignment) {
    var parameters = assignment.parameters();
    return Optional.ofNullable(parameters.get("usd_stage_uri"))
        .or(() -> Optional.ofNullable(parameters.get("stage")));
  }

  private void endOnSession(End end) {
    if (over.isDone()) {
      return;
    }
    LOG.info("the session ends: {} ({})", end.reason().word(), end.message());
    if (life != null) {
      life.end(end);
    }
    show.desk().close(end.reason(), end.message());
    over.complete(end);
  }

  private void report(Assignment assignment, ConnectionReport connection) {
    var session = assignment.session();
    reports++;
    reporter.report(
        new RuntimeReport(
            session.namespace(), session.name(), session.uid(), pod.podUid(), reports, connection));
  }

  private void stageChanged(StageReport report) {
    if (life != null) {
      life.stageChanged(report);
    }
  }

  private void renderingFailed(Throwable failure) {
    boolean lost = failure instanceof VulkanException vulkan && vulkan.deviceLost();
    LOG.error("nothing can be rendered any more", failure);
    endOnSession(
        new End(
            lost ? EndReason.DEVICE_LOST : EndReason.APP_FAILED,
            "Rendering failed: " + failure.getMessage()));
  }

  /** As it stands now, what was not worth a report included. Session's thread. */
  private RuntimeState state() {
    var session = assignments.assignment().map(Assignment::session).orElse(null);
    return new RuntimeState(
        pod.podUid(),
        session,
        life != null
            ? life.report()
            : new ConnectionReport(
                ConnectionState.WAITING,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                show.stage().report()));
  }

  private Optional<String> missing() {
    var device = show.render().device().toCompletableFuture();
    if (device.isCompletedExceptionally()) {
      return Optional.of("the GPU cannot be opened");
    }
    return device.isDone() ? Optional.empty() : Optional.of("the GPU is being opened");
  }

  /** An idle pod is worth something once a viewer would see the stage, or why it is broken. */
  private Optional<String> missingToBeWarm() {
    var opening = firstPicture;
    return missing()
        .or(() -> unlessDone(opening, "the stage is being opened"))
        .or(
            () ->
                unlessDone(show.rehearsed().toCompletableFuture(), "a session is being rehearsed"));
  }

  private static Optional<String> unlessDone(@Nullable CompletableFuture<?> step, String words) {
    return step != null && step.isDone() ? Optional.empty() : Optional.of(words);
  }

  private TransportOptions nextConnection() {
    var assignment = assignments.assignment().orElseThrow();
    var addresses = new ArrayList<>(assignment.announcedAddresses());
    addresses.addAll(options.announcedAddresses());
    return new TransportOptions(
        options.video(),
        Show.codecs(),
        options.mediaPorts(),
        List.copyOf(addresses),
        assignment.iceServers());
  }

  /** Writes into the session's life what the viewer does. */
  private final class Follower implements ViewerListener {

    @Override
    public void onNewViewer() {}

    @Override
    public void onConnected(Transport transport, VideoCodec codec) {
      if (life != null) {
        life.connected(show.transportName(), codec.name());
      }
    }

    @Override
    public void onInterrupted() {
      if (life != null) {
        life.interrupted();
      }
    }

    @Override
    public void onDisconnected(boolean saidGoodbye) {
      if (life != null) {
        life.disconnected(saidGoodbye);
      }
    }

    @Override
    public void onFirstFrame() {
      if (!newerVersion.isEmpty()) {
        show.desk().tell(new ViewerReply.NewerVersion(newerVersion));
      }
      if (life != null) {
        life.sawFirstFrame();
      }
    }

    @Override
    public void onMessage() {}

    @Override
    public void onInput() {
      if (life != null) {
        life.gotInput();
      }
    }

    @Override
    public ViewerReply.ExtensionReply onExtend() {
      return life != null
          ? life.extend()
          : new ViewerReply.NotExtended("No session is served here.");
    }
  }
}
