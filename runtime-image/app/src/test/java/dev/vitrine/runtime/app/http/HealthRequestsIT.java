package dev.vitrine.runtime.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthRequestsIT {

  private volatile Optional<String> notReady = Optional.of("the GPU is being opened");
  private volatile Optional<String> notWarm = Optional.of("the stage is being opened");
  private final Vertx vertx = Vertx.vertx();
  private final Listener listener =
      Listener.open(vertx, 0, new HealthRequests(() -> notReady, () -> notWarm), null);
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    http.close();
    listener.close();
    vertx.close();
  }

  @Test
  void each_question_has_its_own_answer() throws Exception {
    assertThat(get("/livez").statusCode()).isEqualTo(200);
    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/readyz").body()).isEqualTo("the GPU is being opened\n");
    notReady = Optional.empty();
    assertThat(get("/readyz").statusCode()).isEqualTo(200);
    assertThat(get("/warmz").statusCode()).isEqualTo(503);
    assertThat(get("/warmz").body()).isEqualTo("the stage is being opened\n");
    notWarm = Optional.empty();
    assertThat(get("/warmz").statusCode()).isEqualTo(200);
    assertThat(get("/").statusCode()).isEqualTo(404);
  }

  private HttpResponse<String> get(String path) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(listener.port(), path)))
            .timeout(Duration.ofSeconds(10))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }
}
