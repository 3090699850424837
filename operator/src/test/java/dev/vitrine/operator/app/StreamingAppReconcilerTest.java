package dev.vitrine.operator.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.operator.placement.Placements;
import dev.vitrine.operator.placement.Stores;
import dev.vitrine.operator.pod.NetworkPolicyFactory;
import dev.vitrine.operator.pod.RuntimePodFactory;
import dev.vitrine.operator.testing.Fixtures;
import dev.vitrine.operator.trace.SessionTraces;
import dev.vitrine.protocol.PodFile;
import dev.vitrine.protocol.SigningKey;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamingAppReconcilerTest {

  @Test
  void an_app_that_is_deleted_while_a_controller_starts_is_looked_at_again() {
    var stores = Stores.create();
    var pods = new RuntimePodFactory("viewer");
    var podFile =
        new PodFile(SigningKey.generate().publicKeys(), URI.create("http://gateway/reports"));
    var clock = InstantSource.system();
    try (var client = new KubernetesClientBuilder().withConfig(Config.empty()).build();
        var placements = new Placements(client, stores, pods, SessionTraces.off(), clock)) {
      var reconciler =
          new StreamingAppReconciler(
              new AppPlanner(
                  pods,
                  new NetworkPolicyFactory("vitrine-system"),
                  podFile,
                  URI.create("https://x.example/")),
              stores,
              placements,
              clock);
      var control = reconciler.cleanup(Fixtures.app(List.of(), null), null);
      assertThat(control.isRemoveFinalizer()).isFalse();
      assertThat(control.getScheduleDelay()).isPresent();
    }
  }
}
