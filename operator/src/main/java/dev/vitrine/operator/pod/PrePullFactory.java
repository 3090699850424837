package dev.vitrine.operator.pod;

import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamClassSpec.Gpu;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.operator.support.ContentHash;
import dev.vitrine.operator.support.Owners;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetBuilder;
import io.fabric8.kubernetes.api.model.apps.DaemonSetSpecBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The DaemonSet that has a revision's image on every node of a class before a session needs it: a
 * pod on each that only waits, so that the kubelet pulls the image and does not clear it away.
 */
public final class PrePullFactory {

  /** A part of the base system of Debian, on which the runtime's image stands. */
  private static final List<String> WAIT = List.of("sleep", "infinity");

  private PrePullFactory() {}

  /**
   * It has the revision's namespace and goes with it. Its name says what it is made of: it is
   * replaced and never changed.
   *
   * @param pod what sessions of the revision get on that class: its image, and where it may run
   */
  public static DaemonSet desired(Pod pod, StreamingAppRevision revision, StreamClass streamClass) {
    var spec = spec(pod.getSpec(), streamClass.getSpec().resources().gpu());
    var className = streamClass.getMetadata().getName();
    var hash = ContentHash.of(List.of(revision.getMetadata().getName(), className, spec));
    var own = Map.of(PodLabels.PRE_PULL, hash);
    var metadata =
        new ObjectMetaBuilder()
            .withName(revision.getMetadata().getName() + "-pull-" + hash)
            .withNamespace(revision.getMetadata().getNamespace())
            .withLabels(own)
            .addToLabels(PodLabels.APP, revision.getSpec().app())
            .addToLabels(PodLabels.REVISION, revision.getMetadata().getName())
            .addToLabels(PodLabels.CLASS, className)
            .withOwnerReferences(Owners.controller(revision))
            .build();
    // Without the app's label: they are none of the pods that serve it.
    var template =
        new PodTemplateSpecBuilder()
            .withMetadata(new ObjectMetaBuilder().withLabels(own).build())
            .withSpec(spec)
            .build();
    return new DaemonSetBuilder()
        .withMetadata(metadata)
        .withSpec(
            new DaemonSetSpecBuilder()
                .withSelector(new LabelSelectorBuilder().withMatchLabels(own).build())
                .withTemplate(template)
                .build())
        .build();
  }

  private static PodSpec spec(PodSpec session, @Nullable Gpu gpu) {
    return new PodSpecBuilder()
        .withTerminationGracePeriodSeconds(1L)
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withImagePullSecrets(session.getImagePullSecrets())
        .withRuntimeClassName(session.getRuntimeClassName())
        .withNodeSelector(session.getNodeSelector())
        .withAffinity(toNodes(session.getAffinity()))
        .withTolerations(tolerations(session, gpu))
        .withSecurityContext(session.getSecurityContext())
        .withContainers(waiting(session.getContainers().getFirst()))
        .build();
  }

  private static Container waiting(Container session) {
    return new ContainerBuilder()
        .withName("pre-pull")
        .withImage(session.getImage())
        .withCommand(WAIT)
        .withResources(
            new ResourceRequirements(
                List.of(),
                Map.of("memory", new Quantity("16Mi")),
                Map.of("cpu", new Quantity("1m"), "memory", new Quantity("8Mi"))))
        .withSecurityContext(session.getSecurityContext())
        .build();
  }

  /** Other pods' places do not matter to one that does nothing. */
  private static @Nullable Affinity toNodes(@Nullable Affinity affinity) {
    return affinity == null
        ? null
        : new AffinityBuilder().withNodeAffinity(affinity.getNodeAffinity()).build();
  }

  /**
   * Nodes with devices are often tainted with the device's name. Pods that ask for one tolerate
   * that by an admission plugin (ExtendedResourceToleration); these ask for none.
   */
  private static List<Toleration> tolerations(PodSpec session, @Nullable Gpu gpu) {
    var devices =
        Stream.ofNullable(gpu)
            .map(
                device ->
                    new TolerationBuilder()
                        .withKey(device.resourceName())
                        .withOperator("Exists")
                        .withEffect("NoSchedule")
                        .build());
    return Stream.concat(session.getTolerations().stream(), devices).distinct().toList();
  }
}
