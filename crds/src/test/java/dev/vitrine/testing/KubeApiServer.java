package dev.vitrine.testing;

import dev.vitrine.testing.ControlPlane.Disk;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionStatus;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A JUnit extension with a real kube-apiserver and etcd and our CRDs in it, started once for all
 * test classes of a run. No kubelet, scheduler or controllers: tests do what those would do.
 *
 * <pre>{@code
 * @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();
 * }</pre>
 */
public final class KubeApiServer implements BeforeAllCallback, AfterAllCallback {

  private static final List<String> CRDS =
      List.of("streamclasses", "streamingapps", "streamingapprevisions", "streamsessions");

  private ControlPlane controlPlane;
  private KubernetesClient client;

  /** One for a program that measures: its etcd waits for the disk. It ends with the program. */
  public static KubeApiServer ofProgram() {
    var server = new KubeApiServer();
    server.controlPlane = start(Disk.SYNCED);
    server.client = server.newClient();
    return server;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    controlPlane =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(KubeApiServer.class))
            .getOrComputeIfAbsent(
                ControlPlane.class, ignored -> start(Disk.UNSYNCED), ControlPlane.class);
    client = newClient();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (client != null) {
      client.close();
    }
  }

  /** A client with every right. Closed by this extension. */
  public KubernetesClient client() {
    return client;
  }

  /** Another client with every right; the caller closes it. */
  public KubernetesClient newClient() {
    return clientFor(controlPlane);
  }

  /** How clients with every right reach this server. */
  public Config config() {
    return controlPlane.config();
  }

  /**
   * The API server is gone from now on, with all connections, until this is closed; then it is
   * there again as it was.
   */
  public Outage outage() {
    controlPlane.endApiServer();
    return controlPlane::startApiServerAgain;
  }

  /** An API server that is away. */
  public interface Outage extends AutoCloseable {

    /** Returns once it answers. */
    @Override
    void close();
  }

  /** A namespace of its own for a test, with the service account that every namespace has. */
  public String newNamespace() {
    var namespace =
        new NamespaceBuilder().withNewMetadata().withGenerateName("test-").endMetadata().build();
    var name = client.resource(namespace).create().getMetadata().getName();
    var account =
        new ServiceAccountBuilder().withNewMetadata().withName("default").endMetadata().build();
    client.resource(account).inNamespace(name).create();
    return name;
  }

  private static ControlPlane start(Disk disk) {
    var started = ControlPlane.start(disk);
    try (var client = clientFor(started)) {
      CRDS.forEach(plural -> applyCrd(client, plural));
      return started;
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
  }

  private static void applyCrd(KubernetesClient client, String plural) {
    var path = "/META-INF/vitrine/crds/" + plural + ".vitrine.dev.yaml";
    try (var yaml = KubeApiServer.class.getResourceAsStream(path)) {
      for (var crd : client.load(yaml).items()) {
        define(client, (CustomResourceDefinition) crd);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a kind known, and waits until it is. */
  public static void define(KubernetesClient client, CustomResourceDefinition crd) {
    client.resource(crd).createOr(existing -> existing.update());
    client.resource(crd).waitUntilCondition(KubeApiServer::isEstablished, 30, TimeUnit.SECONDS);
  }

  private static boolean isEstablished(CustomResourceDefinition crd) {
    return Optional.ofNullable(crd)
        .map(CustomResourceDefinition::getStatus)
        .map(CustomResourceDefinitionStatus::getConditions)
        .stream()
        .flatMap(List::stream)
        .anyMatch(it -> it.getType().equals("Established") && it.getStatus().equals("True"));
  }

  private static KubernetesClient clientFor(ControlPlane controlPlane) {
    return new KubernetesClientBuilder().withConfig(controlPlane.config()).build();
  }
}
