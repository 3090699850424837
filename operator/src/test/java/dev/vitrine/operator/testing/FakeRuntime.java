package dev.vitrine.operator.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vitrine.protocol.Assignment;
import dev.vitrine.protocol.AssignmentVerifier;
import dev.vitrine.protocol.BadMessageException;
import dev.vitrine.protocol.BadTokenException;
import dev.vitrine.protocol.KeySet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * The HTTP server of every pod: believes only what the controller signed for that pod, and serves
 * one session with each for good.
 */
public final class FakeRuntime implements AutoCloseable {

  private static final int BACKLOG = 256;

  private final HttpServer server;
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
  private final KeySet keys;
  private final List<Assignment> assignments = new CopyOnWriteArrayList<>();
  private final AtomicInteger stateRequests = new AtomicInteger();
  private final AtomicInteger conflicts = new AtomicInteger();
  private volatile int refusesWith;
  private volatile StateAnswer stateAnswer = new StateAnswer(200, "{}");
  private final Map<String, String> sessions = new ConcurrentHashMap<>();

  private record StateAnswer(int status, String body) {}

  public FakeRuntime(KeySet keys) throws IOException {
    this.keys = keys;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    server.setExecutor(calls);
    server.createContext("/assignment", this::assign);
    server.createContext("/state", this::state);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** From now on every assignment is answered with that status; 0 for a sensible answer. */
  public void refuseWith(int status) {
    refusesWith = status;
  }

  /** From now on a pod that is asked for its state answers so. */
  public void answerStateWith(int status, String body) {
    stateAnswer = new StateAnswer(status, body);
  }

  public List<Assignment> assignments() {
    return assignments;
  }

  /** How often a pod was told of a second session. */
  public int conflicts() {
    return conflicts.get();
  }

  public int stateRequests() {
    return stateRequests.get();
  }

  @Override
  public void close() {
    server.stop(0);
    calls.shutdownNow();
  }

  private void assign(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    if (refusesWith != 0) {
      answer(exchange, refusesWith, "not now");
      return;
    }
    try {
      var pod = audienceOf(body);
      var assignment = new AssignmentVerifier(keys, pod, InstantSource.system()).verify(body);
      var served = sessions.putIfAbsent(pod, assignment.session().uid());
      if (served != null && !served.equals(assignment.session().uid())) {
        conflicts.incrementAndGet();
        answer(exchange, 409, "it serves another session");
        return;
      }
      assignments.add(assignment);
      answer(exchange, 200, "");
    } catch (BadTokenException e) {
      answer(exchange, 401, e.getMessage());
    } catch (BadMessageException e) {
      answer(exchange, 400, e.getMessage());
    }
  }

  /** All pods have one address here: whom it is meant for stands in the document alone. */
  private static String audienceOf(String compact) {
    var claims = new String(Base64.getUrlDecoder().decode(compact.split("\\.")[1]), UTF_8);
    var audience = Pattern.compile("\"aud\":\"([^\"]+)\"").matcher(claims);
    return audience.find() ? audience.group(1) : "nobody";
  }

  private void state(HttpExchange exchange) throws IOException {
    stateRequests.incrementAndGet();
    var said = stateAnswer;
    answer(exchange, said.status(), said.body());
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    var body = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
