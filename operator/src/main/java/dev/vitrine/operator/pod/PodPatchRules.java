package dev.vitrine.operator.pod;

import dev.vitrine.api.v1alpha1.StreamClass;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an app's {@code podPatch} may set. A list of what is allowed, so that what Kubernetes adds
 * to pods in future is forbidden until somebody has thought about it.
 */
public final class PodPatchRules {

  private static final Set<String> ALLOWED =
      Set.of(
          "metadata.labels",
          "metadata.annotations",
          "spec.affinity",
          "spec.imagePullSecrets",
          "spec.nodeSelector",
          "spec.tolerations",
          "spec.topologySpreadConstraints",
          "spec.volumes[].name",
          "spec.volumes[].configMap",
          "spec.volumes[].downwardAPI",
          "spec.volumes[].emptyDir",
          "spec.volumes[].persistentVolumeClaim",
          "spec.volumes[].secret",
          "spec.containers[].name",
          "spec.containers[].env",
          "spec.containers[].envFrom",
          "spec.containers[].volumeMounts");

  private static final List<String> OUR_FOLDERS =
      List.of("/etc/vitrine", "/var/cache/vitrine", "/var/run/secrets");

  private PodPatchRules() {}

  /** A sentence on the first thing that {@code patch} must not do; empty if it may be used. */
  public static Optional<String> violation(Map<String, Object> patch, StreamClass streamClass) {
    return Optional.ofNullable(walk("", patch, streamClass.getSpec().nodeSelector()))
        .map(problem -> "spec.podPatch" + problem);
  }

  private static @Nullable String walk(
      String path, @Nullable Object value, Map<String, String> classNodes) {
    var problem = reserved(path, value, classNodes);
    if (problem != null) {
      return problem;
    }
    switch (value) {
      case Map<?, ?> object when !object.isEmpty() -> {
        for (var field : object.entrySet()) {
          var name = String.valueOf(field.getKey());
          var found = walk(path.isEmpty() ? name : path + "." + name, field.getValue(), classNodes);
          if (found != null) {
            return found;
          }
        }
        return null;
      }
      case List<?> list when !list.isEmpty() -> {
        for (var element : list) {
          var found = walk(path + "[]", element, classNodes);
          if (found != null) {
            return found;
          }
        }
        return null;
      }
      case null, default -> {
        return path.isEmpty() || allowed(path)
            ? null
            : ".%s is not allowed; a patch may set %s"
                .formatted(path, String.join(", ", ALLOWED.stream().sorted().toList()));
      }
    }
  }

  private static boolean allowed(String path) {
    return ALLOWED.stream()
        .anyMatch(
            allowed ->
                path.equals(allowed)
                    || path.startsWith(allowed + ".")
                    || path.startsWith(allowed + "["));
  }

  /** Names inside what is allowed that are ours or the class's. */
  private static @Nullable String reserved(
      String path, @Nullable Object value, Map<String, String> classNodes) {
    var text = String.valueOf(value);
    return switch (path) {
      case "spec.containers[].name" ->
          text.equals(RuntimePodFactory.CONTAINER)
              ? null
              : ".%s must be %s, the only container".formatted(path, RuntimePodFactory.CONTAINER);
      case "spec.containers[].env[].name" ->
          text.startsWith("VITRINE_")
              ? ".%s must not begin with VITRINE_: these variables are the runtime's own"
                  .formatted(path)
              : null;
      case "spec.volumes[].name", "spec.containers[].volumeMounts[].name" ->
          text.startsWith(RuntimePodFactory.VOLUME_PREFIX)
              ? ".%s must not begin with %s: these volumes are the runtime's own"
                  .formatted(path, RuntimePodFactory.VOLUME_PREFIX)
              : null;
      case "spec.containers[].volumeMounts[].mountPath" ->
          OUR_FOLDERS.stream().anyMatch(text::startsWith)
              ? ".%s must not be below %s: these folders are the runtime's own"
                  .formatted(path, String.join(" or ", OUR_FOLDERS))
              : null;
      default -> reservedKey(path, classNodes);
    };
  }

  private static @Nullable String reservedKey(String path, Map<String, String> classNodes) {
    if (path.startsWith("metadata.labels." + PodLabels.PREFIX)
        || path.startsWith("metadata.annotations." + PodLabels.PREFIX)) {
      return ".%s is not allowed: labels and annotations of vitrine.dev are the controller's own"
          .formatted(path);
    }
    var key = path.startsWith("spec.nodeSelector.") ? path.substring(18) : "";
    return classNodes.containsKey(key)
        ? ".%s is not allowed: the class sets it".formatted(path)
        : null;
  }
}
