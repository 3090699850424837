package dev.vitrine.operator.gateway.rest;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.operator.gateway.cluster.SessionState;
import dev.vitrine.operator.gateway.cluster.SessionState.Ended;
import dev.vitrine.operator.gateway.cluster.SessionState.Pending;
import dev.vitrine.operator.gateway.cluster.SessionState.Ready;
import dev.vitrine.operator.gateway.http.PublicAddress;
import dev.vitrine.operator.gateway.http.Refusal;
import dev.vitrine.operator.gateway.line.Place;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes replies of sessions; decides nothing else. */
final class StreamReplies {

  private static final int SIGNALLING_PORT = 8080;
  private static final int MEDIA_PORT = 47998;

  private StreamReplies() {}

  /** Hands out a connect token for a pod; empty where the caller may not connect. */
  interface Tokens {
    Optional<StreamReply.Connect> connect(StreamSession session, Pod pod, PublicAddress reached);
  }

  /**
   * The reply for a session as it stands.
   *
   * @param place where it stands in line; empty where it does not
   * @throws Refusal 404 with the reason, of a session that has ended
   */
  static StreamReply of(
      StreamSession session,
      SessionState state,
      Optional<Place> place,
      PublicAddress reached,
      Tokens tokens) {
    return switch (state) {
      case Pending(var reason, var message, var pod) ->
          new StreamReply(
              SessionId.of(session).toString(),
              Map.of(),
              new StreamReply.Status(reason, message, false),
              place.map(StreamReplies::queue).orElse(null),
              connect(session, pod, reached, tokens));
      case Ready(var message, var pod) ->
          new StreamReply(
              SessionId.of(session).toString(),
              Map.of(reached.host(), new StreamReply.Host(routes(reached))),
              new StreamReply.Status("ready", message, true),
              null,
              connect(session, Optional.of(pod), reached, tokens));
      case Ended ended -> throw ended(ended);
    };
  }

  /** What is answered about a session that is over. */
  static Refusal ended(Ended end) {
    return Refusal.ended(
        404, end.reason(), "The session has ended. %s".formatted(end.message()).strip());
  }

  private static StreamReply.Queue queue(Place place) {
    var seconds = place.expectedSeconds();
    return new StreamReply.Queue(
        place.number(), place.of(), seconds.isPresent() ? seconds.getAsInt() : null);
  }

  private static StreamReply.@Nullable Connect connect(
      StreamSession session, Optional<Pod> pod, PublicAddress reached, Tokens tokens) {
    return pod.flatMap(p -> tokens.connect(session, p, reached)).orElse(null);
  }

  private static List<StreamReply.Route> routes(PublicAddress reached) {
    return List.of(
        new StreamReply.Route("signaling", SIGNALLING_PORT, "TCP", reached.port()),
        new StreamReply.Route("media", MEDIA_PORT, "UDP", MEDIA_PORT));
  }
}
