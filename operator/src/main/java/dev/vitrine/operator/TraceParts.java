package dev.vitrine.operator;

import dev.vitrine.operator.trace.SessionTraces;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Where both roles' spans go: as OpenTelemetry's variables say. */
final class TraceParts {

  @Produces
  @Singleton
  SessionTraces traces(@ConfigProperty(name = "vitrine.role") String role) {
    return SessionTraces.of("vitrine-" + role, System.getenv(), InstantSource.system());
  }

  void close(@Disposes SessionTraces traces) {
    traces.close();
  }
}
