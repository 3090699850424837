package dev.vitrine.cli.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where certificates are not looked at, no password goes, but to this machine. */
class RegistryAccessTest {

  private static final CredentialRetriever PASSWORD =
      () -> Optional.of(Credential.from("who", "right"));

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:5000, true, true",
    "127.0.0.1:5000, false, true",
    "10.1.2.3:5000, true, false",
    "10.1.2.3:5000, false, true",
    "registry.example, false, false",
    "registry.example, true, false"
  })
  void tls_is_left_out_here_or_where_no_password_is_at_stake(
      String registry, boolean password, boolean needsNoTls) throws InvalidImageReferenceException {
    List<CredentialRetriever> credentials =
        password ? List.of(Optional::empty, PASSWORD) : List.of(Optional::empty);
    var access = new RegistryAccess(ImageReference.parse(registry + "/look:1"), credentials);
    assertThat(access.needsNoTls()).isEqualTo(needsNoTls);
  }
}
