package dev.vitrine.operator.support;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import java.util.function.UnaryOperator;

/** A client over the connections of another one, which outlives it, with a patience of its own. */
public final class DerivedClient {

  private DerivedClient() {}

  /**
   * Closing it is not needed: the other one's connections are all that it holds.
   *
   * @param patience changes the other one's time-outs (in milliseconds) and number of retries
   */
  public static KubernetesClient of(
      KubernetesClient other, UnaryOperator<RequestConfigBuilder> patience) {
    var config = new RequestConfigBuilder(other.getConfiguration().getRequestConfig());
    return other.newClient(patience.apply(config).build()).adapt(KubernetesClient.class);
  }
}
