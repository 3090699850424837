package dev.vitrine.operator.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Takes spans as a collector does: OTLP over HTTP, in Protobuf (opentelemetry-proto, trace.proto;
 * the numbers are those of its fields).
 */
public final class OtlpReceiver implements AutoCloseable {

  /** A span. */
  public record Received(
      String service,
      String trace,
      String span,
      String parent,
      String name,
      Instant began,
      Instant ended,
      Map<String, String> attributes,
      String failure) {}

  private static final int NANOS = 1_000_000_000;

  private final HttpServer server;
  private final List<Received> spans = new CopyOnWriteArrayList<>();

  public OtlpReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  /** What sends its spans here. */
  public Map<String, String> environment() {
    return Map.of(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "http://127.0.0.1:" + server.getAddress().getPort(),
        "OTEL_BSP_SCHEDULE_DELAY",
        "50");
  }

  /** All that have come. */
  public List<Received> spans() {
    return List.copyOf(spans);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void take(HttpExchange call) throws IOException {
    try (call) {
      var request = Message.of(call.getRequestBody().readAllBytes());
      for (var resourceSpans : request.messages(1)) {
        var service = attributes(resourceSpans.messages(1).getFirst(), 1).get("service.name");
        for (var scopeSpans : resourceSpans.messages(2)) {
          scopeSpans.messages(2).forEach(span -> spans.add(read(service, span)));
        }
      }
      call.sendResponseHeaders(200, -1);
    }
  }

  private static Received read(String service, Message span) {
    return new Received(
        service,
        hex(span.bytes(1)),
        hex(span.bytes(2)),
        hex(span.bytes(4)),
        span.text(5),
        time(span.number(7)),
        time(span.number(8)),
        attributes(span, 9),
        span.messages(15).stream().map(status -> status.text(2)).findFirst().orElse(""));
  }

  private static Map<String, String> attributes(Message of, int field) {
    var attributes = new HashMap<String, String>();
    for (var pair : of.messages(field)) {
      attributes.put(pair.text(1), pair.messages(2).getFirst().text(1));
    }
    return attributes;
  }

  private static String hex(byte[] id) {
    return HexFormat.of().formatHex(id);
  }

  private static Instant time(long nanos) {
    return Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS);
  }

  /** A message of Protobuf: its fields by number, in order. */
  private record Message(Map<Integer, List<Object>> fields) {

    static Message of(byte[] wire) {
      var in = ByteBuffer.wrap(wire).order(ByteOrder.LITTLE_ENDIAN);
      var fields = new HashMap<Integer, List<Object>>();
      while (in.hasRemaining()) {
        var tag = varint(in);
        var value =
            switch ((int) (tag & 7)) {
              case 0 -> (Object) varint(in);
              case 1 -> in.getLong();
              case 2 -> {
                var bytes = new byte[(int) varint(in)];
                in.get(bytes);
                yield bytes;
              }
              case 5 -> (long) in.getInt();
              default -> throw new IllegalArgumentException("No wire type: " + (tag & 7));
            };
        fields.computeIfAbsent((int) (tag >>> 3), _ -> new ArrayList<>()).add(value);
      }
      return new Message(fields);
    }

    private static long varint(ByteBuffer in) {
      var value = 0L;
      for (var shift = 0; ; shift += 7) {
        var next = in.get();
        value |= (long) (next & 0x7f) << shift;
        if (next >= 0) {
          return value;
        }
      }
    }

    List<Message> messages(int field) {
      return fields.getOrDefault(field, List.of()).stream().map(it -> of((byte[]) it)).toList();
    }

    byte[] bytes(int field) {
      var values = fields.get(field);
      return values == null ? new byte[0] : (byte[]) values.getLast();
    }

    String text(int field) {
      return new String(bytes(field), StandardCharsets.UTF_8);
    }

    long number(int field) {
      return (Long) fields.get(field).getLast();
    }
  }
}
