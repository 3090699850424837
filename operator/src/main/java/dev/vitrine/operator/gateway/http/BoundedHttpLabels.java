package dev.vitrine.operator.gateway.http;

import io.micrometer.core.instrument.Tags;
import io.quarkus.micrometer.runtime.HttpServerMetricsTagsContributor;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Overrules what Quarkus makes labels of in its {@code http_server_requests}: where a request is
 * refused before it is routed, that is the very path, and of any method. A stranger could make up
 * series without end, and names of sessions would be among them.
 */
@Singleton
public final class BoundedHttpLabels implements HttpServerMetricsTagsContributor {

  static final String OTHER = "OTHER";

  private static final Set<HttpMethod> METHODS =
      Set.of(
          HttpMethod.GET,
          HttpMethod.HEAD,
          HttpMethod.POST,
          HttpMethod.PUT,
          HttpMethod.PATCH,
          HttpMethod.DELETE,
          HttpMethod.OPTIONS);

  /** REST paths are mounted for one namespace as well, without the first two segments. */
  private static final String NAMESPACE = "(?:/namespaces/[^/]+)?";

  private static final Map<String, Pattern> PATHS =
      List.of(
              "/cfg/apps",
              "/cfg/apps/{app}/versions",
              "/cfg/apps/{app}/versions/{version}/profiles",
              "/streaming/stream",
              "/streaming/stream/{id}",
              "/signal/{namespace}/{session}",
              "/view/{namespace}/{app}",
              "/page/{file}",
              "/reports",
              "/watches/{namespace}/{session}",
              "/livez",
              "/readyz",
              "/metrics")
          .stream()
          .collect(
              Collectors.toMap(
                  path -> path, BoundedHttpLabels::pattern, (one, _) -> one, LinkedHashMap::new));

  @Override
  public Tags contribute(Context context) {
    var request = context.request();
    return Tags.of("method", method(request.method()), "uri", path(request.path()));
  }

  static String method(HttpMethod method) {
    return METHODS.contains(method) ? method.name() : OTHER;
  }

  static String path(@Nullable String path) {
    return PATHS.entrySet().stream()
        .filter(known -> path != null && known.getValue().matcher(path).matches())
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(OTHER);
  }

  private static Pattern pattern(String path) {
    var rest = path.replaceAll("\\{[a-z]+}", "[^/]+");
    var mounted = path.startsWith("/cfg/") || path.startsWith("/streaming/");
    return Pattern.compile((mounted ? NAMESPACE : "") + rest + "/?");
  }
}
