package dev.vitrine.runtime.app.watch;

import dev.vitrine.runtime.app.failure.Failures;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/** Waits, within a limit. */
final class Patience {

  private Patience() {}

  /**
   * Waits for a result; one that is not waited for any longer is cancelled.
   *
   * @param late what it means that the time is over
   * @param broken what a failure means that is no setback yet
   */
  static <T> T await(
      CompletionStage<T> stage,
      Duration limit,
      Supplier<SetbackException> late,
      Function<Throwable, SetbackException> broken)
      throws SetbackException {
    var future = stage.toCompletableFuture();
    try {
      return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      future.cancel(true);
      throw late.get();
    } catch (ExecutionException e) {
      var cause = Failures.cause(e.getCause() == null ? e : e.getCause());
      throw cause instanceof SetbackException setback ? setback : broken.apply(cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SetbackException.lasting("The watch was interrupted.");
    }
  }
}
