package dev.vitrine.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.tools.jib.api.RegistryAuthenticationFailedException;
import dev.vitrine.cli.failure.CommandFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

/** Each way in which a registry may fail us has a sentence that says what to do. */
class RegistryFailureTest {

  @Test
  void a_name_that_nobody_knows() {
    says(new UnknownHostException("registry.exmaple"), "registry.exmaple is not known", "correct");
  }

  @Test
  void nobody_there() {
    says(new ConnectException("Connection refused"), "Connection refused", "see that it runs");
  }

  @Test
  void no_certificate() {
    says(new SSLHandshakeException("no trust"), "no trust", "--plain-http");
  }

  @Test
  void a_wrong_password() {
    says(
        new RegistryAuthenticationFailedException("registry.example", "team/app", "401"),
        "registry.example",
        "docker login",
        "VITRINE_REGISTRY_PASSWORD");
  }

  @Test
  void the_environment_is_no_remedy_where_its_password_does_not_go() {
    var refused = new RegistryAuthenticationFailedException("base.example", "runtime", "401");
    assertThat(RegistryFailure.explain(refused, "registry.example").getMessage())
        .contains("docker login")
        .doesNotContain("VITRINE_REGISTRY");
  }

  @Test
  void anything_else_in_its_own_words() {
    says(new IOException("disk full"), "disk full");
  }

  @Test
  void ours_stay_as_they_are() {
    var ours = CommandFailure.badInput("a sentence");
    assertThat(RegistryFailure.explain(new RuntimeException(ours), "")).isSameAs(ours);
  }

  private static void says(Exception failure, String... words) {
    var explained = RegistryFailure.explain(failure, "registry.example");
    assertThat(explained.exitCode()).isEqualTo(1);
    assertThat(explained.getMessage()).contains(words);
  }
}
