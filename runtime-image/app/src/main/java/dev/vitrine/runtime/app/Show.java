package dev.vitrine.runtime.app;

import dev.vitrine.protocol.AppMessage;
import dev.vitrine.protocol.EndReason;
import dev.vitrine.protocol.StageReport;
import dev.vitrine.protocol.StageState;
import dev.vitrine.protocol.ViewerReply;
import dev.vitrine.runtime.app.failure.Failures;
import dev.vitrine.runtime.app.picture.Cameraman;
import dev.vitrine.runtime.app.picture.RenderLoop;
import dev.vitrine.runtime.app.picture.TransportAudience;
import dev.vitrine.runtime.app.selection.SelectionHost;
import dev.vitrine.runtime.app.session.Attendance;
import dev.vitrine.runtime.app.session.SessionThread;
import dev.vitrine.runtime.app.stage.StageHost;
import dev.vitrine.runtime.app.viewer.Conversation;
import dev.vitrine.runtime.app.viewer.Entrance;
import dev.vitrine.runtime.app.viewer.SeatRule;
import dev.vitrine.runtime.app.viewer.ViewerDesk;
import dev.vitrine.runtime.app.viewer.ViewerListener;
import dev.vitrine.runtime.engine.PictureSize;
import dev.vitrine.runtime.engine.RendererOptions;
import dev.vitrine.runtime.stage.SceneCache;
import dev.vitrine.runtime.stream.Transport;
import dev.vitrine.runtime.stream.TransportFactory;
import dev.vitrine.runtime.stream.TransportOptions;
import dev.vitrine.runtime.stream.VideoCodec;
import dev.vitrine.runtime.stream.webrtc.WebRtcTransportFactory;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of a picture, put together: the stage process composes, the renderer draws, the transport
 * carries, the desk seats the one viewer. What local mode and a pod have in common.
 */
