package dev.vitrine.operator.pod;

import dev.vitrine.api.v1alpha1.StreamClassSpec.Cache;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.api.v1alpha1.StreamingAppRevision;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSourceBuilder;
import io.fabric8.kubernetes.api.model.EmptyDirVolumeSourceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimVolumeSource;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSourceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.VolumeProjectionBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a runtime may read and write beside its read-only image. */
final class RuntimeVolumes {

  private static final String POD_FILE = RuntimePodFactory.VOLUME_PREFIX + "pod-file";
  private static final String REPORT_TOKEN = RuntimePodFactory.VOLUME_PREFIX + "report-token";
  private static final String SHARED_MEMORY = RuntimePodFactory.VOLUME_PREFIX + "shared-memory";
  private static final String CACHE = RuntimePodFactory.VOLUME_PREFIX + "cache";
  private static final String TEMPORARY = RuntimePodFactory.VOLUME_PREFIX + "tmp";

  /** Where a runtime finds what others of its revision kept, if its class has such a place. */
  static final String CACHE_FOLDER = "/var/cache/vitrine";

  /** Good for reports to the gateway and for nothing else. */
  private static final String REPORT_AUDIENCE = "vitrine-report";

  private static final long TOKEN_SECONDS = 3600;

  private RuntimeVolumes() {}

  static List<Volume> all(StreamingApp app, @Nullable Cache cache) {
    var podFile = new ConfigMapVolumeSourceBuilder().withName(PodFileConfig.name(app)).build();
    var volumes =
        Stream.of(
            new VolumeBuilder().withName(POD_FILE).withConfigMap(podFile).build(),
            reportToken(),
            emptyDir(SHARED_MEMORY, "Memory", "512Mi"),
            emptyDir(TEMPORARY, null, "512Mi"));
    return Stream.concat(volumes, Stream.ofNullable(cache).map(RuntimeVolumes::claimed)).toList();
  }

  static List<VolumeMount> mounts(StreamingAppRevision revision, @Nullable Cache cache) {
    var mounts =
        Stream.of(
            readOnly(POD_FILE, "/etc/vitrine"),
            readOnly(REPORT_TOKEN, "/var/run/secrets/vitrine"),
            mount(SHARED_MEMORY, "/dev/shm"),
            mount(TEMPORARY, "/tmp"));
    var caches = Stream.ofNullable(cache).map(claimed -> ownFolder(revision));
    return Stream.concat(mounts, caches).toList();
  }

  static List<Volume> ofViewer() {
    return List.of(reportToken(), emptyDir(TEMPORARY, null, "128Mi"));
  }

  static List<VolumeMount> mountsOfViewer() {
    return List.of(readOnly(REPORT_TOKEN, "/var/run/secrets/vitrine"), mount(TEMPORARY, "/tmp"));
  }

  private static Volume claimed(Cache cache) {
    var claim = new PersistentVolumeClaimVolumeSource(cache.claimName(), false);
    return new VolumeBuilder().withName(CACHE).withPersistentVolumeClaim(claim).build();
  }

  /** Of namespace and revision: claims of several namespaces may end in one folder of a node. */
  private static VolumeMount ownFolder(StreamingAppRevision revision) {
    var metadata = revision.getMetadata();
    return mount(CACHE, CACHE_FOLDER)
        .edit()
        .withSubPath(metadata.getNamespace() + "/" + metadata.getName())
        .build();
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
