package dev.vitrine.operator.gateway.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lets no foreign page in, and answers what browsers ask before they call from afar (CORS). */
public final class OriginFilter {

  /** Pods come here by the service's name, and each of these asks for a token of its own. */
  private static final Pattern FOR_PODS =
      Pattern.compile("/reports|/(watches|signal)/[a-z0-9-]{1,63}/[a-z0-9-]{1,63}");

  private final Origins origins;
  private final boolean anyoneMay;

  /**
   * A filter of all requests.
   *
   * @param anyoneMay whether there is no other protection, so that the host is checked too
   */
  public OriginFilter(Origins origins, boolean anyoneMay) {
    this.origins = origins;
    this.anyoneMay = anyoneMay;
  }

  /** Answers what must not go on, and passes on the rest. */
  public void handle(RoutingContext context) {
    var request = context.request();
    var reached = PublicAddress.of(request);
    var response = context.response();
    response.putHeader("X-Content-Type-Options", "nosniff");
    response.putHeader("Vary", "Origin");
    if (anyoneMay) {
      response.putHeader("Vitrine-Access", "none");
      if (!isForPods(request.path()) && !origins.trustsHost(reached.host())) {
        refuse(
            context,
            "The gateway is not known as %s: add its origin to VITRINE_ORIGINS."
                .formatted(reached.host()));
        return;
      }
    }
    var origin = request.getHeader("Origin");
    if (origin == null || Origins.own(origin, reached)) {
      context.next();
      return;
    }
    if (!origins.allows(origin)) {
      refuse(context, "Pages of this origin may not call: add it to VITRINE_ORIGINS.");
      return;
    }
    response.putHeader("Access-Control-Allow-Origin", origin);
    if (request.method().equals(HttpMethod.OPTIONS)
        && request.headers().contains("Access-Control-Request-Method")) {
      response
          .putHeader("Access-Control-Allow-Methods", "GET, POST, DELETE")
          .putHeader("Access-Control-Allow-Headers", "content-type, authorization, prefer")
          .putHeader("Access-Control-Max-Age", "600")
          .setStatusCode(204)
          .end();
      return;
    }
    context.next();
  }

  private static boolean isForPods(@Nullable String path) {
    return path != null && FOR_PODS.matcher(path).matches();
  }

  private static void refuse(RoutingContext context, String sentence) {
    context
        .response()
        .setStatusCode(403)
        .putHeader("Content-Type", "application/json")
        .end(JsonObject.of("detail", sentence).encode());
  }
}
