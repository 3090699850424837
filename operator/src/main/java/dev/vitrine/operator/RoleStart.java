package dev.vitrine.operator;

import dev.vitrine.operator.gateway.Gateway;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Starts what the role asks for, and only that. When the cluster has been listed, memory is given
 * back: lists take several times what is kept of them, and nothing else might do it for hours.
 */
@ApplicationScoped
class RoleStart {
  private final Role role;
  private final Instance<Controller> controller;
  private final Instance<Gateway> gateway;

  RoleStart(
      @ConfigProperty(name = "vitrine.role") String role,
      Instance<Controller> controller,
      Instance<Gateway> gateway) {
    this.role = Role.of(role);
    this.controller = controller;
    this.gateway = gateway;
  }

  void start(@Observes StartupEvent event) {
    switch (role) {
      case CONTROLLER -> {
        controller.get().start();
        System.gc();
      }
      case GATEWAY -> gateway.get().start(); // which lists meanwhile
    }
  }

  void stop(@Observes ShutdownEvent event) {
    switch (role) {
      case CONTROLLER -> controller.get().close();
      case GATEWAY -> gateway.get().stop();
    }
  }
}
