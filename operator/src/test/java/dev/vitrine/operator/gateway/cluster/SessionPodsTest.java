package dev.vitrine.operator.gateway.cluster;

import static dev.vitrine.operator.gateway.Fixtures.pod;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SessionPodsTest {

  @Test
  void a_pod_belongs_to_the_session_that_owns_it() {
    assertThat(SessionPods.ownerUids(pod("p-1", "s-1", "10.0.0.9"))).containsExactly("s-1");
  }

  @Test
  void an_owner_of_another_group_gives_no_claim() {
    var foreign = pod("p-1", "s-1", "10.0.0.9");
    foreign.getMetadata().getOwnerReferences().getFirst().setApiVersion("evil.example/v1");

    assertThat(SessionPods.ownerUids(foreign)).isEmpty();
  }

  @Test
  void a_pod_without_an_address_or_on_its_way_out_serves_nobody() {
    var leaving = pod("p-2", "s-1", "10.0.0.9");
    leaving.getMetadata().setDeletionTimestamp("2026-11-22T13:00:01Z");

    assertThat(SessionPods.serving(List.of(pod("p-1", "s-1", null), leaving), null)).isEmpty();
  }

  @Test
  void of_two_pods_the_one_that_the_status_names_serves() {
    var pods = List.of(pod("p-1", "s-1", "10.0.0.8"), pod("p-2", "s-1", "10.0.0.9"));

    assertThat(SessionPods.serving(pods, "pod-p-2")).contains(pods.get(1));
    assertThat(SessionPods.serving(pods, "pod-gone")).isEmpty();
  }
}
