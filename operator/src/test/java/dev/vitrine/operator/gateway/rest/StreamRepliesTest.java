package dev.vitrine.operator.gateway.rest;

import static dev.vitrine.operator.gateway.Fixtures.pod;
import static dev.vitrine.operator.gateway.Fixtures.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitrine.operator.gateway.cluster.SessionState;
import dev.vitrine.operator.gateway.http.PublicAddress;
import dev.vitrine.operator.gateway.http.Refusal;
import dev.vitrine.operator.gateway.line.Place;
import dev.vitrine.protocol.EndReason;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class StreamRepliesTest {

  private static final PublicAddress REACHED = new PublicAddress(false, "stream.example", 8080, "");

  private static final StreamReplies.Tokens TOKENS =
      (session, pod, reached) ->
          Optional.of(
              new StreamReply.Connect(
                  reached.webSocket("/signal/team/viewer-x1"),
                  "token for " + pod.getMetadata().getUid(),
                  List.of(),
                  "2026-11-22T13:01:00Z"));

  private static String json(SessionState state) throws Exception {
    return json(state, Optional.empty());
  }

  private static String json(SessionState state, Optional<Place> place) throws Exception {
    return new ObjectMapper()
        .writeValueAsString(StreamReplies.of(session(), state, place, REACHED, TOKENS));
  }

  @Test
  void a_ready_session_has_one_host_and_the_way_to_dial() throws Exception {
    var state = new SessionState.Ready("Join.", pod("p-1", "s-1", "10.0.0.9"));

    assertThat(new ObjectMapper().readTree(json(state)))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"id":"team.viewer-x1",
                     "routes":{"stream.example":{"routes":[
                       {"description":"signaling","destination_port":8080,"protocol":"TCP","source_port":8080},
                       {"description":"media","destination_port":47998,"protocol":"UDP","source_port":47998}]}},
                     "status":{"condition":"ready","message":"Join.","status":true},
                     "connect":{"url":"ws://stream.example:8080/signal/team/viewer-x1",
                       "token":"token for p-1","iceServers":[],"expiresAt":"2026-11-22T13:01:00Z"}}
                    """));
  }

  @Test
  void a_pending_session_has_no_routes_and_no_token() throws Exception {
    var state = new SessionState.Pending("Starting", "Soon.", Optional.empty());

    assertThat(new ObjectMapper().readTree(json(state)))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"id":"team.viewer-x1","routes":{},
                     "status":{"condition":"Starting","message":"Soon.","status":false}}
                    """));
  }

  @Test
  void a_session_in_line_says_its_place_and_the_wait_if_it_is_known() throws Exception {
    var state = new SessionState.Pending("Queued", "In line.", Optional.empty());
    var known = Optional.of(new Place(3, 12, OptionalInt.of(120)));
    var unknown = Optional.of(new Place(3, 12, OptionalInt.empty()));

    assertThat(new ObjectMapper().readTree(json(state, known)))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"id":"team.viewer-x1","routes":{},
                     "status":{"condition":"Queued","message":"In line.","status":false},
                     "queue":{"place":3,"of":12,"expectedSeconds":120}}
                    """));
    assertThat(json(state, unknown)).contains("\"queue\":{\"place\":3,\"of\":12}");
  }

  @Test
  void an_ended_session_is_not_found_and_says_why() {
    var state = new SessionState.Ended("IdleTimeout", "Nobody did anything.");

    assertThatThrownBy(() -> StreamReplies.of(session(), state, Optional.empty(), REACHED, TOKENS))
        .asInstanceOf(type(Refusal.class))
        .returns(404, Refusal::status)
        .returns("The session has ended. Nobody did anything.", Refusal::sentence)
        .returns(EndReason.IDLE_TIMEOUT, Refusal::reason);
  }

  @Test
  void a_token_is_in_no_log_line() {
    var connect = new StreamReply.Connect("ws://a/b", "SECRET", List.of(), "then");

    assertThat(connect.toString()).doesNotContain("SECRET");
  }

  @Test
  void an_id_is_two_labels() {
    assertThat(SessionId.parse("team.viewer-x1")).contains(new SessionId("team", "viewer-x1"));
    for (var bad : List.of("viewer", "a.b.c", "A.b", ".b", "a.", "a/../b.c", "a.b\n")) {
      assertThat(SessionId.parse(bad)).isEmpty();
    }
  }
}
