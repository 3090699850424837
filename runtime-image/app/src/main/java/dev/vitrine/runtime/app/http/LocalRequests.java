package dev.vitrine.runtime.app.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** Plain requests on one machine without a cluster: the page. */
public final class LocalRequests implements Handler<HttpServerRequest> {

  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private final OriginPolicy origins;
  private final PageFiles page = new PageFiles();

  public LocalRequests(OriginPolicy origins) {
    this.origins = origins;
  }

  @Override
  public void handle(HttpServerRequest request) {
    if (!origins.allows(null, request.getHeader("Host"))) {
      request
          .response()
          .setStatusCode(FORBIDDEN)
          .end(
              "This server is not known as "
                  + request.getHeader("Host")
                  + ". Open it by its address, or name the page's origin in VITRINE_ORIGINS.\n");
    } else if (!request.method().equals(HttpMethod.GET) || !page.answer(request)) {
      request.response().setStatusCode(NOT_FOUND).end("There is nothing here; the page is at /.\n");
    }
  }
}
