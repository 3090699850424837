package dev.vitrine.operator.gateway.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the caller reached the gateway, as the proxies before it say ({@code X-Forwarded-Proto,
 * -Host, -Port, -Prefix}).
 *
 * @param host a name or an address, IPv6 in brackets
 * @param prefix the path that a proxy took off, such as {@code /vitrine}; empty for none
 */
public record PublicAddress(boolean secure, String host, int port, String prefix) {

  private static final Pattern AUTHORITY =
      Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}])(?::([0-9]{1,5}))?");
  private static final Pattern PREFIX = Pattern.compile("(/[A-Za-z0-9._~-]{1,100}){1,8}");

  /** Where that request came in. */
  public static PublicAddress of(HttpServerRequest request) {
    return of(
        name -> {
          var value = request.getHeader(name);
          // In HTTP/2 it is a pseudo-header (RFC 9113, 8.3.1).
          return value == null && name.equals("Host") && request.authority() != null
              ? request.authority().toString()
              : value;
        });
  }

  /**
   * Headers that are malformed are as if absent.
   *
   * @param header gives a header's first value, or null
   */
  static PublicAddress of(Function<String, @Nullable String> header) {
    var secure =
        first(header.apply("X-Forwarded-Proto")).filter(p -> p.equals("https")).isPresent();
    var authority =
        first(header.apply("X-Forwarded-Host"))
            .map(AUTHORITY::matcher)
            .filter(m -> m.matches())
            .or(() -> first(header.apply("Host")).map(AUTHORITY::matcher).filter(m -> m.matches()));
    var host = authority.map(m -> m.group(1).toLowerCase(Locale.ROOT)).orElse("localhost");
    var port =
        authority
            .flatMap(m -> Optional.ofNullable(m.group(2)))
            .or(() -> first(header.apply("X-Forwarded-Port")))
            .flatMap(PublicAddress::port)
            .orElse(secure ? 443 : 80);
    var prefix =
        first(header.apply("X-Forwarded-Prefix"))
            .filter(p -> PREFIX.matcher(p).matches())
            .orElse("");
    return new PublicAddress(secure, host, port, prefix);
  }

  /** The absolute WebSocket address of a path of ours. */
  public String webSocket(String path) {
    return "%s://%s%s%s".formatted(secure ? "wss" : "ws", authority(), prefix, path);
  }

  /** Host and port, without the port that the scheme implies. */
  public String authority() {
    return port == (secure ? 443 : 80) ? host : host + ":" + port;
  }

  private static Optional<String> first(@Nullable String list) {
    return Optional.ofNullable(list).map(l -> l.split(",", 2)[0].strip());
  }

  private static Optional<Integer> port(String text) {
    return text.matches("[0-9]{1,5}")
        ? Optional.of(Integer.parseInt(text)).filter(p -> p >= 1 && p <= 65535)
        : Optional.empty();
  }
}
