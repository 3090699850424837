package dev.vitrine.runtime.app.watch;

import java.net.URI;
import java.nio.file.Path;

/** What is watched. */
sealed interface Target {

  /**
   * A runtime without a cluster, which asks for no token.
   *
   * @param signal its signalling WebSocket
   */
  record LocalRuntime(URI signal) implements Target {}

  /**
   * A session of the cluster.
   *
   * @param grants where the gateway grants the watching pod a connection
   * @param tokenFile the pod's projected token, which rotates
   */
  record Session(URI grants, Path tokenFile) implements Target {}
}
