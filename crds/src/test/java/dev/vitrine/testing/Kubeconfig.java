package dev.vitrine.testing;

import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;

/** What programs that tests start are told of a cluster. */
public final class Kubeconfig {

  private static final String NAME = "test";

  private Kubeconfig() {}

  /**
   * Of the cluster that a client knows.
   *
   * @param server its address, or one where nobody answers
   * @param as who is impersonated, if anybody
   */
  public static String of(Config client, String server, Optional<String> as) {
    var user = new AuthInfo();
    user.setToken(client.getOauthToken());
    as.ifPresent(user::setAs);
    return Serialization.asYaml(
        new ConfigBuilder()
            .addNewCluster()
            .withName(NAME)
            .withNewCluster()
            .withServer(server)
            .withCertificateAuthority(client.getCaCertFile())
            .endCluster()
            .endCluster()
            .addNewUser()
            .withName(NAME)
            .withUser(user)
            .endUser()
            .addNewContext()
            .withName(NAME)
            .withNewContext()
            .withCluster(NAME)
            .withUser(NAME)
            .endContext()
            .endContext()
            .withCurrentContext(NAME)
            .build());
  }
}
