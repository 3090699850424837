package dev.vitrine.runtime.app.http;

import static java.util.Objects.requireNonNullElse;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The viewer page, out of the web client's jar: {@code /} and {@code /page/…}. */
final class PageFiles {

  private static final String FOLDER = "/META-INF/vitrine/page/";
  private static final Pattern FILE_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

  private static final Map<String, String> MEDIA_TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "json", "application/json");

  /** Answers the request if it asks for a file of the page. */
  boolean answer(HttpServerRequest request) {
    return fileNameIn(requireNonNullElse(request.path(), "/"))
        .map(name -> send(request, name))
        .orElse(false);
  }

  private static Optional<String> fileNameIn(String path) {
    if (path.equals("/")) {
      return Optional.of("index.html");
    }
    return Optional.of(path)
        .filter(p -> p.startsWith("/page/"))
        .map(p -> p.substring("/page/".length()))
        .filter(name -> FILE_NAME.matcher(name).matches());
  }

  private static boolean send(HttpServerRequest request, String name) {
    try (var file = PageFiles.class.getResourceAsStream(FOLDER + name)) {
      var mediaType = MEDIA_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
      if (file == null || mediaType == null) {
        return false;
      }
      request
          .response()
          .putHeader("Content-Type", mediaType)
          .putHeader("X-Content-Type-Options", "nosniff")
          .putHeader("Referrer-Policy", "no-referrer")
          .putHeader("Cache-Control", "no-cache")
          .putHeader(
              "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                  + " media-src 'self' blob:; connect-src *; base-uri 'none'; form-action 'none'")
          .end(Buffer.buffer(file.readAllBytes()));
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("the page file " + name + " cannot be read", e);
    }
  }
}
