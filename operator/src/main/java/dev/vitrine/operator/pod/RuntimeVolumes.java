package dev.vitrine.operator.pod;

import dev.vitrine.api.v1alpha1.StreamingApp;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSourceBuilder;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSourceBuilder;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSourceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.VolumeProjectionBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a runtime may read and write beside its read-only image. */
final class RuntimeVolumes {

  private static final String POD_FILE = RuntimePodFactory.VOLUME_PREFIX + "pod-file";
  private static final String REPORT_TOKEN = RuntimePodFactory.VOLUME_PREFIX + "report-token";
  private static final String SHARED_MEMORY = RuntimePodFactory.VOLUME_PREFIX + "shared-memory";
  private static final String TEMPORARY = RuntimePodFactory.VOLUME_PREFIX + "tmp";

  /** Good for reports to the gateway and for nothing else. */
  private static final String REPORT_AUDIENCE = "vitrine-report";

  private static final long TOKEN_SECONDS = 3600;

  private RuntimeVolumes() {}

  static List<Volume> all(StreamingApp app) {
    var podFile = new ConfigMapVolumeSourceBuilder().withName(PodFileConfig.name(app)).build();
    return List.of(
        new VolumeBuilder().withName(POD_FILE).withConfigMap(podFile).build(),
        reportToken(),
        emptyDir(SHARED_MEMORY, "Memory", "512Mi"),
        emptyDir(TEMPORARY, null, "512Mi"));
  }

  static List<VolumeMount> mounts() {
    return List.of(
        readOnly(POD_FILE, "/etc/vitrine"),
        readOnly(REPORT_TOKEN, "/var/run/secrets/vitrine"),
        mount(SHARED_MEMORY, "/dev/shm"),
        mount(TEMPORARY, "/tmp"));
  }

  static List<Volume> ofViewer() {
    return List.of(reportToken(), emptyDir(TEMPORARY, null, "128Mi"));
  }

  static List<VolumeMount> mountsOfViewer() {
    return List.of(readOnly(REPORT_TOKEN, "/var/run/secrets/vitrine"), mount(TEMPORARY, "/tmp"));
  }

  private static Volume reportToken() {
    var token = new ServiceAccountTokenProjection(REPORT_AUDIENCE, TOKEN_SECONDS, "report-token");
    var projected =
        new ProjectedVolumeSourceBuilder()
            .withSources(new VolumeProjectionBuilder().withServiceAccountToken(token).build())
            .build();
    return new VolumeBuilder().withName(REPORT_TOKEN).withProjected(projected).build();
  }

  private static Volume emptyDir(String name, @Nullable String medium, String size) {
    var folder =
        new EmptyDirVolumeSourceBuilder()
            .withMedium(medium)
            .withSizeLimit(new Quantity(size))
            .build();
    return new VolumeBuilder().withName(name).withEmptyDir(folder).build();
  }

  private static VolumeMount readOnly(String volume, String path) {
    return mount(volume, path).edit().withReadOnly(true).build();
  }

  private static VolumeMount mount(String volume, String path) {
    return new VolumeMountBuilder().withName(volume).withMountPath(path).build();
  }
}
