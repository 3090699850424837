package dev.vitrine.operator.testing;

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
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A pod's HTTP server that believes only what the controller signed for that pod. */
public final class FakeRuntime implements AutoCloseable {

  private final HttpServer server;
  private final KeySet keys;
  private final List<Assignment> assignments = new CopyOnWriteArrayList<>();
  private final AtomicInteger stateRequests = new AtomicInteger();
  private volatile int refusesWith;
  private volatile String podUid = "";

  public FakeRuntime(KeySet keys) throws IOException {
    this.keys = keys;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    server.createContext("/assignment", this::assign);
    server.createContext("/state", this::state);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Which pod it is from now on. */
  public void become(String uid) {
    podUid = uid;
  }

  /** From now on every assignment is answered with that status; 0 for a sensible answer. */
  public void refuseWith(int status) {
    refusesWith = status;
  }

  public List<Assignment> assignments() {
    return assignments;
  }

  public int stateRequests() {
    return stateRequests.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void assign(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (refusesWith != 0) {
      answer(exchange, refusesWith, "not now");
      return;
    }
    try {
      assignments.add(new AssignmentVerifier(keys, podUid, InstantSource.system()).verify(body));
      answer(exchange, 200, "");
    } catch (BadTokenException e) {
      answer(exchange, 401, e.getMessage());
    } catch (BadMessageException e) {
      answer(exchange, 400, e.getMessage());
    }
  }

  private void state(HttpExchange exchange) throws IOException {
    stateRequests.incrementAndGet();
    answer(exchange, 200, "{}");
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    var body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
