package dev.vitrine.runtime.engine;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/** A picture in a slot, which goes back when the picture is closed. */
final class SlotPicture implements Picture {

  private final PictureSlot slot;
  private final PictureSlots slots;
  private final long capturedAtNanos;
  private final AtomicBoolean closed = new AtomicBoolean();

  SlotPicture(PictureSlot slot, PictureSlots slots, long capturedAtNanos) {
    this.slot = slot;
    this.slots = slots;
    this.capturedAtNanos = capturedAtNanos;
  }

  @Override
  public PictureSize size() {
    return slot.layout().size();
  }

  @Override
  public ByteBuffer luma() {
    return plane(0, slot.layout().lumaBytes());
  }

  @Override
  public ByteBuffer chromaBlue() {
    return plane(slot.layout().lumaBytes(), slot.layout().chromaBytes());
  }

  @Override
  public ByteBuffer chromaRed() {
    return plane(
        slot.layout().lumaBytes() + slot.layout().chromaBytes(), slot.layout().chromaBytes());
  }

  @Override
  public int lumaStride() {
    return slot.layout().lumaStride();
  }

  @Override
  public int chromaStride() {
    return slot.layout().chromaStride();
  }

  @Override
  public long capturedAtNanos() {
    return capturedAtNanos;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      slots.giveBack(slot);
    }
  }

  private ByteBuffer plane(int offset, int bytes) {
    if (closed.get()) {
      throw new IllegalStateException("the picture was closed: read its planes before that");
    }
    return slot.buffer().mapped().asSlice(offset, bytes).asByteBuffer();
  }
}
