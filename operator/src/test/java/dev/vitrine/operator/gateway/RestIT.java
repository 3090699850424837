package dev.vitrine.operator.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.testing.KubeApiServer;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Kit App Streaming API as front ends call it, with no one asked who he is. */
class RestIT {

  @Order(1)
  @RegisterExtension
  static final KubeApiServer cluster = new KubeApiServer();

  @Order(2)
  @RegisterExtension
  static final GatewayProcess gateway = new GatewayProcess(cluster, "none");

  private static final Front front = new Front();
  private static Stand stand;
  private static String namespace;

  @BeforeAll
  static void fill() {
    stand = new Stand(cluster);
    namespace = cluster.newNamespace();
    stand.classes();
    stand.app(namespace, "viewer");
    Awaitility.await().until(() -> front.get(apps("")).json().path("count").asInt() == 1);
  }

  @AfterAll
  static void close() {
    front.close();
  }

  private static URI apps(String rest) {
    return gateway.address("/namespaces/" + namespace + "/cfg/apps" + rest);
  }

  private static URI streams(String rest) {
    return gateway.address("/namespaces/" + namespace + "/streaming/stream" + rest);
  }

  @Test
  void the_catalogue_leads_from_app_to_version_to_profiles() throws Exception {
    assertThat(front.get(apps("")).body())
        .isEqualTo(
            "{\"offset\":0,\"limit\":50,\"count\":1,\"items\":[{\"id\":\"viewer\",\"name\":\"A viewer\","
                + "\"description\":\"Shows stages.\",\"tags\":[]}]}");
    assertThat(front.get(apps("/viewer/versions")).json().at("/items/0/version").asText())
        .isEqualTo("1.4.0");
    var profiles = front.get(apps("/viewer/versions/1.4.0/profiles")).json();
    assertThat(profiles.at("/items/0/name").asText()).isEqualTo("Processor");
    assertThat(profiles.at("/items/1/id").asText()).isEqualTo("gpu");
  }

  @Test
  void calls_without_a_namespace_are_for_the_default_one() throws Exception {
    assertThat(front.get(gateway.address("/cfg/apps")).status()).isEqualTo(200);
    assertThat(front.get(gateway.address("/streaming/stream")).json().path("items")).isEmpty();
    assertThat(front.send("POST", gateway.address("/streaming/stream"), "{\"id\":\"a\"}").detail())
        .isEqualTo("There is no app \"a\" in namespace default.");
  }

  @Test
  void a_stream_is_made_found_at_once_joined_and_ended() throws Exception {
    var made =
        front.send(
            "POST",
            streams(""),
            "{\"id\":\"viewer\",\"profile\":\"gpu\",\"arguments\":{\"usd_stage_uri\":\"a.usda\"}}");
    var id = made.json().path("id").asText();

    assertThat(made.status()).as(made.body()).isEqualTo(202);
    assertThat(id).startsWith(namespace + ".viewer-");
    assertThat(made.json().path("routes")).isEmpty();
    assertThat(made.json().has("connect")).isFalse();
    assertThat(front.get(streams("/" + id)).status()).isEqualTo(202);
    assertThat(front.get(streams("")).json().findValuesAsText("id")).contains(id);

    var session =
        cluster
            .client()
            .resources(StreamSession.class)
            .inNamespace(namespace)
            .withName(id.substring(namespace.length() + 1))
            .get();
    assertThat(session.getSpec().className()).isEqualTo("gpu");
    assertThat(session.getSpec().user()).isNull();
    assertThat(session.getSpec().parameters()).containsEntry("usd_stage_uri", "a.usda");

    stand.pod(session, "127.0.0.1");
    stand.ready(session);
    Awaitility.await().until(() -> front.get(streams("/" + id)).status() == 200);
    var ready = front.get(streams("/" + id)).json();
    assertThat(ready.at("/status/condition").asText()).isEqualTo("ready");
    assertThat(ready.at("/routes/127.0.0.1/routes/0/source_port").asInt())
        .isEqualTo(gateway.port());
    assertThat(ready.at("/connect/url").asText())
        .isEqualTo(
            "ws://127.0.0.1:%d/signal/%s/%s"
                .formatted(gateway.port(), namespace, session.getMetadata().getName()));
    assertThat(ready.at("/connect/token").asText()).hasSizeGreaterThan(100);
    assertThat(gateway.log()).doesNotContain(ready.at("/connect/token").asText());

    var ended = front.send("DELETE", streams(""), "{\"id\":\"" + id + "\"}");
    assertThat(ended.status()).isEqualTo(200);
    assertThat(ended.body()).isEmpty();
    assertThat(front.get(streams("/" + id)).status()).isEqualTo(404);
    assertThat(front.get(streams("")).json().findValuesAsText("id")).doesNotContain(id);
  }

