package dev.vitrine.runtime.app.cluster;

import dev.vitrine.protocol.RuntimeReport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the gateway how the session stands. Only the newest report counts: it replaces an unsent
 * one, and is sent again until it is accepted.
 */
public final class Reporter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(2);
  private static final long FIRST_RETRY_MILLIS = 250;
  private static final long LONGEST_RETRY_MILLIS = 10_000;
  private static final int FIRST_ERROR = 300;
  private static final int GONE = 410;

  private final URI url;
  private final Path tokenFile;
  private final Runnable sessionIsOver;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(REQUEST_LIMIT)
          .build();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;
  private @Nullable RuntimeReport unsent;
  private boolean closing;

  /**
   * @param url the gateway's {@code /reports}
   * @param tokenFile the pod's projected token; read anew each time, because it rotates
   * @param sessionIsOver told, on any thread, when the gateway says that the session is over
   */
  public Reporter(URI url, Path tokenFile, Runnable sessionIsOver) {
    this.url = url;
    this.tokenFile = tokenFile;
    this.sessionIsOver = sessionIsOver;
    this.thread = Thread.ofVirtual().name("report").start(this::sendAsTheyCome);
  }

  /** Sends this report as soon as possible, in the place of an older one. */
  public void report(RuntimeReport report) {
    lock.lock();
    try {
      unsent = report;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until nothing is unsent, for the last report of a runtime that ends. */
  public boolean flush(Duration limit) {
    long left = limit.toNanos();
    lock.lock();
    try {
      while (unsent != null && left > 0) {
        left = changed.awaitNanos(left);
      }
      return unsent == null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    thread.interrupt();
    http.shutdownNow();
  }

  private void sendAsTheyCome() {
    try {
      long retryMillis = FIRST_RETRY_MILLIS;
      for (var report = next(); report != null; report = next()) {
        if (send(report)) {
          retryMillis = FIRST_RETRY_MILLIS;
          markSent(report);
        } else {
          waitForNewer(report, retryMillis);
          retryMillis = Math.min(2 * retryMillis, LONGEST_RETRY_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("reports end with the runtime");
    }
  }

  private @Nullable RuntimeReport next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (unsent == null && !closing) {
        changed.await();
      }
      return closing ? null : unsent;
    } finally {
      lock.unlock();
    }
  }

  private void markSent(RuntimeReport report) {
    lock.lock();
    try {
      if (report.equals(unsent)) {
        unsent = null;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void waitForNewer(RuntimeReport failed, long millis) throws InterruptedException {
    long left = TimeUnit.MILLISECONDS.toNanos(millis);
    lock.lockInterruptibly();
    try {
      while (failed.equals(unsent) && !closing && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean send(RuntimeReport report) throws InterruptedException {
    try {
      var request =
          HttpRequest.newBuilder(url)
              .timeout(REQUEST_LIMIT)
              .header("Authorization", "Bearer " + Files.readString(tokenFile).strip())
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(report.toJson()))
              .build();
      var response = http.send(request, BodyHandlers.ofString());
      int status = response.statusCode();
      if (status == GONE) {
        LOG.info("the session is over: {}", response.body());
        sessionIsOver.run();
        return true;
      }
      if (status >= FIRST_ERROR) {
        LOG.warn("report {} was refused with {}", report.seq(), status);
      }
      return status < FIRST_ERROR;
    } catch (IOException e) {
      LOG.warn("report {} could not be sent: {}", report.seq(), e.toString());
      return false;
    }
  }
}
