package dev.vitrine.runtime.stream.webrtc;

import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.NativeI420Buffer;
import dev.vitrine.runtime.stream.LatestFrame;
import dev.vitrine.runtime.stream.VideoFrame;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the newest picture, copies it into libwebrtc's memory, and lets it be encoded. */
final class FramePump implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FramePump.class);
  private static final long WAIT_MILLIS = 1000;
  private static final long CLOSE_LIMIT_MILLIS = 5000;

  private final CustomVideoSource source;
  private final LatestFrame latest = new LatestFrame();
  private final AtomicLong offered = new AtomicLong();
  private final Thread thread = Thread.ofPlatform().name("encode").daemon().unstarted(this::pump);

  /** Begins to pump into the source, which stays the caller's. */
  FramePump(CustomVideoSource source) {
    this.source = source;
    thread.start();
  }

  void offer(VideoFrame frame) {
    offered.incrementAndGet();
    latest.offer(frame);
  }

  long offeredCount() {
    return offered.get();
  }

  long droppedCount() {
    return latest.droppedCount();
  }

  @Override
  public void close() {
    latest.close();
    try {
      thread.join(CLOSE_LIMIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pump() {
    try {
      while (!latest.isClosed()) {
        try (var frame = latest.take(WAIT_MILLIS)) {
          if (frame != null) {
            push(frame);
          }
        } catch (RuntimeException e) {
          LOG.warn("a picture is lost: libwebrtc did not take it", e);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void push(VideoFrame frame) {
    var buffer = NativeI420Buffer.allocate(frame.width(), frame.height());
    var copy = new dev.onvoid.webrtc.media.video.VideoFrame(buffer, frame.capturedAtNanos());
    try {
      var from = frame.planes();
      var width = frame.width();
      var height = frame.height();
      copy(from.y(), from.strideY(), buffer.getDataY(), buffer.getStrideY(), width, height);
      copy(from.u(), from.strideU(), buffer.getDataU(), buffer.getStrideU(), width / 2, height / 2);
      copy(from.v(), from.strideV(), buffer.getDataV(), buffer.getStrideV(), width / 2, height / 2);
      source.pushFrame(copy);
    } finally {
      copy.release();
    }
  }

  private static void copy(
      ByteBuffer from, int fromStride, ByteBuffer to, int toStride, int width, int height) {
    var source = MemorySegment.ofBuffer(from);
    var target = MemorySegment.ofBuffer(to);
    if (fromStride == toStride) {
      MemorySegment.copy(source, 0, target, 0, (long) fromStride * (height - 1) + width);
      return;
    }
    for (var row = 0L; row < height; row++) {
      MemorySegment.copy(source, row * fromStride, target, row * toStride, width);
    }
  }
}
