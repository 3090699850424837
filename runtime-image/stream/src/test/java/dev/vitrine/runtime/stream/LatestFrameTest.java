package dev.vitrine.runtime.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LatestFrameTest {

  private static final long LONG_MILLIS = 10_000;

  private final AtomicInteger open = new AtomicInteger();
  private final LatestFrame latest = new LatestFrame();

  @AfterEach
  void no_frame_is_left_open() {
    latest.close();
    assertThat(open).hasValue(0);
  }

  @Test
  void the_newest_frame_is_taken_and_older_ones_are_closed() throws Exception {
    latest.offer(frame(1));
    latest.offer(frame(2));
    latest.offer(frame(3));

    try (var taken = latest.take(0)) {
      assertThat(taken.capturedAtNanos()).isEqualTo(3);
      assertThat(open).hasValue(1);
    }
    assertThat(latest.droppedCount()).isEqualTo(2);
    assertThat(latest.take(0)).isNull();
  }

  @Test
  void who_waits_gets_the_frame_that_comes() throws Exception {
    var taken = CompletableFuture.supplyAsync(this::takeAndClose);
    latest.offer(frame(7));

    assertThat(taken.get(10, TimeUnit.SECONDS)).isEqualTo(7);
  }

  @Test
  void closing_wakes_who_waits() throws Exception {
    var taken = CompletableFuture.supplyAsync(this::takeAndClose);
    latest.close();

    assertThat(taken.get(10, TimeUnit.SECONDS)).isEqualTo(-1);
  }

  @Test
  void a_frame_that_comes_too_late_is_closed() throws Exception {
    latest.offer(frame(1));
    latest.close();
    latest.offer(frame(2));

    assertThat(open).hasValue(0);
    assertThat(latest.take(LONG_MILLIS)).isNull();
  }

  @Test
  void a_frame_is_given_back_once() {
    var frame = frame(1);
    frame.close();
    frame.close();

    assertThat(open).hasValue(0);
  }

  @Test
  void two_threads_lose_no_frame() throws Exception {
    var taker =
        CompletableFuture.runAsync(
            () -> {
              while (!latest.isClosed()) {
                takeAndClose();
              }
            });
    for (var i = 0; i < 20_000; i++) {
      latest.offer(frame(i));
    }
    latest.close();
    taker.get(10, TimeUnit.SECONDS);
  }

  private long takeAndClose() {
    try (var frame = latest.take(LONG_MILLIS)) {
      return frame == null ? -1 : frame.capturedAtNanos();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private VideoFrame frame(long capturedAtNanos) {
    open.incrementAndGet();
    var none = ByteBuffer.allocateDirect(0);
    return new VideoFrame(
        2, 2, new I420Planes(none, 2, none, 1, none, 1), capturedAtNanos, open::decrementAndGet);
  }
}
