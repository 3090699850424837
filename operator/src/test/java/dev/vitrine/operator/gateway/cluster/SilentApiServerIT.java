package dev.vitrine.operator.gateway.cluster;

import static java.util.Objects.requireNonNullElse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vitrine.api.v1alpha1.StreamSession;
import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.operator.testing.ApiServerProxy;
import dev.vitrine.operator.testing.ApiServerProxy.Call;
import dev.vitrine.operator.testing.ApiServerProxy.Fate;
import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A session is made once, whatever the API server leaves unsaid. */
@Timeout(60)
class SilentApiServerIT {

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();

  /** A page gives up then, and asks for another session. */
  private static final int PAGE_LIMIT_SECONDS = 15;

  /** Of the calls to come, in their order; those after them are passed on. */
  private final Queue<Fate> fates = new ConcurrentLinkedQueue<>();

  private final Queue<String> calls = new ConcurrentLinkedQueue<>();
  private String namespace;
  private ApiServerProxy server;
  private KubernetesClient client;
  private ClusterCache cache;
  private Sessions sessions;

  @BeforeEach
  void start() throws IOException {
    namespace = cluster.newNamespace();
    server = new ApiServerProxy(cluster.config(), this::befall);
    client = new KubernetesClientBuilder().withConfig(server.way()).build();
    cache = new ClusterCache(cluster.client(), _ -> {});
    cache.start();
    sessions = new Sessions(client, cache);
  }

  @AfterEach
  void close() {
    cache.close();
    client.close();
    server.close();
  }

  @Test
  void one_that_was_made_without_a_word_is_found() {
    fates.add(SilentApiServerIT::carryOutSilently);

    assertMadeOnce();
    assertThat(calls).containsExactly("POST", "GET");
  }

  @Test
  void one_that_cannot_even_be_asked_for_is_found_by_making_it_again() {
    fates.add(SilentApiServerIT::carryOutSilently);
    fates.add(SilentApiServerIT::staySilent);

    assertMadeOnce();
    assertThat(calls).containsExactly("POST", "GET", "POST", "GET");
  }

  @Test
  void one_that_was_not_made_is_made() {
    fates.add(SilentApiServerIT::staySilent);

    assertMadeOnce();
    assertThat(calls).containsExactly("POST", "GET", "POST");
  }

  @Test
  void what_is_forbidden_is_not_asked_for_twice() {
    fates.add(call -> call.refuse(403, "Forbidden"));

    assertThat(failure()).returns(403, KubernetesClientException::getCode);
    assertThat(calls).containsExactly("POST");
  }

  @Test
  @Timeout(PAGE_LIMIT_SECONDS)
  void of_an_api_server_that_says_nothing_at_all_one_hears_before_a_page_gives_up() {
    for (var i = 0; i < 10; i++) {
      fates.add(SilentApiServerIT::staySilent);
    }

    assertThat(failure()).isNotNull();
    assertThat(calls).containsExactly("POST", "GET", "POST", "GET");
  }

  private void assertMadeOnce() {
    var made = create();
    var all = cluster.client().resources(StreamSession.class).inNamespace(namespace).list();
    assertThat(all.getItems())
        .singleElement()
        .extracting(it -> it.getMetadata().getUid())
        .isEqualTo(made.getMetadata().getUid());
  }

  private StreamSession create() {
    return sessions.create(namespace, StreamSessionSpec.of("viewer"));
  }

  private KubernetesClientException failure() {
    return catchThrowableOfType(KubernetesClientException.class, this::create);
  }

  private void befall(Call call) throws IOException, InterruptedException {
    calls.add(call.method());
    Fate passedOn = Call::passOn;
    requireNonNullElse(fates.poll(), passedOn).befall(call);
  }

  private static void carryOutSilently(Call call) throws IOException, InterruptedException {
    call.carryOut().close();
    staySilent(call);
  }

  /** Until the proxy is closed. */
  private static void staySilent(Call call) throws InterruptedException {
    new CountDownLatch(1).await();
  }
}
