package dev.vitrine.runtime.app.stage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.protocol.AppMessage;
import dev.vitrine.protocol.StageReport;
import dev.vitrine.protocol.StageState;
import dev.vitrine.protocol.ViewerReply;
import dev.vitrine.runtime.app.failure.Failures;
import dev.vitrine.runtime.app.picture.Cameraman;
import dev.vitrine.runtime.app.picture.RenderLoop;
import dev.vitrine.runtime.app.selection.SelectionHost;
import dev.vitrine.runtime.engine.Renderer;
import dev.vitrine.runtime.stage.OpenedStage;
import dev.vitrine.runtime.stage.SceneCache;
import dev.vitrine.runtime.stage.StageChildren;
import dev.vitrine.runtime.stage.StageListener;
import dev.vitrine.runtime.stage.StageOptions;
import dev.vitrine.runtime.stage.StageProcess;
import dev.vitrine.runtime.stage.StageProperties;
import dev.vitrine.runtime.stage.StageVariantSet;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stage that is shown: opens it in the stage process, hands its scene to the renderer, and
 * tells how it stands. Safe for use by several threads.
 */
public final class StageHost implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StageHost.class);

  private static final int END_LIMIT_SECONDS = 2;

  private final RenderLoop render;
  private final Cameraman cameraman;
  private final SelectionHost selection;
  private final ExtensionTalk extension = new ExtensionTalk();
  private final LoadingTalk loading = new LoadingTalk(System::nanoTime);
  private final EditedScenes edits;
  private final StageFiles files;
  private final StageProcess process;
  private final Optional<SceneCache> scenes;
  private volatile Consumer<StageReport> follower = report -> {};
  private @Nullable StageReport shown;
  private long newest;
  private volatile CompletionStage<?> composing = CompletableFuture.completedFuture(false);
  // Only the render thread touches these.
  private @Nullable Opening drawn; // whose scene is on the screen, as it was opened
  private @Nullable Opening selecting; // in whose scene, edited or not, prims are selected
  private volatile StageReport report = new StageReport("", StageState.STARTING, null);
  private volatile CompletionStage<Boolean> ending = CompletableFuture.completedFuture(false);

  /**
   * Starts the stage process.
   *
   * @param scenes scenes of stages that were composed before, if such are kept
   */
  public StageHost(
      StageOptions options,
      Optional<SceneCache> scenes,
      RenderLoop render,
      Cameraman cameraman,
      SelectionHost selection,
      InstantSource clock) {
    this.scenes = scenes;
    this.render = render;
    this.cameraman = cameraman;
    this.selection = selection;
    this.edits = new EditedScenes(render, this::drewEdit);
    this.files = new StageFiles(options.assets());
    this.process = StageProcess.start(options, new Follower(), clock);
  }

  /** How the stage stands. */
  public StageReport report() {
    return report;
  }

  /**
   * Tells one follower how the stage stands, now and after every change.
   *
   * @param follower called on any thread; returns quickly
   */
  public void follow(Consumer<StageReport> follower) {
    this.follower = follower;
    follower.accept(report);
  }

  /**
   * Shows a stage, with the camera framed on it. If that fails there is none: the report says so.
   *
   * @param url relative to the assets folder; empty for a new, empty stage
   * @return the same address once its first picture can be made; a failure's message is a sentence
   *     for the viewer
   */
  public CompletionStage<String> open(String url) {
    return open(url, sentence -> new StageReport(url, StageState.FAILED, sentence));
  }

  /** As {@link #open}, but if it fails the stage that was shown stays. */
  public CompletionStage<String> replace(String url) {
    return open(url, sentence -> shownOr(new StageReport(url, StageState.FAILED, sentence)));
  }

  private CompletionStage<String> open(String url, Function<String, StageReport> afterFailure) {
    var opening = begin(url);
    var composed =
        process
            .open(url, opening.progress)
            .thenCompose(stage -> show(stage, opening))
            .whenComplete(
                (done, failed) ->
                    finish(
                        opening,
                        failed == null
                            ? new StageReport(url, StageState.READY, null)
                            : afterFailure.apply(Failures.sentence(failed))))
            .toCompletableFuture();
    composing = composed;
    var picture = new CompletableFuture<String>();
    var unused = composed.whenComplete((done, failed) -> complete(picture, done, failed));
    scenes.ifPresent(
        cache ->
            Thread.ofVirtual()
                .name("find-scene")
                .start(() -> cache.find(url).ifPresent(kept -> showKept(kept, opening, picture))));
    return picture;
  }

  /**
   * Shows the stage as its files are now: where it is shown, with camera and edits as they are, and
   * otherwise as by {@link #open}.
   *
   * @return its address; a failure's message says what is wrong with the files, and the picture
   *     stays
   */
  public CompletionStage<String> refresh() {
    return composing.handle((done, failed) -> true).thenCompose(opened -> refreshOpened());
  }

  private CompletionStage<String> refreshOpened() {
    var now = report;
    if (now.state() == StageState.FAILED) {
      return open(now.url());
    }
    return process
        .refresh()
        .thenCompose(
            changed ->
                changed.isPresent()
                    ? showAgain(changed.get())
                    : CompletableFuture.completedStage(now.url()));
  }

  /** The files that the stage was read from, after that of the stage, which may be unreadable. */
  public List<Path> sources() {
    return files.of(report.url());
  }

  /** A scene that was kept, until the stage has been composed. */
  private void showKept(OpenedStage stage, Opening opening, CompletableFuture<String> picture) {
    render
        .with(
            renderer -> {
              boolean wanted = !opening.composed && isAwaited(opening);
              if (wanted) {
                opening.kept = OptionalLong.of(stage.checksum());
                frame(opening, stage, renderer);
              }
              return wanted;
            })
        .whenComplete(
            (wanted, failed) -> {
              stage.close();
              if (failed != null) {
                LOG.warn("a kept scene cannot be shown: {}", Failures.sentence(failed));
              } else if (wanted) {
                showsKept(opening, stage.url());
                picture.complete(stage.url());
              }
            });
  }

  private CompletionStage<String> show(OpenedStage stage, Opening opening) {
    stage.warnings().forEach(warning -> LOG.warn("stage {}: {}", stage.url(), warning));
    files.read(stage.sources());
    edits.drop();
    return render
        .with(
            renderer -> {
              opening.composed = true;
              boolean overtaken = drawn != null && drawn.number > opening.number;
              opening.asKept =
                  drawn == opening && opening.kept.equals(OptionalLong.of(stage.checksum()));
              if (!overtaken && !opening.asKept) {
                frame(opening, stage, renderer);
              }
              return stage.url();
            })
        .whenComplete(
            (done, failed) -> {
              if (failed != null || opening.asKept) {
                stage.close();
              } else {
                keep(stage);
              }
            });
  }

  private void frame(Opening opening, OpenedStage stage, Renderer renderer) {
    renderer.apply(stage.scene());
    drawn = opening;
    if (selecting == opening) {
      selection.sceneChanged(renderer);
    } else {
      selecting = opening;
      selection.stageChanged(renderer);
    }
    cameraman.frame(renderer.bounds(), renderer.upAxis());
    render.rehearse(renderer);
  }

  /** The scene is a view of the stage's memory, which is given back in any case. */
  private void keep(OpenedStage stage) {
    if (scenes.isEmpty()) {
      stage.close();
      return;
    }
    Thread.ofVirtual()
        .name("keep-scene")
        .start(
            () -> {
              try (stage) {
                scenes.get().keep(stage);
              }
            });
  }

  private synchronized boolean isAwaited(Opening opening) {
    return opening.number == newest && !opening.over;
  }

  /** Composition may have ended meanwhile, in whatever way: then it has the last word. */
  private synchronized void showsKept(Opening opening, String url) {
    if (!opening.over) {
      LOG.info("shows stage {} as it was kept, while it is composed", url);
      finish(opening.number, new StageReport(url, StageState.READY, null));
    }
  }

  private synchronized Opening begin(String url) {
    newest++;
    var opening = new Opening(newest, loading.begin());
    change(new StageReport(url, StageState.STARTING, null));
    return opening;
  }

  private synchronized void finish(Opening opening, StageReport outcome) {
    opening.over = true;
    finish(opening.number, outcome);
  }

  /** Of requests that overtook one another, only the last one's outcome is the state. */
  private synchronized void finish(long number, StageReport outcome) {
    if (outcome.state() == StageState.READY) {
      shown = outcome;
    }
    if (number == newest) {
      loading.end();
      change(outcome);
    }
  }

  private synchronized StageReport shownOr(StageReport otherwise) {
    return shown == null ? otherwise : shown;
  }

  /** The children of a prim; see {@link StageProcess#children}. */
  public CompletionStage<StageChildren> children(String path, List<String> filters) {
    return process.children(path, filters);
  }

  /** The properties of a prim; see {@link StageProcess#properties}. */
  public CompletionStage<StageProperties> properties(String path) {
    return process.properties(path);
  }

  /** Sets an attribute; see {@link StageProcess#setProperty}. */
  public CompletionStage<Boolean> setProperty(String path, String name, JsonNode value) {
    return process.setProperty(path, name, value);
  }

  /** The variant sets of a prim; see {@link StageProcess#variants}. */
  public CompletionStage<List<StageVariantSet>> variants(String path) {
    return process.variants(path);
  }

  /** Chooses a variant; see {@link StageProcess#setVariant}. */
  public CompletionStage<Boolean> setVariant(String path, String variantSet, String variant) {
    return process.setVariant(path, variantSet, variant);
  }

  /** How far loading has come. */
  public LoadingTalk loading() {
    return loading;
  }

  /** What the extension says of itself. */
  public ExtensionTalk extension() {
    return extension;
  }

  /**
   * Has the extension answer a message.
   *
   * @param asker is told the answers, and why there is none; on any thread
   * @return whether the stage was edited; cancelled before the extension's turn it is not called,
   *     and nobody is told
   */
  public CompletableFuture<Boolean> handle(AppMessage message, Consumer<ViewerReply> asker) {
    var type = message.eventType();
    var handling =
        process.handle(type, message.payload(), said -> asker.accept(ExtensionTalk.checked(said)));
    var unused =
        handling.exceptionally(
            failed -> {
              if (!handling.isCancelled()) {
                asker.accept(new ViewerReply.ViewerError(type, Failures.sentence(failed)));
              }
              return false;
            });
    return handling;
  }

  /** Tells the extension that a viewer's session starts; the page is told if that fails. */
  public void startSession() {
    var unused =
        process
            .startSession()
            .exceptionally(
                failed -> {
                  extension.failed(Failures.sentence(failed));
                  return false;
                });
  }

  /** Tells the extension that the viewer's session ends; who comes next hears nothing of it. */
  public void endSession() {
    ending =
        process
            .endSession()
            .exceptionally(
                failed -> {
                  LOG.warn("a session's end failed: {}", Failures.sentence(failed));
                  return false;
                });
  }

  /** Loads the extension's code anew; the camera stays. */
  public void reloadExtension() {
    process.reload();
  }

  /** Ends the process; a session's end that it has been told of may take a moment. */
  @Override
  public void close() {
    try {
      ending.toCompletableFuture().get(END_LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("the extension took too long over the session's end");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.close();
    edits.drop();
  }

  /** The stage as it is now, of a process that was started anew or of files that have changed. */
  private CompletionStage<String> showAgain(OpenedStage stage) {
    stage.warnings().forEach(warning -> LOG.warn("stage {}: {}", stage.url(), warning));
    files.read(stage.sources());
    edits.drop();
    return render
        .with(
            renderer -> {
              renderer.apply(stage.scene());
              drewEdit(renderer);
              render.rehearse(renderer);
              return stage.url();
            })
        // The scene is a view of the stage's memory, and has been read by now.
        .whenComplete((done, failed) -> stage.close());
  }

  /** What is drawn is not what was opened any more, but still the same stage. Render thread. */
  private void drewEdit(Renderer renderer) {
    drawn = null;
    selection.sceneChanged(renderer);
  }

  private void change(StageReport next) {
    if (next.equals(report)) {
      return;
    }
    report = next;
    follower.accept(next);
  }

  private static void complete(
      CompletableFuture<String> picture, @Nullable String url, @Nullable Throwable failed) {
    if (failed == null) {
      picture.complete(url);
    } else {
      picture.completeExceptionally(failed);
    }
  }

  /** One request to open a stage. */
  private static final class Opening {

    private final long number;
    private final DoubleConsumer progress;
    private boolean over; // guarded by the host
    private boolean composed; // only the render thread touches it
    private OptionalLong kept = OptionalLong.empty(); // checksum of its kept scene; so too
    private boolean asKept; // what was composed is what was kept; so too

    Opening(long number, DoubleConsumer progress) {
      this.number = number;
      this.progress = progress;
    }
  }

  /** Follows the stage process through crashes; called on its thread. */
  private final class Follower implements StageListener {

    @Override
    public void stateChanged(dev.vitrine.runtime.stage.StageState state) {
      switch (state) {
        case dev.vitrine.runtime.stage.StageState.Starting() -> {}
        case dev.vitrine.runtime.stage.StageState.Ready() -> {}
        case dev.vitrine.runtime.stage.StageState.Restarting(var why) -> {
          // A stage that has failed is not brought back with the process.
          if (report.state() != StageState.FAILED) {
            change(new StageReport(report.url(), StageState.RESTARTING, why));
          }
        }
        case dev.vitrine.runtime.stage.StageState.Failed(var why) ->
            change(new StageReport(report.url(), StageState.FAILED, why));
      }
    }

    @Override
    public void stageReopened(OpenedStage stage) {
      // The viewer's place stays: the picture goes on where it stood.
      showAgain(stage)
          .whenComplete(
              (done, failed) ->
                  change(
                      failed == null
                          ? new StageReport(stage.url(), StageState.READY, null)
                          : new StageReport(
                              stage.url(), StageState.FAILED, Failures.sentence(failed))));
    }

    @Override
    public void stageLost(String url, String message) {
      change(new StageReport(url, StageState.FAILED, message));
    }

    @Override
    public void stageEdited(OpenedStage stage) {
      files.read(stage.sources());
      edits.show(stage);
    }

    @Override
    public void messageSent(String text) {
      extension.said(text);
    }

    @Override
    public void extensionFailed(String message) {
      extension.failed(message);
    }
  }
}
