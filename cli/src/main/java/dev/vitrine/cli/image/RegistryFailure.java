package dev.vitrine.cli.image;

import com.google.cloud.tools.jib.api.InsecureRegistryException;
import com.google.cloud.tools.jib.api.RegistryAuthenticationFailedException;
import com.google.cloud.tools.jib.api.RegistryUnauthorizedException;
import com.google.cloud.tools.jib.registry.RegistryCredentialsNotSentException;
import dev.vitrine.cli.failure.CommandFailure;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** What to do when a registry does not do what it is asked to. */
final class RegistryFailure {

  private RegistryFailure() {}

  /**
   * The failure as a sentence.
   *
   * @param pushed the registry that is pushed to, empty if none is
   */
  static CommandFailure explain(Throwable failure, String pushed) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .filter(CommandFailure.class::isInstance)
        .map(CommandFailure.class::cast)
        .findFirst()
        .orElseGet(() -> sentence(failure, pushed));
  }

  private static CommandFailure sentence(Throwable failure, String pushed) {
    return switch (failure) {
      case RegistryUnauthorizedException refused ->
          CommandFailure.failed(
              "the registry does not let us at %s; sign in with `docker login`%s, with an account that"
                  + " may",
              refused.getImageReference(),
              variables(
                  refused.getImageReference().startsWith(pushed + "/"), ", or set %s and %s"));
      case RegistryAuthenticationFailedException refused ->
          CommandFailure.failed(
              "name and password were not taken (%s); sign in anew with `docker login`%s",
              refused.getMessage(),
              variables(refused.getServerUrl().equals(pushed), ", or correct %s and %s"));
      case RegistryCredentialsNotSentException unsent ->
          CommandFailure.failed(
              "%s; the registry needs a password, which only goes over https: give it a certificate, or add --plain-http",
              unsent.getMessage());
      case InsecureRegistryException insecure -> withoutTls(insecure);
      case SSLException insecure -> withoutTls(insecure);
      case UnknownHostException unknown ->
          CommandFailure.failed(
              "the registry %s is not known; correct its name", unknown.getMessage());
      case ConnectException unreachable -> unreachable(unreachable);
      case SocketTimeoutException unreachable -> unreachable(unreachable);
      default -> CommandFailure.failed("the image could not be made: %s", failure.getMessage());
    };
  }

  /** The environment's are for the registry that is pushed to. */
  private static String variables(boolean count, String remedy) {
    return count ? remedy.formatted(RegistryCredentials.USER, RegistryCredentials.PASSWORD) : "";
  }

  private static CommandFailure withoutTls(Exception failure) {
    return CommandFailure.failed(
        "a registry has no https with a certificate that Java trusts (%s); without one both base image"
            + " and push have to be at loopback addresses, or at private ones without a password;"
            + " --plain-http sends it all the same",
        failure.getMessage());
  }

  private static CommandFailure unreachable(Exception failure) {
    return CommandFailure.failed(
        "a registry does not answer (%s); see that it runs and can be reached from here",
        failure.getMessage());
  }
}
