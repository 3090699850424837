package dev.vitrine.operator.bench;

import dev.vitrine.operator.testing.Clients;
import dev.vitrine.operator.testing.OperatorStand;
import dev.vitrine.testing.KubeApiServer;

/**
 * A controller that begins, and a few sessions' lives: what the JVM of its image learns from
 * ({@code tools/image/aot-cache}).
 */
public final class Rehearsal {

  private static final String APP = "rehearsal";
  private static final int CLIENTS = 4;
  private static final int SESSIONS = 40;

  private Rehearsal() {}

  public static void main(String... arguments) {
    try (var cluster = new OperatorStand(KubeApiServer.ofProgram());
        var _ = cluster.startController()) {
      cluster.createWarmApp(APP, "{min: 2}");
      Clients.inTurn(CLIENTS, SESSIONS, (_, i) -> live(cluster, APP + "-" + i));
    } catch (Throwable e) {
      e.printStackTrace();
      System.exit(1);
    }
    System.exit(0); // whatever threads there are, the API server is to end now
  }

  private static void live(OperatorStand cluster, String session) throws Exception {
    cluster.claim(APP, session);
    cluster.connect(session);
    cluster.end(cluster.session(session));
  }
}
