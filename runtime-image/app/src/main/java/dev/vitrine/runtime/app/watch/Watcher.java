package dev.vitrine.runtime.app.watch;

import dev.vitrine.protocol.WatchVerdict;
import dev.vitrine.runtime.app.cluster.PodEnvironment;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches one session, and leaves its verdict where it is looked for. */
public final class Watcher {

  private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);
  private static final String TERMINATION_LOG = "VITRINE_TERMINATION_LOG";

  private Watcher() {}

  /**
   * Watches until a picture was seen or the time is over. The verdict is one line on standard
   * output, and the container's termination message.
   *
   * @param address a runtime's signalling WebSocket; empty for a session, told by the environment
   * @param seconds overrides the environment's time limit
   * @return whether a picture was seen
   */
  public static boolean watch(
      String address, @Nullable String seconds, Map<String, String> environment) {
    var verdict = verdict(address, seconds, environment);
    System.out.println(verdict.toJson());
    // Without a cluster nobody reads the file, unless it was asked for.
    if (address.isEmpty() || environment.containsKey(TERMINATION_LOG)) {
      PodEnvironment.terminationLog(environment).write(verdict);
    }
    return verdict instanceof WatchVerdict.Decoded;
  }

  private static WatchVerdict verdict(
      String address, @Nullable String seconds, Map<String, String> environment) {
    try {
      var options = WatchOptions.read(address, seconds, environment);
      var countdown = new Countdown(options.limit(), System::nanoTime);
      try (var watch = new Watch(options.target(), countdown)) {
        return watch.verdict();
      }
    } catch (IllegalArgumentException e) {
      return new WatchVerdict.Failed(String.valueOf(e.getMessage()));
    } catch (RuntimeException | LinkageError e) {
      LOG.error("the watch broke", e);
      return new WatchVerdict.Failed("The watcher broke: " + e);
    }
  }
}
