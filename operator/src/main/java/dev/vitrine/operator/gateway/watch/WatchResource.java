package dev.vitrine.operator.gateway.watch;

import dev.vitrine.operator.gateway.access.PodCallers;
import dev.vitrine.operator.gateway.http.PublicAddress;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Where a session's watching pod asks for a connection, again and again until it may have one. */
@Path("/watches/{namespace}/{session}")
public class WatchResource {

  private final PodCallers callers;
  private final Watches watches;
  private final HttpServerRequest request;

  WatchResource(PodCallers callers, Watches watches, HttpServerRequest request) {
    this.callers = callers;
    this.watches = watches;
    this.request = request;
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @Produces(MediaType.APPLICATION_JSON)
  public String connect(
      @HeaderParam("Authorization") @Nullable String authorization,
      @PathParam("namespace") String namespace,
      @PathParam("session") String session) {
    var caller = callers.require(authorization);
    return watches.grant(caller, namespace, session, PublicAddress.of(request)).toJson();
  }
}
