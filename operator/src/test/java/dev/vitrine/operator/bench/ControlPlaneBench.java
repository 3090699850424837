package dev.vitrine.operator.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitrine.operator.NativeCryptography;
import dev.vitrine.operator.testing.Clients;
import dev.vitrine.operator.testing.OperatorProcess;
import dev.vitrine.operator.testing.OperatorStand;
import dev.vitrine.testing.KubeApiServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The control plane's rows: its last line of output. The controller is a process of its own; this
 * one is the clients, the kubelets and the runtimes.
 */
public final class ControlPlaneBench {

  private static final int ROUNDS = 2;
  private static final int LIVES = 200;
  private static final int SETUP_CLIENTS = 64;
  private static final int SETUP_BATCH = 1000;

  private final Sizes sizes;
  private final OperatorStand cluster;
  private final List<Row> rows = new ArrayList<>();
  private final long begin = System.nanoTime();

  private ControlPlaneBench(Sizes sizes, OperatorStand cluster) {
    this.sizes = sizes;
    this.cluster = cluster;
  }

  public static void main(String... arguments) throws Exception {
    // It encrypts as clients do and checks signatures as runtimes do, on the controller's machine.
    NativeCryptography.install();
    var sizes = Sizes.of(System.getenv());
    try (var cluster = new OperatorStand(KubeApiServer.ofProgram())) {
      System.out.println(
          new ObjectMapper().writeValueAsString(new ControlPlaneBench(sizes, cluster).measure()));
      System.exit(0); // whatever threads there are, the API server is to end now
    } catch (Throwable e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private List<Row> measure() throws Exception {
    try (var controller = cluster.startController()) {
      say("%d apps", sizes.apps());
      cluster.createApps(IntStream.range(0, sizes.apps()).mapToObj(i -> "app-" + i).toList());
      populate(0, Sizes.FEW);
      claims();
    }
    SessionLives few;
    try (var controller = cluster.startController()) {
      say("lives beside %d sessions", Sizes.FEW);
      few = SessionLives.measure(cluster, controller, "lives-few", LIVES);
    }
    SessionLives many;
    try (var controller = cluster.startController()) {
      say("%d sessions", sizes.sessions());
      populate(Sizes.FEW, sizes.sessions());
    }
    restarts();
    try (var controller = cluster.startController();
        var gateway = cluster.startGateway(OperatorProcess.freePort())) {
      say("lives beside %d sessions", sizes.sessions());
      many = SessionLives.measure(cluster, controller, "lives-many", LIVES);
      lives(few, many);
      memory(controller, gateway);
    }
    cluster.checkInvariants();
    say("done");
    return rows;
  }

  /** Sessions one on each app, then a second one on each, and so on. */
  private void populate(int from, int to) throws Exception {
    for (var first = from; first < to; first += SETUP_BATCH) {
      var begin = first;
      var timings =
          Clients.inTurn(
              SETUP_CLIENTS,
              Math.min(SETUP_BATCH, to - first),
              (_, i) ->
                  cluster.claim("app-" + (begin + i) % sizes.apps(), "session-" + (begin + i)));
      say("cold sessions from %d on, %d clients: %s", first, SETUP_CLIENTS, timings);
    }
    cluster.checkInvariants();
  }

  private void claims() throws Exception {
    cluster.createWarmApp("pattern", "{min: 1}");
    var idle = cluster.idlePod("pattern");
    cluster.claim("pattern", "pattern");
    var bare =
        new BareWrites(
            cluster.client, cluster.namespace, idle, cluster.session("pattern").getStatus());
    var warm = new WarmClaims(cluster);
    say("warm-up");
    bare.claims(16, 300);
    warm.inTurn(16, 200);
    var rounds = new ArrayList<ClaimRound>();
    for (var i = 0; i < ROUNDS; i++) {
      rounds.add(ClaimRound.measure(bare, warm));
      say("%s", rounds.getLast());
    }
    cluster.clear("pattern");
    rows.addAll(rounds.stream().reduce(ClaimRound::and).orElseThrow().rows());
  }

  private void restarts() throws Exception {
    say("restarts");
    Restart.settle(cluster); // what the last one left to do
    var settled = new ArrayList<Restart.Settled>();
    for (var i = 0; i < ROUNDS; i++) {
      settled.add(Restart.settle(cluster));
      say("%s", settled.getLast());
    }
    var seconds = settled.stream().mapToDouble(Restart.Settled::seconds).average().orElseThrow();
    var writes = settled.stream().mapToDouble(it -> it.writes().all()).max().orElseThrow();
    var size = "%,d sessions, %,d apps".formatted(sizes.sessions(), sizes.apps());
    rows.add(Row.of("restart of the controller → settled, " + size, seconds, "s").atMost(8));
    rows.add(Row.of("writes at a restart where nothing changed", writes, "writes").atMost(0));
    rows.add(
        Row.of(
            "restart → a session that waited is assigned",
            Restart.secondsToFirstClaim(cluster, "app-0"),
            "s"));
  }

  private void lives(SessionLives few, SessionLives many) {
    say("%s%n%s", few, many);
    rows.addAll(few.rows());
    rows.add(
        Row.of(
                "controller's time for a life, beside %,d sessions".formatted(sizes.sessions()),
                many.controllerMillis(),
                "ms of CPU")
            .beside("beside %,d".formatted(Sizes.FEW), few.controllerMillis())
            .atMostOfPeer(1.5));
  }

  private void memory(OperatorProcess controller, OperatorProcess gateway) throws Exception {
    gateway.awaitReady();
    gateway.awaitQuiet();
    var ofController = controller.residentMebibytes();
    var ofGateway = gateway.residentMebibytes();
    var size = "%,d sessions".formatted(sizes.sessions());
    rows.add(Row.of("memory of the controller, " + size, ofController, "MiB"));
    rows.add(
        Row.of("memory of controller and gateway, " + size, ofController + ofGateway, "MiB")
            .atMost(512));
  }

  private void say(String words, Object... about) {
    var seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
    System.err.printf("%4d s  %s%n", seconds, words.formatted(about));
  }
}
