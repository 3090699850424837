package dev.vitrine.cli.image;

import com.google.cloud.tools.jib.event.progress.ProgressEventHandler.Update;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Tells how far an image has come, a tenth at a time. Layers are worked on in several threads. */
final class Progress implements Consumer<Update> {

  private final AtomicInteger told = new AtomicInteger();
  private final Consumer<String> listener;

  Progress(Consumer<String> listener) {
    this.listener = listener;
  }

  @Override
  public void accept(Update update) {
    tell((int) (update.getProgress() * 10));
  }

  void tell(int tenths) {
    int before = told.getAndAccumulate(tenths, Math::max);
    if (tenths > before) {
      listener.accept(tenths * 10 + " %");
    }
  }
}
