package dev.vitrine.operator.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteRefusalTest {

  @ParameterizedTest
  @CsvSource({
    "422, Invalid value, VERDICT",
    "400, bad, VERDICT",
    "403, violates PodSecurity, VERDICT",
    "403, exceeded quota: pods, QUOTA",
    "403, status unknown for quota: pods, QUOTA",
    "404, not found, CONFLICT",
    "409, the object has been modified, CONFLICT",
    "429, slow down, UNCERTAIN",
    "500, broken, UNCERTAIN",
    "504, timeout, UNCERTAIN"
  })
  void only_what_speaks_of_the_pod_is_a_verdict(int code, String words, WriteRefusal meaning) {
    assertThat(WriteRefusal.of(new KubernetesClientException(words, code, null)))
        .isEqualTo(meaning);
  }
}
