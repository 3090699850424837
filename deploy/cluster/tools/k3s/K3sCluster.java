import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Holds a K3s and a registry in Docker until it is killed. Writes {@code registry} (host:port, the
 * same for Docker's host and for K3s) and then {@code kubeconfig} into the directory it is given.
 */
final class K3sCluster {
  private static final DockerImageName K3S_IMAGE =
      DockerImageName.parse(System.getenv().getOrDefault("K3S_IMAGE", "rancher/k3s:v1.34.1-k3s1"));
  private static final DockerImageName REGISTRY_IMAGE = DockerImageName.parse("registry:2");
  private static final int REGISTRY_PORT = 5000;

  public static void main(String[] arguments) throws Exception {
    var directory = Path.of(arguments[0]);
    var registry = new GenericContainer<>(REGISTRY_IMAGE).withExposedPorts(REGISTRY_PORT);
    removeAtExit(registry);
    registry.start();
    var address = gateway(registry) + ":" + registry.getMappedPort(REGISTRY_PORT);

    var k3s =
        new K3sContainer(K3S_IMAGE)
            .withCopyToContainer(
                Transferable.of(plainHttp(address)), "/etc/rancher/k3s/registries.yaml");
    removeAtExit(k3s);
    k3s.start();

    Files.writeString(directory.resolve("registry"), address + "\n");
    var unfinished = directory.resolve("kubeconfig.new");
    Files.writeString(unfinished, k3s.getKubeConfigYaml());
    Files.move(unfinished, directory.resolve("kubeconfig"));
    new CountDownLatch(1).await();
  }

  /** The host's address on Docker's bridge, which both the host and the containers reach. */
  private static String gateway(GenericContainer<?> container) {
    return container
        .getContainerInfo()
        .getNetworkSettings()
        .getNetworks()
        .get("bridge")
        .getGateway();
  }

  private static String plainHttp(String address) {
    return "mirrors: {\"" + address + "\": {endpoint: [\"http://" + address + "\"]}}\n";
  }

  private static void removeAtExit(GenericContainer<?> container) {
    Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
  }
}
