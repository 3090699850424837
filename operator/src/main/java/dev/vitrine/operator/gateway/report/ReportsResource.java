package dev.vitrine.operator.gateway.report;

import dev.vitrine.operator.gateway.access.PodCallers;
import dev.vitrine.operator.gateway.http.Refusal;
import dev.vitrine.protocol.BadMessageException;
import dev.vitrine.protocol.RuntimeReport;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Where runtimes report how their viewer fares. */
@Path("/reports")
public class ReportsResource {

  private final PodCallers callers;
  private final Reports reports;
  private final ReportMeter meter;

  ReportsResource(PodCallers callers, Reports reports, ReportMeter meter) {
    this.callers = callers;
    this.reports = reports;
    this.meter = meter;
  }

  @POST
  @Consumes(MediaType.WILDCARD)
  @Produces(MediaType.APPLICATION_JSON)
  public String report(
      @HeaderParam("Authorization") @Nullable String authorization, @Nullable String body) {
    return meter.count(() -> take(authorization, body));
  }

  private String take(@Nullable String authorization, @Nullable String body) {
    var caller = callers.require(authorization);
    var report = parse(body);
    if (!report.podUid().equals(caller.uid())) {
      throw new Refusal(403, "The report is of another pod than the token.");
    }
    return reports.accept(report).toJson();
  }

  private static RuntimeReport parse(@Nullable String body) {
    try {
      return RuntimeReport.parse(body == null ? "" : body);
    } catch (BadMessageException e) {
      throw new Refusal(422, String.valueOf(e.getMessage()));
    }
  }
}
