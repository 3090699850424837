package dev.vitrine.operator.pod;

import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.support.Owners;
import dev.vitrine.protocol.PodFile;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;

/** The ConfigMap with {@code runtime.json} that every pod of an app mounts. */
public final class PodFileConfig {

  private static final String FILE = "runtime.json";

  private PodFileConfig() {}

  /** Its name, in the app's namespace. */
  public static String name(StreamingApp app) {
    return "vitrine-" + app.getMetadata().getName();
  }

  /** Owned by the app, so that it goes with it. */
  public static ConfigMap desired(StreamingApp app, PodFile podFile) {
    var metadata =
        new ObjectMetaBuilder()
            .withName(name(app))
            .withNamespace(app.getMetadata().getNamespace())
            .withLabels(Map.of(PodLabels.APP, app.getMetadata().getName()))
            .withOwnerReferences(Owners.controller(app))
            .build();
    return new ConfigMapBuilder()
        .withMetadata(metadata)
        .withData(Map.of(FILE, podFile.toJson()))
        .build();
  }
}
