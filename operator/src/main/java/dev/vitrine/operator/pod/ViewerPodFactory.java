package dev.vitrine.operator.pod;

import dev.vitrine.api.v1alpha1.Labels;
import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.operator.support.Owners;
import io.fabric8.kubernetes.api.model.CapabilitiesBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.SeccompProfileBuilder;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** The pod that watches a session of our own and says whether it saw a picture. */
public final class ViewerPodFactory {

  /** For its goodbye, beyond the time that it has to see a picture. */
  private static final long GOODBYE_SECONDS = 30;

  private final String image;
  private final URI watchUrl;

  /**
   * @param image the built-in one, whatever the app's is
   * @param watchUrl where viewers ask the gateway for a way to their session
   */
  public ViewerPodFactory(String image, URI watchUrl) {
    this.image = image;
    this.watchUrl = watchUrl;
  }

  /**
   * Owned by the session, so that it goes with it.
   *
   * @param seconds from its start until it gives up
   */
  public Pod desired(StreamSession session, String name, long seconds) {
    var metadata =
        new ObjectMetaBuilder()
            .withName(name)
            .withNamespace(session.getMetadata().getNamespace())
            .withLabels(
                Map.of(
                    PodLabels.APP,
                    session.getSpec().app(),
                    Labels.WATCHES,
                    session.getMetadata().getName()))
            .withOwnerReferences(Owners.controller(session))
            .build();
    var spec =
        new PodSpecBuilder()
            .withRestartPolicy("Never")
            .withActiveDeadlineSeconds(seconds + GOODBYE_SECONDS)
            .withAutomountServiceAccountToken(false)
            .withEnableServiceLinks(false)
            .withSecurityContext(
                new PodSecurityContextBuilder()
                    .withRunAsNonRoot(true)
                    .withSeccompProfile(
                        new SeccompProfileBuilder().withType("RuntimeDefault").build())
                    .build())
            .withContainers(container(session, seconds))
            .withVolumes(RuntimeVolumes.ofViewer())
            .build();
    return new PodBuilder().withMetadata(metadata).withSpec(spec).build();
  }

  private Container container(StreamSession session, long seconds) {
    return new ContainerBuilder()
        .withName(RuntimePodFactory.CONTAINER)
        .withImage(image)
        .withArgs("--watch")
        .withEnv(
            new EnvVar("VITRINE_WATCH_URL", watchUrl.toString(), null),
            new EnvVar("VITRINE_NAMESPACE", session.getMetadata().getNamespace(), null),
            new EnvVar("VITRINE_SESSION", session.getMetadata().getName(), null),
            new EnvVar("VITRINE_WATCH_SECONDS", Long.toString(seconds), null))
        .withResources(
            new ResourceRequirements(
                List.of(),
                Map.of("memory", new Quantity("384Mi")),
                Map.of("cpu", new Quantity("100m"), "memory", new Quantity("192Mi"))))
        .withSecurityContext(
            new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withRunAsNonRoot(true)
                .withCapabilities(new CapabilitiesBuilder().withDrop("ALL").build())
                .build())
        .withVolumeMounts(RuntimeVolumes.mountsOfViewer())
        .build();
  }
}
