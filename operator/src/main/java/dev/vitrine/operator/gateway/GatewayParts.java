package dev.vitrine.operator.gateway;

import dev.vitrine.operator.gateway.access.Access;
import dev.vitrine.operator.gateway.access.AccessMode;
import dev.vitrine.operator.gateway.access.KubernetesAccess;
import dev.vitrine.operator.gateway.access.OpenAccess;
import dev.vitrine.operator.gateway.access.PodCallers;
import dev.vitrine.operator.gateway.access.PodRate;
import dev.vitrine.operator.gateway.access.TokenReviews;
import dev.vitrine.operator.gateway.cluster.ClusterCache;
import dev.vitrine.operator.gateway.cluster.Sessions;
import dev.vitrine.operator.gateway.http.OriginFilter;
import dev.vitrine.operator.gateway.http.Origins;
import dev.vitrine.operator.gateway.line.GivenPods;
import dev.vitrine.operator.gateway.line.Lines;
import dev.vitrine.operator.gateway.line.Places;
import dev.vitrine.operator.gateway.line.WaitingPages;
import dev.vitrine.operator.gateway.report.ReportMeter;
import dev.vitrine.operator.gateway.report.Reports;
import dev.vitrine.operator.gateway.signal.ConnectGrants;
import dev.vitrine.operator.gateway.signal.ConnectKeys;
import dev.vitrine.operator.gateway.signal.Doorkeeper;
import dev.vitrine.operator.gateway.signal.KeyWatch;
import dev.vitrine.operator.gateway.signal.SignalEndpoint;
import dev.vitrine.operator.gateway.signal.SignalMeter;
import dev.vitrine.operator.gateway.watch.Watches;
import dev.vitrine.operator.trace.SessionTraces;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;

/** Puts the gateway together. The one place where its clock is made. */
final class GatewayParts {

  private static final Duration REMEMBER_RIGHTS = Duration.ofSeconds(10);

  private final InstantSource clock = InstantSource.system();

  @Produces
  @Singleton
  AccessMode accessMode(GatewaySettings settings) {
    return AccessMode.of(settings.access().orElse(null));
  }

  @Produces
  @Singleton
  OriginFilter originFilter(GatewaySettings settings, AccessMode mode) {
    var origins = settings.origins().map(Origins::of).orElseGet(Origins::standard);
    return new OriginFilter(origins, mode == AccessMode.NONE);
  }

  @Produces
  @Singleton
  TokenReviews tokenReviews(KubernetesClient client) {
    return new TokenReviews(client, REMEMBER_RIGHTS, clock);
  }

  @Produces
  @Singleton
  Access access(AccessMode mode, KubernetesClient client, TokenReviews tokens) {
    return switch (mode) {
      case NONE -> new OpenAccess();
      case KUBERNETES -> new KubernetesAccess(client, tokens, REMEMBER_RIGHTS, clock);
    };
  }

  @Produces
  @Singleton
  GivenPods givenPods() {
    return new GivenPods(clock);
  }

  @Produces
  @Singleton
  ClusterCache clusterCache(KubernetesClient client, GivenPods given) {
    return new ClusterCache(client, given::seen);
  }

  @Produces
  @Singleton
  Sessions sessions(KubernetesClient client, ClusterCache cache) {
    return new Sessions(client, cache);
  }

  @Produces
  @Singleton
  WaitingPages waitingPages() {
    return new WaitingPages(clock);
  }

  @Produces
  @Singleton
  SignalMeter signalMeter(SessionTraces traces) {
    return new SignalMeter(traces, clock);
  }

  @Produces
  @Singleton
  ReportMeter reportMeter() {
    return new ReportMeter();
  }

  @Produces
  @Singleton
  Lines lines(ClusterCache cache, GivenPods given, WaitingPages waiting) {
    return new Lines(
        now -> Places.of(cache.sessions(), cache.sessionPods(), cache::app, given, now),
        waiting,
        clock);
  }

  @Produces
  @Singleton
  ConnectKeys connectKeys(GatewaySettings settings) {
    return new ConnectKeys(settings.connectKeys(), clock);
  }

  @Produces
  @Singleton
  KeyWatch keyWatch(Vertx vertx, ConnectKeys keys) {
    return new KeyWatch(vertx, keys, clock);
  }

  @Produces
  @Singleton
  SignalEndpoint signalEndpoint(
      Vertx vertx,
      ConnectKeys keys,
      ClusterCache cache,
      SignalMeter meter,
      GatewaySettings settings) {
    return new SignalEndpoint(vertx, new Doorkeeper(keys, cache), meter, settings.podPort());
  }

  @Produces
  @Singleton
  PodCallers podCallers(TokenReviews tokens) {
    return new PodCallers(tokens, new PodRate(clock));
  }

  @Produces
  @Singleton
  Reports reports(KubernetesClient client, Sessions sessions, ClusterCache cache) {
    return new Reports(client, sessions, cache);
  }

  @Produces
  @Singleton
  ConnectGrants connectGrants(ConnectKeys keys) {
    return new ConnectGrants(keys);
  }

  @Produces
  @Singleton
  Watches watches(KubernetesClient client, Sessions sessions, ConnectGrants grants) {
    return new Watches(client, sessions, grants);
  }
}
