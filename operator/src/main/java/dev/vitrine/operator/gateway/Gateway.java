package dev.vitrine.operator.gateway;

import dev.vitrine.operator.gateway.access.AccessMode;
import dev.vitrine.operator.gateway.cluster.ClusterCache;
import dev.vitrine.operator.gateway.http.OriginFilter;
import dev.vitrine.operator.gateway.line.WaitingPages;
import dev.vitrine.operator.gateway.page.PageEndpoint;
import dev.vitrine.operator.gateway.report.ReportMeter;
import dev.vitrine.operator.gateway.signal.KeyWatch;
import dev.vitrine.operator.gateway.signal.SignalEndpoint;
import dev.vitrine.operator.gateway.signal.SignalMeter;
import io.prometheus.client.Collector;
import io.prometheus.client.CollectorRegistry;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway as a whole: mounted always, alive only in its role. */
@Singleton
public final class Gateway {

  private static final Logger log = LoggerFactory.getLogger(Gateway.class);

  /** Before everything else that Quarkus and we have. */
  private static final int FIRST = 1000;

  private final AccessMode access;
  private final ClusterCache cache;
  private final KeyWatch keys;
  private final List<Collector> meters;
  private final CollectorRegistry exported;

  Gateway(
      AccessMode access,
      ClusterCache cache,
      KeyWatch keys,
      SignalMeter signals,
      ReportMeter reports,
      WaitingPages waiting,
      CollectorRegistry exported) {
    this.access = access;
    this.cache = cache;
    this.keys = keys;
    this.exported = exported;
    meters =
        Stream.of(signals.collectors(), reports.collectors(), waiting.collectors())
            .flatMap(List::stream)
            .toList();
  }

  public void start() {
    if (access == AccessMode.NONE) {
      log.warn(
          "{}=none: ANYONE WHO REACHES THIS GATEWAY MAY START, WATCH AND END SESSIONS. Fit for"
              + " local work only; leave the variable away for the cluster's own tokens and RBAC.",
          AccessMode.VARIABLE);
    }
    meters.forEach(exported::register);
    var _ = cache.start().thenRun(System::gc); // see RoleStart
    keys.start();
  }

  public void stop() {
    cache.close();
  }

  void filter(@Observes Filters filters, OriginFilter origins) {
    filters.register(origins::handle, FIRST);
  }

  void mount(@Observes Router router, SignalEndpoint signals) {
    signals.mount(router);
    new PageEndpoint().mount(router);
  }
}
