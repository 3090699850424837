package dev.vitrine.operator.pod;

import dev.vitrine.api.v1alpha1.Lifetimes;
import dev.vitrine.api.v1alpha1.StreamClass;
import dev.vitrine.api.v1alpha1.StreamClassSpec.Resources;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import dev.vitrine.api.v1alpha1.StreamingAppRevisionSpec;
import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.CapabilitiesBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.EnvVarSourceBuilder;
import io.fabric8.kubernetes.api.model.HTTPGetActionBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The one container of a pod: the runtime. */
final class RuntimeContainerFactory {

  private static final int LONGEST_DRAIN_SECONDS = 30;
  static final int SIGNALLING_PORT = 8080;
  private static final int HEALTH_PORT = 9090;
  static final int MEDIA_PORT = 47998;

  /** Without graphics an NVIDIA driver shows no Vulkan device; video is its encoder. */
  private static final String DRIVER_CAPABILITIES = "graphics,video,compute,utility";

  /**
   * Drivers keep the shaders that they compiled in files, by device, driver version and content:
   * Mesa (docs.mesa3d.org/envvars.html), and NVIDIA's (its driver's README, "GLX and EGL").
   */
  private static final List<EnvVar> DRIVER_CACHES =
      List.of(
          variable("MESA_SHADER_CACHE_DIR", RuntimeVolumes.CACHE_FOLDER),
          variable("MESA_SHADER_CACHE_MAX_SIZE", "128M"),
          variable("__GL_SHADER_DISK_CACHE_PATH", RuntimeVolumes.CACHE_FOLDER),
          variable("__GL_SHADER_DISK_CACHE_SIZE", "134217728"));

  private final String builtInImage;

  RuntimeContainerFactory(String builtInImage) {
    this.builtInImage = builtInImage;
  }

  Container desired(
      StreamingAppRevision revision,
      Lifetimes lifetimes,
      StreamClass streamClass,
      Map<String, String> parameters) {
    var spec = revision.getSpec();
    var resources = streamClass.getSpec().resources();
    return new ContainerBuilder()
        .withName(RuntimePodFactory.CONTAINER)
        .withImage(spec.image() == null ? builtInImage : spec.image())
        .withArgs(spec.container() == null ? List.of() : spec.container().args())
        .withEnv(environment(spec, drainSeconds(lifetimes), streamClass, parameters))
        .withPorts(
            port("signalling", SIGNALLING_PORT, "TCP"),
            port("health", HEALTH_PORT, "TCP"),
            port("media", MEDIA_PORT, "UDP"))
        .withStartupProbe(probe("/livez", 1, lifetimes.startSeconds()))
        .withReadinessProbe(probe("/readyz", 1, 3))
        .withLivenessProbe(probe("/livez", 10, 3))
        .withResources(requirements(resources))
        .withSecurityContext(securityContext())
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        .withVolumeMounts(RuntimeVolumes.mounts(revision, streamClass.getSpec().cache()))
        .build();
  }

  /**
   * How long a viewer may stay after the pod was told to stop. Nodes that are drained, and sessions
   * on lost nodes, wait for it.
   */
  static int drainSeconds(Lifetimes lifetimes) {
    return Math.min(lifetimes.warningSeconds(), LONGEST_DRAIN_SECONDS);
  }

  private static List<EnvVar> environment(
      StreamingAppRevisionSpec spec,
      int drainSeconds,
      StreamClass streamClass,
      Map<String, String> parameters) {
    var variables = new ArrayList<EnvVar>();
    if (spec.container() != null) {
      spec.container().env().forEach(env -> variables.add(variable(env.name(), env.value())));
    }
    for (var parameter : spec.parameters()) {
      var value = parameters.get(parameter.name());
      if (parameter.environment() != null && value != null) {
        variables.add(variable(parameter.environment(), value));
      }
    }
    variables.add(fromPod("VITRINE_POD_UID", "metadata.uid"));
    variables.add(fromPod("VITRINE_POD_NAME", "metadata.name"));
    variables.add(fromPod("VITRINE_NAMESPACE", "metadata.namespace"));
    variables.add(variable("VITRINE_DRAIN_SECONDS", Integer.toString(drainSeconds)));
    var video = VideoFit.fit(spec.video(), streamClass.getSpec().video());
    variables.add(variable("VITRINE_VIDEO", video.toJson()));
    if (spec.stage() != null) {
      variables.add(variable("VITRINE_STAGE", spec.stage()));
    }
    if (streamClass.getSpec().cache() != null) {
      variables.add(variable("VITRINE_CACHE", RuntimeVolumes.CACHE_FOLDER));
      variables.addAll(DRIVER_CACHES);
    }
    if (streamClass.getSpec().resources().gpu() != null) {
      variables.add(variable("NVIDIA_DRIVER_CAPABILITIES", DRIVER_CAPABILITIES));
    }
    return variables;
  }

  private static ResourceRequirements requirements(Resources resources) {
    var requests = new LinkedHashMap<String, Quantity>();
    var limits = new LinkedHashMap<String, Quantity>();
    requests.put("cpu", resources.cpu().request());
    requests.put("memory", resources.memory().request());
    if (resources.cpu().limit() != null) {
      limits.put("cpu", resources.cpu().limit());
    }
    if (resources.memory().limit() != null) {
      limits.put("memory", resources.memory().limit());
    }
    if (resources.gpu() != null) {
      var count = new Quantity(Integer.toString(resources.gpu().count()));
      requests.put(resources.gpu().resourceName(), count);
      limits.put(resources.gpu().resourceName(), count);
    }
    return new ResourceRequirements(List.of(), limits, requests);
  }

  private static SecurityContext securityContext() {
    return new SecurityContextBuilder()
        .withAllowPrivilegeEscalation(false)
        .withReadOnlyRootFilesystem(true)
        .withRunAsNonRoot(true)
        .withCapabilities(noCapabilities())
        .build();
  }

  private static Capabilities noCapabilities() {
    return new CapabilitiesBuilder().withDrop("ALL").build();
  }

  private static Probe probe(String path, int periodSeconds, int failures) {
    var get =
        new HTTPGetActionBuilder().withPath(path).withPort(new IntOrString(HEALTH_PORT)).build();
    return new ProbeBuilder()
        .withHttpGet(get)
        .withPeriodSeconds(periodSeconds)
        .withTimeoutSeconds(5)
        .withFailureThreshold(failures)
        .build();
  }

  private static ContainerPort port(String name, int number, String protocol) {
    return new ContainerPortBuilder()
        .withName(name)
        .withContainerPort(number)
        .withProtocol(protocol)
        .build();
  }

  private static EnvVar variable(String name, String value) {
    return new EnvVarBuilder().withName(name).withValue(value).build();
  }

  private static EnvVar fromPod(String name, String path) {
    var source = new EnvVarSourceBuilder().withNewFieldRef("v1", path).build();
    return new EnvVarBuilder().withName(name).withValueFrom(source).build();
  }
}
