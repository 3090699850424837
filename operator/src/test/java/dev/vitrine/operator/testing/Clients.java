package dev.vitrine.operator.testing;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets clients do the same thing many times. */
public final class Clients {

  private static final int LIMIT_SECONDS = 600;

  /** One thing that a client does. */
  public interface Operation {

    /**
     * @param client the number of the client that does it, from 0
     * @param number of the operation, from 0
     */
    void carryOut(int client, int number) throws Exception;
  }

  private Clients() {}

  /** Each client does the next one as soon as it has done one. */
  public static Timings inTurn(int clients, int times, Operation operation) throws Exception {
    var millis = new double[times];
    var next = new AtomicInteger();
    var begin = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<CompletableFuture<Void>>();
      for (var i = 0; i < clients; i++) {
        var client = i;
        all.add(
            CompletableFuture.runAsync(
                () -> {
                  for (int n; (n = next.getAndIncrement()) < times; ) {
                    millis[n] = timed(operation, client, n, System.nanoTime());
                  }
                },
                threads));
      }
      await(all);
    }
    return new Timings(millis, secondsSince(begin));
  }

  /** One begins whenever it is due, and its time counts from then: whoever falls behind is late. */
  public static Timings atRate(double perSecond, int times, Operation operation) throws Exception {
    var millis = new double[times];
    var begin = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var timer = Executors.newSingleThreadScheduledExecutor()) {
      var all = new ArrayList<CompletableFuture<Void>>();
      for (var i = 0; i < times; i++) {
        var number = i;
        var due = begin + (long) (number / perSecond * 1e9);
        var done = new CompletableFuture<Void>();
        all.add(done);
        var _ =
            timer.schedule(
                () ->
                    CompletableFuture.runAsync(
                            () -> millis[number] = timed(operation, number, number, due), threads)
                        .whenComplete(
                            (_, failure) -> {
                              if (failure == null) {
                                done.complete(null);
                              } else {
                                done.completeExceptionally(failure);
                              }
                            }),
                Math.max(0, due - System.nanoTime()),
                NANOSECONDS);
      }
      await(all);
    }
    return new Timings(millis, secondsSince(begin));
  }

  private static double timed(Operation operation, int client, int number, long begin) {
    try {
      operation.carryOut(client, number);
      return (System.nanoTime() - begin) / 1e6;
    } catch (Exception e) {
      throw new IllegalStateException("Number %d failed: %s".formatted(number, e), e);
    }
  }

  private static void await(ArrayList<CompletableFuture<Void>> all)
      throws InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(LIMIT_SECONDS, SECONDS);
  }

  private static double secondsSince(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }
}
