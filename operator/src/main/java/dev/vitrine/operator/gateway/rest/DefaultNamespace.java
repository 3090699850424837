package dev.vitrine.operator.gateway.rest;

import dev.vitrine.operator.gateway.GatewaySettings;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;

/**
 * Front ends that know no namespaces call {@code /cfg} and {@code /streaming}: the default one's.
 */
@Provider
@PreMatching
final class DefaultNamespace implements ContainerRequestFilter {

  /** Filters are made before the environment is read. */
  private final Instance<GatewaySettings> settings;

  DefaultNamespace(Instance<GatewaySettings> settings) {
    this.settings = settings;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    var path = request.getUriInfo().getPath();
    if (path.startsWith("/cfg/") || path.startsWith("/streaming/")) {
      var namespace = settings.get().defaultNamespace();
      var uri = request.getUriInfo().getRequestUriBuilder();
      request.setRequestUri(uri.replacePath("/namespaces/" + namespace + path).build());
    }
  }
}
