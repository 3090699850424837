package dev.vitrine.operator.gateway.report;

import dev.vitrine.operator.gateway.access.BearerToken;
import dev.vitrine.operator.gateway.access.TokenReviews;
import dev.vitrine.operator.gateway.http.Refusal;
import dev.vitrine.protocol.BadMessageException;
import dev.vitrine.protocol.RuntimeReport;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Where runtimes report how their viewer fares. */
@Path("/reports")
public class ReportsResource {

  private static final String AUDIENCE = "vitrine-report";

  private final TokenReviews tokens;
  private final ReportRate rate;
  private final Reports reports;

  ReportsResource(TokenReviews tokens, ReportRate rate, Reports reports) {
    this.tokens = tokens;
    this.rate = rate;
    this.reports = reports;
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  public void report(
      @HeaderParam("Authorization") @Nullable String authorization, @Nullable String body) {
    var podUid = reportingPod(authorization);
    if (!rate.allows(podUid)) {
      throw new Refusal(429, "This pod reports too often; wait a second.");
    }
    var report = parse(body);
    if (!report.podUid().equals(podUid)) {
      throw new Refusal(403, "The report is of another pod than the token.");
    }
    reports.accept(report);
  }

  private String reportingPod(@Nullable String authorization) {
    var owner =
        BearerToken.in(authorization)
            .flatMap(token -> tokens.owner(token, AUDIENCE))
            .orElseThrow(
                () ->
                    new Refusal(
                        401,
                        "Send Authorization: Bearer with the pod's token of audience vitrine-report."));
    return owner
        .podUid()
        .orElseThrow(() -> new Refusal(403, "The token is bound to no pod; send a pod's own."));
  }

  private static RuntimeReport parse(@Nullable String body) {
    try {
      return RuntimeReport.parse(body == null ? "" : body);
    } catch (BadMessageException e) {
      throw new Refusal(422, String.valueOf(e.getMessage()));
    }
  }
}
