package dev.vitrine.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A session of the examples names a revision before there is one: the name has to be right. */
class PinnedExampleIT {

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();

  @Test
  void the_session_names_the_revision_that_its_app_will_have() throws IOException {
    var session = read(StreamSession.class);
    var app = cluster.client().resource(read(StreamingApp.class)).dryRun().create();
    assertThat(session.getSpec().app()).isEqualTo(app.getMetadata().getName());
    assertThat(session.getSpec().revision()).isEqualTo(Revisions.name(Revisions.desired(app)));
  }

  /** The only one of a kind in the file. */
  private static <T extends HasMetadata> T read(Class<T> kind) throws IOException {
    try (var yaml = Files.newInputStream(Path.of("../examples/rollout.yaml"))) {
      return cluster.client().load(yaml).items().stream()
          .filter(item -> item.getKind().equals(kind.getSimpleName()))
          .map(item -> cluster.client().getKubernetesSerialization().convertValue(item, kind))
          .findFirst()
          .orElseThrow();
    }
  }
}
