package dev.vitrine.operator.gateway.rest;

import dev.vitrine.operator.gateway.http.Refusal;
import dev.vitrine.protocol.GatewayRefusal;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every error is <code>{"detail": sentence}</code>, as clients of the Kit API expect it; where a
 * session is over there is the <code>reason</code> of its end as well.
 */
final class RefusalMapper {

  private static final Logger log = LoggerFactory.getLogger(RefusalMapper.class);

  @ServerExceptionMapper
  Response refused(Refusal refusal) {
    var response =
        Response.status(refusal.status())
            .type(MediaType.APPLICATION_JSON)
            .entity(new GatewayRefusal(refusal.sentence(), refusal.reason()).toJson());
    if (refusal.status() == 401) {
      response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    return response.build();
  }

  @ServerExceptionMapper
  Response invalid(Invalid input) {
    return Response.status(422)
        .type(MediaType.APPLICATION_JSON)
        .entity(Map.of("detail", input.faults()))
        .build();
  }

  /** What the API server itself says no to, such as a quota, is told in its own words. */
  @ServerExceptionMapper
  Response clusterFailed(KubernetesClientException failure) {
    if (failure.getCode() == 403 || failure.getCode() == 422) {
      return detail(failure.getCode(), words(failure)).build();
    }
    log.warn("The API server did not do what the gateway asked of it", failure);
    return detail(503, "The cluster's API server does not answer as it should; try again.")
        .header(HttpHeaders.RETRY_AFTER, 2)
        .build();
  }

  private static String words(KubernetesClientException failure) {
    var status = failure.getStatus();
    if (status == null || status.getMessage() == null) {
      return "The cluster's API server refused it.";
    }
    return status.getMessage().contains("exceeded quota: ")
        ? "The namespace has as many sessions as its quota allows, ended ones included: try again"
            + " later, or ask for a larger quota. "
            + status.getMessage()
        : status.getMessage();
  }

  private static Response.ResponseBuilder detail(int status, String sentence) {
    return Response.status(status)
        .type(MediaType.APPLICATION_JSON)
        .entity(Map.of("detail", sentence));
  }
}