  @Test
  void whoever_would_rather_wait_is_answered_once_the_stream_can_be_dialled() throws Exception {
    var session = stand.session(namespace, "awaited");
    var address = streams("/" + namespace + ".awaited");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answer = threads.submit(() -> front.get(address, "Prefer", "wait=10"));
      stand.pod(session, "127.0.0.1");
      stand.ready(session);

      assertThat(answer.get().status()).isEqualTo(200);
    }
  }

  @Test
  void whoever_stands_in_line_is_told_so_at_once() throws Exception {
    stand.queued(namespace, "in-line", "ann", "still", "2026-11-22T12:00:01.000000Z");

    var answer = front.get(streams("/" + namespace + ".in-line"), "Prefer", "wait=10");

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().at("/status/condition").asText()).isEqualTo("Queued");
  }

  @Test
  void streams_in_line_say_their_places_in_the_controllers_order_and_the_wait_by_who_came_and_went()
      throws Exception {
    var other = cluster.newNamespace();
    var holder = stand.assigned(namespace, "holder", "ann", "busy", Instant.EPOCH);
    stand.pod(holder, Map.of("vitrine.dev/session", "holder", "vitrine.dev/class", "busy"));
    stand.queued(namespace, "ann-first", "ann", "busy", "2026-11-22T12:00:01.000000Z");
    stand.queued(namespace, "ann-second", "ann", "busy", "2026-11-22T12:00:02.000000Z");
    stand.queued(namespace, "bob", "bob", "busy", "2026-11-22T12:00:03.000000Z");
    stand.queued(other, "cid", "cid", "busy", "2026-11-22T12:00:04.000000Z");
    stand.queued(other, "of-another-class", "cid", "calm", "2026-11-22T12:00:00.000000Z");

    Awaitility.await()
        .untilAsserted(
            () -> {
              assertThat(queue(other, "cid")).isEqualTo("{\"place\":1,\"of\":4}");
              assertThat(queue(namespace, "bob")).isEqualTo("{\"place\":2,\"of\":4}");
              assertThat(queue(namespace, "ann-first")).isEqualTo("{\"place\":3,\"of\":4}");
              assertThat(queue(namespace, "ann-second")).isEqualTo("{\"place\":4,\"of\":4}");
            });
    assertThat(queue(other, "of-another-class")).isEqualTo("{\"place\":1,\"of\":1}");
    assertThat(queue(namespace, "holder")).isEmpty();

    var now = InstantSource.system().instant();
    for (var served = 0; served < 3; served++) {
      cluster
          .client()
          .resource(stand.assigned(other, "served-" + served, "cid", "busy", now))
          .delete();
    }
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(
                        front
                            .get(gateway.address("/namespaces/" + other + "/streaming/stream"))
                            .body())
                    .contains("cid")
                    .doesNotContain("served"));
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(queue(namespace, "bob"))
                    .isEqualTo("{\"place\":2,\"of\":4,\"expectedSeconds\":600}"));
  }

  /** What a session's reply says of the line; empty if nothing. */
  private static String queue(String namespace, String name) throws Exception {
    var path = "/namespaces/%s/streaming/stream/%s.%s".formatted(namespace, namespace, name);
    return front.get(gateway.address(path)).json().path("queue").toString();
  }

  @Test
  void an_ended_stream_is_not_found_not_listed_and_says_why() throws Exception {
    var session = stand.session(namespace, "over");
    stand.conditions(
        session, Fixtures.condition("Ended", "True", "IdleTimeout", "Nobody did anything."));

    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(front.get(streams("/" + namespace + ".over")).body())
                    .isEqualTo(
                        "{\"detail\":\"The session has ended. Nobody did anything.\","
                            + "\"reason\":\"IdleTimeout\"}"));
    assertThat(front.get(streams("/" + namespace + ".over")).status()).isEqualTo(404);
    assertThat(front.get(streams("")).body()).doesNotContain(".over");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST   |  | {                                  | 422 | JSON decode error: the body must be a JSON object",
        "POST   |  | {}                                 | 422 | Field required",
        "POST   |  | {'id':'none'}                      | 404 | There is no app 'none' in namespace NS.",
        "POST   |  | {'id':'viewer','profile':'tpu'}    | 404 | App viewer has no profile 'tpu'; it has cpu, gpu.",
        "POST   |  | {'id':'viewer','version':'9'}      | 404 | App viewer has no version '9'.",
        "POST   |  | {'id':'viewer','arguments':{'x':'1'}} | 422 | App viewer declares no parameter 'x': leave it out, or add it to the app's spec.parameters",
        "DELETE |  | {}                                 | 422 | Field required",
        "DELETE |  | {'id':'NS.none'}                   | 404 | There is no session 'NS.none'.",
        "DELETE | /NS.none |                            | 404 | There is no session 'NS.none'.",
        "GET    | /NS.none |                            | 404 | There is no session 'NS.none'.",
        "GET    | /other.none |                         | 404 | There is no session 'other.none'.",
        "GET    | ?limit=0 |                            | 422 | Input should be greater than or equal to 1",
        "GET    | ?offset=x |                           | 422 | Input should be a valid integer",
      })
  void bad_input_has_a_clear_answer(
      String method, String path, String body, int status, String sentence) throws Exception {
    var rest = path == null ? "" : path.replace("NS", namespace);
    // In the table ' stands for " throughout, but for the one real apostrophe.
    var expected = sentence.replace("NS", namespace).replace('\'', '"').replace("app\"s", "app's");
    var json = body == null ? null : body.replace("NS", namespace).replace('\'', '"');

    var answer = front.send(method, streams(rest), json);

    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    var detail = answer.json().path("detail");
    assertThat(detail.isArray() ? detail.at("/0/msg").asText() : detail.asText())
        .isEqualTo(expected);
  }

  @Test
  void a_full_quota_of_sessions_refuses_the_next_one_with_a_remedy_and_the_api_servers_words()
      throws Exception {
    var full = cluster.newNamespace();
    stand.app(full, "viewer");
    stand.sessionQuota(full, 0);
    var streams = gateway.address("/namespaces/" + full + "/streaming/stream");
    Awaitility.await()
        .until(() -> front.send("POST", streams, "{\"id\":\"viewer\"}").status() != 404);

    var answer = front.send("POST", streams, "{\"id\":\"viewer\"}");

    assertThat(answer.status()).as(answer.body()).isEqualTo(403);
    assertThat(answer.detail())
        .startsWith(
            "The namespace has as many sessions as its quota allows, ended ones included: try again"
                + " later, or ask for a larger quota. ")
        .contains("exceeded quota: streams", "limited: count/streamsessions.vitrine.dev=0");
  }

  /** A character is a code point, of up to four bytes. */
  @Test
  void the_most_and_longest_arguments_that_an_app_can_declare_are_taken() throws Exception {
    var own = cluster.newNamespace();
    var longest = "\uD83D\uDE00".repeat(1024);
    var arguments =
        IntStream.range(0, 32).boxed().collect(Collectors.toMap(i -> "p" + i, _ -> longest));
    stand.app(own, "wide", arguments.keySet());
    var body = new ObjectMapper().writeValueAsString(Map.of("id", "wide", "arguments", arguments));
    var streams = gateway.address("/namespaces/" + own + "/streaming/stream");

    var answer =
        Awaitility.await().until(() -> front.send("POST", streams, body), it -> it.status() != 404);

    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    var made = cluster.client().resources(StreamSession.class).inNamespace(own).list().getItems();
    assertThat(made).singleElement().returns(arguments, it -> it.getSpec().parameters());
  }

  @Test
  void a_body_larger_than_the_limit_is_refused() throws Exception {
    var answer = front.send("POST", streams(""), "{\"id\":\"" + "x".repeat(300_000) + "\"}");

    assertThat(answer.status()).isEqualTo(413);
  }
}
