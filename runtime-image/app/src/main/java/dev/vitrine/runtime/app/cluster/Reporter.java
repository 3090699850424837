package dev.vitrine.runtime.app.cluster;

import dev.vitrine.protocol.BadMessageException;
import dev.vitrine.protocol.ConnectionState;
import dev.vitrine.protocol.EndReason;
import dev.vitrine.protocol.GatewayRefusal;
import dev.vitrine.protocol.ReportAnswer;
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
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the gateway how the session stands. Only the newest report counts: it replaces an unsent
 * one, and is sent again until it is accepted.
 *
 * <p>While a viewer is there it is repeated now and then, to hear the gateway's answer: what was
 * reported before the gateway does not write again.
 */
public final class Reporter implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Reporter.class);
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(2);
  private static final long FIRST_RETRY_MILLIS = 250;
  private static final long LONGEST_RETRY_MILLIS = 10_000;
  private static final int FIRST_ERROR = 300;
  private static final int GONE = 410;
  private static final int MOST_BYTES = 64 * 1024;

  /** How long a viewer may not know of what the gateway has to say. */
  private static final Duration REPEAT = Duration.ofMinutes(1);

  /** Is told what the gateway answers; on the reporter's thread, so it must be quick. */
  public interface Listener {

    /**
     * The session is over, and the runtime has not noticed.
     *
     * @param reason the gateway's; where it gives none, that somebody closed the session
     */
    void onSessionOver(EndReason reason);

    /**
     * New sessions get another version than this one; told when it changes.
     *
     * @param version empty: they do not any more
     */
    void onNewerVersion(String version);

    /** Why the pod is told to stop, or is about to be. */
    void onStopping(EndReason reason);
  }

  private final URI url;
  private final Path tokenFile;
  private final Listener listener;
  private final Duration repeat;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(REQUEST_LIMIT)
          .build();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;
  private @Nullable RuntimeReport last;
  private @Nullable RuntimeReport unsent;
  private @Nullable RuntimeReport accepted; // only the reporter's thread touches it
  private String newerVersion = ""; // so too
  private boolean closing;

  /**
   * @param url the gateway's {@code /reports}
   * @param tokenFile the pod's projected token; read anew each time, because it rotates
   */
  public Reporter(URI url, Path tokenFile, Listener listener) {
    this(url, tokenFile, listener, REPEAT);
  }

  /**
   * @param repeat after this time a report of a connected viewer is sent again
   */
  Reporter(URI url, Path tokenFile, Listener listener, Duration repeat) {
    this.url = url;
    this.tokenFile = tokenFile;
    this.listener = listener;
    this.repeat = repeat;
    this.thread = Thread.ofVirtual().name("report").start(this::sendAsTheyCome);
  }

  /** Sends this report as soon as possible, in the place of an older one. */
  public void report(RuntimeReport report) {
    lock.lock();
    try {
      last = report;
      unsent = report;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Sends the last report once more, if there is one, to hear what is answered by now. */
  public void repeat() {
    lock.lock();
    try {
      unsent = last;
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

  /** The unsent report, or the accepted one once it is to be repeated; null when closing. */
  private @Nullable RuntimeReport next() throws InterruptedException {
    var again = accepted;
    boolean repeats = again != null && again.connection().state() == ConnectionState.CONNECTED;
    long left = repeat.toNanos();
    lock.lockInterruptibly();
    try {
      while (unsent == null && !closing && (!repeats || left > 0)) {
        if (repeats) {
          left = changed.awaitNanos(left);
        } else {
          changed.await();
        }
      }
      if (closing) {
        return null;
      }
      return unsent != null ? unsent : again;
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

  private void hear(String answer) {
    try {
      var heard = ReportAnswer.parse(answer);
      if (heard.stopping() != null) {
        listener.onStopping(heard.stopping());
      }
      var version = Objects.requireNonNullElse(heard.newerVersion(), "");
      if (!version.equals(newerVersion)) {
        newerVersion = version;
        listener.onNewerVersion(version);
      }
    } catch (BadMessageException e) {
      LOG.debug("an answer makes no sense: {}", e.getMessage());
    }
  }

  private static EndReason reasonIn(String refusal) {
    try {
      return Objects.requireNonNullElse(
          GatewayRefusal.parse(refusal).reason(), EndReason.CLOSED_BY_API);
    } catch (BadMessageException e) {
      return EndReason.CLOSED_BY_API;
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
      var response = http.send(request, BodyHandlers.limiting(BodyHandlers.ofString(), MOST_BYTES));
      int status = response.statusCode();
      if (status == GONE) {
        LOG.info("the session is over: {}", response.body());
        accepted = null;
        listener.onSessionOver(reasonIn(response.body()));
        return true;
      }
      if (status >= FIRST_ERROR) {
        LOG.warn("report {} was refused with {}", report.seq(), status);
        return false;
      }
      accepted = report;
      hear(response.body());
      return true;
    } catch (IOException e) {
      LOG.warn("report {} could not be sent: {}", report.seq(), e.toString());
      return false;
    }
  }
}
