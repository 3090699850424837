package dev.vitrine.operator.gateway.rest;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.operator.gateway.access.Right;
import dev.vitrine.operator.gateway.cluster.ClusterCache;
import dev.vitrine.operator.gateway.cluster.SessionState;
import dev.vitrine.operator.gateway.cluster.Sessions;
import dev.vitrine.operator.gateway.http.Refusal;
import dev.vitrine.operator.gateway.line.Lines;
import dev.vitrine.operator.trace.SessionTraces;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Streams on demand: each is a StreamSession. */
@Path("/namespaces/{namespace}/streaming/stream")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class StreamsResource {

  /** An idle pod takes a session within this: then the first reply is the last one needed. */
  private static final Duration CLAIM_LIMIT = Duration.ofSeconds(1);

  private final Caller caller;
  private final ClusterCache cache;
  private final Sessions sessions;
  private final Lines lines;
  private final ConnectData connectData;
  private final SessionTraces traces;

  StreamsResource(
      Caller caller,
      ClusterCache cache,
      Sessions sessions,
      Lines lines,
      ConnectData connectData,
      SessionTraces traces) {
    this.caller = caller;
    this.cache = cache;
    this.sessions = sessions;
    this.lines = lines;
    this.connectData = connectData;
    this.traces = traces;
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  public Response create(@PathParam("namespace") String namespace, @Nullable String body) {
    var doing = traces.begin("create session");
    var user = caller.requireRight(Right.sessions("create", namespace));
    var request = CreateRequest.parse(body);
    var app =
        cache
            .app(namespace, request.app())
            .orElseThrow(() -> AppsResource.missing(namespace, request.app()));
    var session = sessions.create(namespace, request.specFor(app, user));
    doing.done(session.getMetadata().getUid(), Map.of());
    return replyOnceReady(session, CLAIM_LIMIT);
  }

  @GET
  public Page<StreamReply> list(
      @PathParam("namespace") String namespace,
      @QueryParam("offset") @Nullable String offset,
      @QueryParam("limit") @Nullable String limit) {
    var scope = caller.requireScope(Right.sessions("list", namespace));
    var request = PageRequest.of(offset, limit);
    var replies =
        cache
            .sessions(namespace)
            .filter(session -> !session.triesRevision())
            .filter(scope::includes)
            .sorted(
                Comparator.comparing((StreamSession s) -> s.getMetadata().getCreationTimestamp())
                    .thenComparing(s -> s.getMetadata().getName()))
            .filter(session -> !(sessions.state(session) instanceof SessionState.Ended))
            .map(session -> replyWithoutToken(session))
            .toList();
    return Page.of(request, replies);
  }

  /**
   * A session as it stands; with the header {@code Prefer: wait=5} (RFC 7240 section 4.3) as it
   * stands once it can be dialled, within so many seconds.
   */
  @GET
  @Path("{id}")
  public Response get(
      @PathParam("namespace") String namespace,
      @PathParam("id") String id,
      @HeaderParam("Prefer") @Nullable String prefer) {
    var scope = caller.requireScope(Right.session("get", namespace, nameIn(id)));
    return replyOnceReady(find(scope, namespace, id), WaitPreference.in(prefer));
  }

  /** As front ends send it: <code>{"id": …}</code>. */
  @DELETE
  @Consumes(MediaType.WILDCARD)
  public Response deleteByBody(@PathParam("namespace") String namespace, @Nullable String body) {
    // Not the right to one of them by its name: the body is not read before there is a right.
    var scope = caller.requireScope(Right.sessions("delete", namespace));
    var fields = JsonBody.parse(body);
    var id = fields.required("id");
    fields.orInvalid();
    return end(scope, namespace, id);
  }

  @DELETE
  @Path("{id}")
  public Response delete(@PathParam("namespace") String namespace, @PathParam("id") String id) {
    var scope = caller.requireScope(Right.session("delete", namespace, nameIn(id)));
    return end(scope, namespace, id);
  }

  private Response end(SessionScope scope, String namespace, String id) {
    sessions.delete(find(scope, namespace, id));
    // No body: clients show any text as an error.
    return Response.ok().build();
  }

  private StreamSession find(SessionScope scope, String namespace, String id) {
    return SessionId.parse(id)
        .filter(parsed -> parsed.namespace().equals(namespace))
        .flatMap(parsed -> sessions.find(parsed.namespace(), parsed.name()))
        .filter(scope::includes)
        .orElseThrow(() -> new Refusal(404, "There is no session \"%s\".".formatted(id)));
  }

  private Response replyOnceReady(StreamSession session, Duration limit) {
    var reply =
        sessions
            .awaitReady(session, limit)
            .map(now -> reply(now, connectData))
            .orElseThrow(() -> StreamReplies.ended(SessionState.Ended.DELETED));
    return Response.status(reply.status().status() ? 200 : 202).entity(reply).build();
  }

  private StreamReply replyWithoutToken(StreamSession session) {
    return reply(session, (s, p, r) -> Optional.empty());
  }

  private StreamReply reply(StreamSession session, StreamReplies.Tokens tokens) {
    return StreamReplies.of(
        session, sessions.state(session), lines.placeOf(session), caller.reached(), tokens);
  }

  private static @Nullable String nameIn(String id) {
    return SessionId.parse(id).map(SessionId::name).orElse(null);
  }
}
