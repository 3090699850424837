package dev.vitrine.operator.gateway.page;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The page's files, read once each. */
final class PageFiles {

  /**
   * One file.
   *
   * @param tag a hash of the content (RFC 9110, 8.8.3), with its quotes
   * @param forever whether the name changes with the content
   */
  record PageFile(Buffer content, String mediaType, String tag, boolean forever) {}

  private static final String FOLDER = "/META-INF/vitrine/page/";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,99}");

  /** The bundler's mark of the content, such as {@code viewer-C3xq_f2a.js}. */
  private static final Pattern HASHED = Pattern.compile(".+-[A-Za-z0-9_-]{8}\\.[a-z0-9]+");

  private static final Map<String, String> MEDIA_TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "svg", "image/svg+xml",
          "png", "image/png",
          "woff2", "font/woff2",
          "json", "application/json");

  /** Only names of files there are get in, so it is bounded by the jar. */
  private final Map<String, PageFile> read = new ConcurrentHashMap<>();

  /** Empty for a name that is none of the page's files. */
  Optional<PageFile> find(String name) {
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    var known = read.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    var file = load(name);
    file.ifPresent(f -> read.put(name, f));
    return file;
  }

  private static Optional<PageFile> load(String name) {
    var mediaType = MEDIA_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    try (var stream = PageFiles.class.getResourceAsStream(FOLDER + name)) {
      if (stream == null || mediaType == null) {
        return Optional.empty();
      }
      var content = stream.readAllBytes();
      var forever = HASHED.matcher(name).matches();
      return Optional.of(new PageFile(Buffer.buffer(content), mediaType, tag(content), forever));
    } catch (IOException e) {
      throw new UncheckedIOException("The page's file " + name + " cannot be read", e);
    }
  }

  private static String tag(byte[] content) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(content);
      return "\"" + HexFormat.of().formatHex(hash, 0, 16) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256.", e);
    }
  }
}
