package dev.vitrine.operator.pod;

import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamClassSpec;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.operator.support.ContentHash;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.SeccompProfileBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The pod of a revision on a class: resources in, one pod out, no session yet. It runs under the
 * restricted Pod Security Standard.
 */
public final class RuntimePodFactory {

  /** Name of the one container. */
  public static final String CONTAINER = "runtime";

  static final String VOLUME_PREFIX = "vitrine-";

  /** A stream has no use for a node that has not answered for this long; Kubernetes waits 300. */
  private static final long LOST_NODE_SECONDS = 30;

  /** Beyond the drain: enough to say goodbye to the viewer and to report. */
  private static final long TERMINATION_SECONDS = 10;

  private final RuntimeContainerFactory containers;
  private final KubernetesSerialization json = new KubernetesSerialization();

  /**
   * @param builtInImage what runs an app that names no image
   */
  public RuntimePodFactory(String builtInImage) {
    containers = new RuntimeContainerFactory(builtInImage);
  }

  /**
   * Has no name yet, nor an owner. The revision's patch must keep to {@link PodPatchRules}.
   *
   * @param parameters values of the parameters that the container finds in its environment
   */
  public Pod desired(
      StreamingApp app,
      StreamingAppRevision revision,
      StreamClass streamClass,
      Map<String, String> parameters) {
    var pod =
        new PodBuilder()
            .withMetadata(metadata(revision, streamClass))
            .withSpec(spec(app, revision, streamClass, parameters))
            .build();
    var patch = revision.getSpec().podPatch();
    return patch == null ? pod : patched(pod, patch);
  }

  /**
   * The same pod for nobody yet: it is ready when it has made its first picture, not before. It
   * says by {@link PodLabels#TEMPLATE} what it is made of.
   */
  public static Pod idle(Pod pod) {
    var spec = probedForWarmth(pod).getSpec();
    return pod.edit()
        .editMetadata()
        .addToAnnotations(PodLabels.TEMPLATE, ContentHash.ofSorted(spec))
        .endMetadata()
        .withSpec(spec)
        .build();
  }

  private static Pod probedForWarmth(Pod pod) {
    return pod.edit()
        .editSpec()
        .editFirstContainer()
        .editReadinessProbe()
        .editHttpGet()
        .withPath("/warmz")
        .endHttpGet()
        .endReadinessProbe()
        .endContainer()
        .endSpec()
        .build();
  }

  private Pod patched(Pod pod, Map<String, Object> patch) {
    @SuppressWarnings("unchecked") // a pod is a JSON object
    Map<String, Object> base = json.convertValue(pod, Map.class);
    return json.convertValue(StrategicMerge.merge(base, patch), Pod.class);
  }

  private static ObjectMeta metadata(StreamingAppRevision revision, StreamClass streamClass) {
    return new ObjectMetaBuilder()
        .withNamespace(revision.getMetadata().getNamespace())
        .withLabels(
            Map.of(
                PodLabels.APP,
                revision.getSpec().app(),
                PodLabels.REVISION,
                revision.getMetadata().getName(),
                PodLabels.CLASS,
                streamClass.getMetadata().getName(),
                "app.kubernetes.io/managed-by",
                "vitrine-controller"))
        .build();
  }

  private PodSpec spec(
      StreamingApp app,
      StreamingAppRevision revision,
      StreamClass streamClass,
      Map<String, String> parameters) {
    var ofClass = streamClass.getSpec();
    var lifetimes = ofClass.lifetimes().limit(app.getSpec().lifetimes());
    return new PodSpecBuilder()
        .withRestartPolicy("Never")
        .withTerminationGracePeriodSeconds(
            RuntimeContainerFactory.drainSeconds(lifetimes) + TERMINATION_SECONDS)
        .withAutomountServiceAccountToken(false)
        .withEnableServiceLinks(false)
        .withRuntimeClassName(ofClass.runtimeClassName())
        .withNodeSelector(ofClass.nodeSelector())
        .withTolerations(tolerations(ofClass))
        .withSecurityContext(securityContext())
        .withContainers(containers.desired(revision, lifetimes, streamClass, parameters))
        .withVolumes(RuntimeVolumes.all(app, ofClass.cache()))
        .build();
  }

  private static PodSecurityContext securityContext() {
    return new PodSecurityContextBuilder()
        .withRunAsNonRoot(true)
        .withSeccompProfile(new SeccompProfileBuilder().withType("RuntimeDefault").build())
        .build();
  }

  private static List<Toleration> tolerations(StreamClassSpec ofClass) {
    var lostNode =
        Stream.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable")
            .map(
                taint ->
                    new TolerationBuilder()
                        .withKey(taint)
                        .withOperator("Exists")
                        .withEffect("NoExecute")
                        .withTolerationSeconds(LOST_NODE_SECONDS)
                        .build());
    var accepted =
        ofClass.tolerations().stream()
            .map(
                toleration ->
                    new TolerationBuilder()
                        .withKey(toleration.key())
                        .withOperator(toleration.operator().name())
                        .withValue(toleration.value())
                        .withEffect(toleration.effect() == null ? null : toleration.effect().name())
                        .withTolerationSeconds(toleration.tolerationSeconds())
                        .build());
    return Stream.concat(lostNode, accepted).toList();
  }
}
