package dev.vitrine.operator.gateway.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A session in the words of the Kit App Streaming API.
 *
 * @param id {@code {namespace}.{name}}
 * @param routes by host; empty until it can be dialled
 * @param queue ours: where it stands in line; absent where it does not
 * @param connect ours: how the client library dials; absent until a pod is assigned
 */
record StreamReply(
    String id,
    Map<String, Host> routes,
    Status status,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Queue queue,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Connect connect) {

  record Host(List<Route> routes) {}

  /**
   * A way to the stream.
   *
   * @param sourcePort the one that a client dials
   * @param destinationPort the one behind it
   */
  record Route(
      String description,
      @JsonProperty("destination_port") int destinationPort,
      String protocol,
      @JsonProperty("source_port") int sourcePort) {}

  /**
   * How the session fares.
   *
   * @param condition {@code ready}, or the word for what it waits for
   * @param status whether it can be dialled
   */
  record Status(String condition, String message, boolean status) {}

  /**
   * Where it stands in the line before its profile, to the second.
   *
   * @param place from 1, the next one
   * @param of how many stand in that line
   * @param expectedSeconds how long it will take at the pace of the last minutes, rounded up;
   *     absent while too little was measured
   */
  record Queue(
      int place,
      int of,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer expectedSeconds) {}

  /**
   * How to dial.
   *
   * @param url of the signalling WebSocket
   * @param token good once, until {@code expiresAt} (RFC 3339)
   * @param iceServers as {@code RTCIceServer}s
   */
  record Connect(String url, String token, List<Map<String, Object>> iceServers, String expiresAt) {
    @Override
    public String toString() {
      return "Connect[" + url + "]";
    }
  }
}
