package dev.vitrine.runtime.stage;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what a stage process tells, for a test to take. */
final class RecordingListener implements StageListener {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final BlockingQueue<StageState> states = new LinkedBlockingQueue<>();
  private final BlockingQueue<OpenedStage> reopened = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> lost = new LinkedBlockingQueue<>();
  private final BlockingQueue<OpenedStage> edited = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();

  @Override
  public void stateChanged(StageState state) {
    states.add(state);
  }

  @Override
  public void stageReopened(OpenedStage stage) {
    reopened.add(stage);
  }

  @Override
  public void stageLost(String url, String message) {
    lost.add(url + ": " + message);
  }

  @Override
  public void stageEdited(OpenedStage stage) {
    edited.add(stage);
  }

  @Override
  public void messageSent(String text) {
    messages.add(text);
  }

  @Override
  public void extensionFailed(String message) {
    failures.add(message);
  }

  StageState nextState() throws InterruptedException {
    return next(states);
  }

  OpenedStage nextReopened() throws InterruptedException {
    return next(reopened);
  }

  String nextLost() throws InterruptedException {
    return next(lost);
  }

  OpenedStage nextEdited() throws InterruptedException {
    return next(edited);
  }

  String nextMessage() throws InterruptedException {
    return next(messages);
  }

  String nextFailure() throws InterruptedException {
    return next(failures);
  }

  private static <T> T next(BlockingQueue<T> told) throws InterruptedException {
    var next = told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing was told within " + PATIENCE);
    }
    return next;
  }
}
