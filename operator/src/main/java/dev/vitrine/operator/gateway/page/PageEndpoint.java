package dev.vitrine.operator.gateway.page;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;

/** {@code /view/{namespace}/{app}} and the files beside it. */
public final class PageEndpoint {

  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  /** The page may sit in a frame of another site: a front end embeds it. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
          + " media-src 'self' blob:; connect-src 'self' ws: wss:; base-uri 'none';"
          + " form-action 'none'";

  private final PageFiles files = new PageFiles();

  public void mount(Router router) {
    router.get("/view/:namespace/:app").handler(this::view);
    router
        .get("/page/:file")
        .handler(context -> send(context, String.valueOf(context.pathParam("file"))));
  }

  /** Whether there is such an app, the page asks for itself. */
  private void view(RoutingContext context) {
    var namespace = String.valueOf(context.pathParam("namespace"));
    var app = String.valueOf(context.pathParam("app"));
    if (!LABEL.matcher(namespace).matches() || !LABEL.matcher(app).matches()) {
      notFound(
          context,
          "An address is /view/{namespace}/{app}; names are lower-case letters, digits and hyphens,"
              + " 63 at most.");
      return;
    }
    send(context, "view.html");
  }

  private void send(RoutingContext context, String name) {
    var found = files.find(name);
    if (found.isEmpty()) {
      notFound(context, "The page has no file of that name.");
      return;
    }
    var file = found.get();
    var response = context.response();
    head(response)
        .putHeader("ETag", file.tag())
        .putHeader(
            "Cache-Control", file.forever() ? "public, max-age=31536000, immutable" : "no-cache");
    if (file.tag().equals(context.request().getHeader("If-None-Match"))) {
      response.setStatusCode(304).end();
      return;
    }
    response.putHeader("Content-Type", file.mediaType()).end(file.content());
  }

  private static void notFound(RoutingContext context, String sentence) {
    head(context.response())
        .setStatusCode(404)
        .putHeader("Content-Type", "application/json")
        .end(JsonObject.of("detail", sentence).encode());
  }

  private static HttpServerResponse head(HttpServerResponse response) {
    return response
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer");
  }
}
