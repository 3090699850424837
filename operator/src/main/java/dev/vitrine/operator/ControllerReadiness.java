package dev.vitrine.operator;

import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the cluster has been read, and while it is watched. */
@Readiness
@Singleton
final class ControllerReadiness implements HealthCheck {

  private final Instance<Controller> controller;

  ControllerReadiness(Instance<Controller> controller) {
    this.controller = controller;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("controller").status(controller.get().isHealthy()).build();
  }
}