final class Show implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Show.class);
  private static final int SECRET_BYTES = 24;

  /** Of kept scenes, all together. */
  private static final long SCENE_BYTES = 1L << 30;

  private final SessionThread session;
  private final RenderLoop render;
  private final SelectionHost selection;
  private final StageHost stage;
  private final Attendance attendance;
  private final TransportFactory transports;
  private final ViewerDesk desk;
  private final Rehearsal rehearsal;

  /**
   * Starts everything.
   *
   * @param connections how the next viewer is reached; asked for each
   * @param listener told how the viewer fares, on the session's thread
   * @param stageChanged told how the stage stands, on the session's thread
   * @param renderingFailed told when nothing can be rendered any more, on the session's thread
   */
  Show(
      Vertx vertx,
      RuntimeOptions options,
      Entrance entrance,
      SeatRule seatRule,
      Supplier<TransportOptions> connections,
      ViewerListener listener,
      Consumer<StageReport> stageChanged,
      Consumer<Throwable> renderingFailed,
      InstantSource clock) {
    var size = new PictureSize(options.video().width(), options.video().height());
    var cameraman = new Cameraman(size.aspect());
    session = new SessionThread();
    render =
        new RenderLoop(
            RendererOptions.DEFAULT,
            size,
            options.video().fps(),
            cameraman::camera,
            failure -> session.execute(() -> renderingFailed.accept(failure)));
    var scenes =
        options
            .cache()
            .map(
                folder ->
                    new SceneCache(
                        folder.resolve("scenes"), options.stageProcess(), SCENE_BYTES, clock));
    selection = new SelectionHost(render, cameraman, size);
    stage = new StageHost(options.stageProcess(), scenes, render, cameraman, selection, clock);
    attendance = new Attendance(session, stage::startSession, stage::endSession);
    transports = new WebRtcTransportFactory();
    var partner = new Conversation.Partner(stage, cameraman, render, selection);
    desk =
        new ViewerDesk(
            session,
            entrance,
            seatRule,
            Show::newSecret,
            transports,
            connections,
            partner,
            new Watching(listener, options.timeCode()));
    rehearsal = new Rehearsal(vertx, transports, partner, clock);
    // After the GPU, which a pod must have open to be ready.
    render
        .device()
        .thenRun(rehearsal::begin)
        .exceptionally(
            failed -> {
              LOG.warn("nothing was rehearsed: {}", Failures.sentence(failed));
              return null;
            });
    stage.follow(report -> session.execute(() -> tellOfStage(report, stageChanged)));
    stage.loading().follow(reply -> session.execute(() -> desk.tell(reply)));
    stage.extension().follow(reply -> session.execute(() -> desk.tell(reply)));
    selection.follow(
        prims -> session.execute(() -> desk.tell(new ViewerReply.StageSelectionChanged(prims))));
  }

  /** The codecs that may be used, the most wanted first. */
  static List<VideoCodec> codecs() {
    return List.of(VideoCodec.H264, VideoCodec.VP8, VideoCodec.VP9);
  }

  SessionThread session() {
    return session;
  }

  RenderLoop render() {
    return render;
  }

  StageHost stage() {
    return stage;
  }

  ViewerDesk desk() {
    return desk;
  }

  /**
   * Done once the first viewer does not have to wait for what a process does for the first time.
   */
  CompletionStage<Boolean> rehearsed() {
    return rehearsal.over();
  }

  String transportName() {
    return transports.name();
  }

  /**
   * Opens the stage to begin with; what is wrong with it is told like every change of it.
   *
   * @return done once it is shown or known to be broken
   */
  CompletionStage<String> open(String url) {
    return stage
        .open(url)
        .exceptionally(
            failed -> {
              LOG.error("{}", Failures.sentence(failed));
              return url;
            });
  }

  /** The stage's files were saved: shows it as they are now, or tells the viewer why not. */
  void refreshStage() {
    var unused =
        stage
            .refresh()
            .exceptionally(
                failed -> {
                  var sentence = Failures.sentence(failed);
                  LOG.warn("{}", sentence);
                  if (stage.report().state() == StageState.READY) { // otherwise its state is told
                    var told = new ViewerReply.ViewerError(AppMessage.STAGE, sentence);
                    session.execute(() -> desk.tell(told));
                  }
                  return "";
                });
  }

  @Override
  public void close() {
    session.execute(
        () -> {
          desk.close(EndReason.APP_EXITED, "The viewer was stopped.");
          attendance.finish();
        });
    session.close();
    render.close();
    stage.close();
    if (rehearsal.cancel()) {
      transports.close(); // one that is in use must not be freed
    }
  }

  private void tellOfStage(StageReport report, Consumer<StageReport> stageChanged) {
    desk.tell(stageState(report));
    stageChanged.accept(report);
  }

  /** A page that was loaded again does not know what its viewer has selected. */
  private void tellSelection() {
    var unused =
        selection
            .prims()
            .thenAccept(
                prims -> {
                  if (!prims.isEmpty()) {
                    session.execute(() -> desk.tell(new ViewerReply.StageSelectionChanged(prims)));
                  }
                });
  }

  private static ViewerReply stageState(StageReport report) {
    return new ViewerReply.StageStateChanged(
        report.state(), Optional.ofNullable(report.error()).orElse(""));
  }

  private static String newSecret() {
    var bytes = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Has the renderer draw for whoever is connected, and for nobody else. */
  private final class Watching implements ViewerListener {

    private final ViewerListener listener;
    private final boolean timeCode;

    Watching(ViewerListener listener, boolean timeCode) {
      this.listener = listener;
      this.timeCode = timeCode;
    }

    @Override
    public void onNewViewer() {
      attendance.finish();
      selection.beginAnew();
      listener.onNewViewer();
    }

    @Override
    public void onConnected(Transport transport, VideoCodec codec) {
      attendance.stay();
      watch(new TransportAudience(transport, codec, timeCode, selection::band));
      listener.onConnected(transport, codec);
    }

    @Override
    public void onInterrupted() {
      watch(null);
      listener.onInterrupted();
    }

    @Override
    public void onDisconnected(boolean saidGoodbye) {
      attendance.leave();
      watch(null);
      listener.onDisconnected(saidGoodbye);
    }

    @Override
    public void onFirstFrame() {
      if (stage.report().state() != StageState.READY) {
        desk.tell(stageState(stage.report()));
      }
      tellSelection();
      attendance.begin();
      listener.onFirstFrame();
    }

    @Override
    public void onMessage() {
      attendance.begin();
    }

    @Override
    public void onInput() {
      listener.onInput();
    }

    @Override
    public ViewerReply.ExtensionReply onExtend() {
      return listener.onExtend();
    }

    private void watch(@Nullable TransportAudience audience) {
      render
          .showTo(audience)
          .whenComplete(
              (done, failed) -> {
                if (failed != null) {
                  LOG.error("the picture could not be switched", failed);
                }
              });
    }
  }
}
