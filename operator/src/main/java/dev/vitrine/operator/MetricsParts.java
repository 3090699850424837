package dev.vitrine.operator;

import io.prometheus.client.CollectorRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Makes the one registry out of which Micrometer's metrics and our own are exported. */
@Singleton
final class MetricsParts {

  /** Quarkus' own producer makes another one for everybody who asks. */
  @Produces
  @Singleton
  CollectorRegistry exported() {
    return new CollectorRegistry(true);
  }
}
