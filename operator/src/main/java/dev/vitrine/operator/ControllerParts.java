package dev.vitrine.operator;

import dev.vitrine.operator.keys.SigningKeyReconciler;
import dev.vitrine.operator.trace.SessionTraces;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.prometheus.client.CollectorRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** Makes the controller when it is first asked for: never in the gateway. */
@Singleton
final class ControllerParts {

  private final ControllerSettings settings;

  ControllerParts(ControllerSettings settings) {
    this.settings = settings;
  }

  @Produces
  @Singleton
  Controller controller(KubernetesClient client, CollectorRegistry exported, SessionTraces traces) {
    var keys = new SigningKeyReconciler(client, settings.systemNamespace());
    return new Controller(
        client,
        new Controller.Settings(
            settings.runtimeImage(),
            keys.keyIn(SigningKeyReconciler.ASSIGNMENT_KEY),
            keys.keyIn(SigningKeyReconciler.CONNECT_KEY).publicKeys(),
            settings.requiredPublicUrl(),
            settings.reportUrl(),
            settings.systemNamespace(),
            settings.podPort(),
            Optional.of(
                new Lease(
                    settings.systemNamespace(),
                    settings.podName().orElseGet(() -> UUID.randomUUID().toString())))),
        exported,
        traces,
        InstantSource.system());
  }
}
