package dev.vitrine.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;

/** The registry that the small cluster uses, alone and on loopback. */
final class LocalRegistry implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(30);

  /** Of the name "who" and the password "right". */
  private static final String PASSWORDS =
      "who:$2y$04$abcdefghijklmnopqrstuuFmEfrkTQnczNzw475xE2VhDrK1uwJiC\n";

  private final HttpClient http = HttpClient.newHttpClient();
  private final String address;
  private final Process process;

  private LocalRegistry(Path folder, String more) throws IOException {
    address = "127.0.0.1:" + freePort();
    var config =
        Files.writeString(
            folder.resolve("registry.yaml"),
            """
            version: 0.1
            log: {level: warn, accesslog: {disabled: true}}
            storage: {filesystem: {rootdirectory: "%s"}}
            http: {addr: "%s", secret: not-a-secret}
            %s
            """
                .formatted(folder.resolve("data"), address, more));
    var command = new ProcessBuilder("docker-registry", "serve", config.toString());
    command.environment().put("OTEL_TRACES_EXPORTER", "none");
    process =
        command
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("registry.log").toFile())
            .start();
    Awaitility.await("the registry").atMost(START_LIMIT).until(this::answers);
  }

  /** One that anybody may push to. */
  static LocalRegistry open(Path folder) throws IOException {
    return new LocalRegistry(Files.createDirectories(folder), "");
  }

  /** One that wants a name and a password. */
  static LocalRegistry closed(Path folder) throws IOException {
    Files.createDirectories(folder);
    var passwords = Files.writeString(folder.resolve("passwords"), PASSWORDS);
    return new LocalRegistry(
        folder, "auth: {htpasswd: {realm: test, path: \"%s\"}}".formatted(passwords));
  }

  /** Its host and port. */
  String address() {
    return address;
  }

  JsonNode manifest(String repository, String tag) {
    return json("/v2/%s/manifests/%s".formatted(repository, tag));
  }

  JsonNode config(String repository, String tag) {
    var digest = manifest(repository, tag).at("/config/digest").asText();
    return json("/v2/%s/blobs/%s".formatted(repository, digest));
  }

  byte[] blob(String repository, String digest) {
    return get("/v2/%s/blobs/%s".formatted(repository, digest));
  }

  private JsonNode json(String path) {
    try {
      return new ObjectMapper().readTree(get(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] get(String path) {
    var request =
        HttpRequest.newBuilder(URI.create("http://" + address + path))
            .header("Accept", "application/vnd.oci.image.manifest.v1+json")
            .build();
    try {
      var response = http.send(request, BodyHandlers.ofByteArray());
      assertThat(response.statusCode()).as(path).isEqualTo(200);
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean answers() {
    assertThat(process.isAlive()).as("the registry runs").isTrue();
    try {
      http.send(
          HttpRequest.newBuilder(URI.create("http://" + address + "/v2/")).build(),
          BodyHandlers.discarding());
      return true;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    http.close();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
