package dev.vitrine.operator.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.testing.KubeApiServer;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers are told: pages, origins, and that anyone may. */
class OriginIT {

  @Order(1)
  @RegisterExtension
  static final KubeApiServer cluster = new KubeApiServer();

  @Order(2)
  @RegisterExtension
  static final GatewayProcess gateway = new GatewayProcess(cluster, "none");

  private static final Front front = new Front();

  @AfterAll
  static void close() {
    front.close();
  }

  @Test
  void without_access_control_it_says_so_loudly() throws Exception {
    assertThat(gateway.log()).contains("VITRINE_ACCESS=none: ANYONE WHO REACHES THIS GATEWAY MAY");
    assertThat(front.get(gateway.address("/cfg/apps")).header("Vitrine-Access")).isEqualTo("none");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/cfg/apps",
        "/cfg/apps/a/versions",
        "/streaming/stream",
        "/streaming/stream/default.a",
        "/namespaces/default/streaming/stream"
      })
  void a_front_end_of_an_allowed_origin_may_ask_before_it_calls(String path) throws Exception {
    var answer =
        front.send(
            "OPTIONS",
            gateway.address(path),
            null,
            "Origin",
            "http://localhost:5173",
            "Access-Control-Request-Method",
            "GET",
            "Access-Control-Request-Headers",
            "authorization,content-type");

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("http://localhost:5173");
    assertThat(answer.header("Access-Control-Allow-Methods")).isEqualTo("GET, POST, DELETE");
    assertThat(answer.header("Access-Control-Allow-Headers"))
        .isEqualTo("content-type, authorization, prefer");
  }

  @Test
  void a_page_of_a_foreign_origin_does_nothing_here() throws Exception {
    var answer =
        front.send(
            "POST",
            gateway.address("/streaming/stream"),
            "{\"id\":\"a\"}",
            "Origin",
            "https://evil.example");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.detail())
        .isEqualTo("Pages of this origin may not call: add it to VITRINE_ORIGINS.");
    assertThat(answer.header("Access-Control-Allow-Origin")).isNull();
  }

  @Test
  void the_gateways_own_page_may_call() throws Exception {
    var own = "http://127.0.0.1:" + gateway.port();

    assertThat(front.get(gateway.address("/cfg/apps"), "Origin", own).status()).isEqualTo(200);
  }

  @Test
  void a_name_that_an_attackers_dns_made_is_not_ours() throws Exception {
    var answer = front.get(gateway.address("/cfg/apps"), "Host", "evil.example:8080");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.detail())
        .isEqualTo("The gateway is not known as evil.example: add its origin to VITRINE_ORIGINS.");
  }

  @Test
  void pods_come_by_the_services_name_with_a_token_of_their_own() throws Exception {
    var name = "vitrine-gateway.vitrine-system.svc:8080";
    for (var path : List.of("/reports", "/watches/default/a")) {
      assertThat(front.send("POST", gateway.address(path), "{}", "Host", name).status())
          .as(path)
          .isEqualTo(401);
    }
    assertThat(front.get(gateway.address("/signal/default/a"), "Host", name).status())
        .isEqualTo(426);
    assertThat(front.get(gateway.address("/signal/default/%2e%2e/cfg/apps"), "Host", name).status())
        .isEqualTo(403);
  }

  @Test
  void the_page_is_there_for_any_well_formed_name() throws Exception {
    var answer = front.get(gateway.address("/view/default/nosuchapp"));

    assertThat(answer.raw().statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("<video");
    assertThat(answer.header("Content-Security-Policy")).startsWith("default-src 'none'");
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-cache");
    var again =
        front.get(
            gateway.address("/view/default/nosuchapp"), "If-None-Match", answer.header("ETag"));
    assertThat(again.status()).isEqualTo(304);
  }

  @Test
  void every_file_that_the_page_names_is_beside_it() throws Exception {
    var page = front.get(gateway.address("/view/default/a")).body();
    var files =
        Pattern.compile("\"\\.\\./\\.\\./(page/[^\"]+)\"")
            .matcher(page)
            .results()
            .map(found -> found.group(1))
            .toList();

    assertThat(files).isNotEmpty();
    for (var file : files) {
      var answer = front.get(gateway.address("/" + file));
      assertThat(answer.status()).as(file).isEqualTo(200);
      assertThat(answer.header("Cache-Control")).as(file).contains("immutable");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/view/Default/a", "/view/default/-a", "/view/a.b/c"})
  void a_malformed_name_has_no_page(String path) throws Exception {
    var answer = front.get(gateway.address(path));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.detail()).startsWith("An address is /view/{namespace}/{app}");
  }

  @Test
  void no_address_leads_out_of_the_page() throws Exception {
    assertThat(front.get(gateway.address("/page/..%2F..%2Fcrds%2Fx.yaml")).status()).isEqualTo(404);
    assertThat(front.get(gateway.address("/page/nosuch.js")).detail())
        .isEqualTo("The page has no file of that name.");
  }
}
