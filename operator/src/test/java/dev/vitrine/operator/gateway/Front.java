package dev.vitrine.operator.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A front end: sends a request, and reads the answer. */
final class Front implements AutoCloseable {

  /**
   * An answer.
   *
   * @param json missing where the body is empty
   */
  record Answer(int status, JsonNode json, String body, HttpResponse<String> raw) {
    String detail() {
      return json.path("detail").asText();
    }

    String header(String name) {
      return raw.headers().firstValue(name).orElse(null);
    }
  }

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Answer get(URI address, String... headers) throws Exception {
    return send("GET", address, null, headers);
  }

  Answer send(String method, URI address, String body, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(address)
            .timeout(Duration.ofSeconds(30))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    var response = http.send(request.build(), BodyHandlers.ofString());
    var isJson = response.headers().firstValue("Content-Type").orElse("").contains("json");
    var json = new ObjectMapper().readTree(isJson ? response.body() : "");
    return new Answer(response.statusCode(), json, response.body(), response);
  }

  @Override
  public void close() {
    http.close();
  }
}
