package dev.vitrine.operator.gateway;

import dev.vitrine.operator.gateway.cluster.ClusterCache;
import dev.vitrine.operator.gateway.signal.ConnectKeys;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the cluster has been read, and there is a key to sign with. */
@Readiness
@Singleton
final class GatewayReadiness implements HealthCheck {

  private final ClusterCache cache;
  private final ConnectKeys keys;

  GatewayReadiness(ClusterCache cache, ConnectKeys keys) {
    this.cache = cache;
    this.keys = keys;
  }

  @Override
  public HealthCheckResponse call() {
    var hasKeys = keys.issuer().isPresent();
    return HealthCheckResponse.named("gateway")
        .withData("clusterRead", cache.synced())
        .withData("connectKeys", hasKeys)
        .status(cache.synced() && hasKeys)
        .build();
  }
}
