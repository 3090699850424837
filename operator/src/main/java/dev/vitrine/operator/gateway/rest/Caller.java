package dev.vitrine.operator.gateway.rest;

import dev.vitrine.operator.gateway.access.Access;
import dev.vitrine.operator.gateway.access.Right;
import dev.vitrine.operator.gateway.access.Verdict;
import dev.vitrine.operator.gateway.cluster.ClusterCache;
import dev.vitrine.operator.gateway.http.PublicAddress;
import dev.vitrine.operator.gateway.http.Refusal;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.RequestScoped;
import org.jspecify.annotations.Nullable;

/** Whoever sent this request. */
@RequestScoped
class Caller {

  private final HttpServerRequest request;
  private final Access access;
  private final ClusterCache cache;

  Caller(HttpServerRequest request, Access access, ClusterCache cache) {
    this.request = request;
    this.access = access;
    this.cache = cache;
  }

  /**
   * The caller's name, or null for an anonymous one.
   *
   * @throws Refusal 401 or 403, before anything is looked up
   */
  @Nullable String requireRight(Right right) {
    var user = check(right).orRefuse().user();
    requireSynced();
    return user;
  }

  /**
   * The sessions that the caller may do a thing to: whoever has that right, everybody's; whoever
   * may make sessions, their own.
   *
   * @throws Refusal 401 or 403, before anything is looked up
   */
  SessionScope requireScope(Right right) {
    var verdict = check(right);
    if (verdict instanceof Verdict.Forbidden
        && check(Right.sessions("create", right.namespace()))
            instanceof Verdict.Allowed(var user)) {
      requireSynced();
      return new SessionScope(user);
    }
    verdict.orRefuse();
    requireSynced();
    return SessionScope.EVERYBODYS;
  }

  private void requireSynced() {
    if (!cache.synced()) {
      throw new Refusal(503, "The gateway is still reading the cluster; try again.");
    }
  }

  Verdict check(Right right) {
    return access.check(request.getHeader("Authorization"), right);
  }

  PublicAddress reached() {
    return PublicAddress.of(request);
  }
}
