package dev.vitrine.operator;

import dev.vitrine.operator.gateway.GatewaySettings;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** Chooses the role before anything starts, so that one role never opens what is the other's. */
@QuarkusMain
public final class Main {
  private Main() {}

  public static void main(String... arguments) {
    // Before anybody logs: the JVM asks once.
    System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
    Role role;
    try {
      role = Role.of(System.getenv(Role.VARIABLE));
      GatewaySettings.check(System.getenv());
    } catch (IllegalArgumentException unknown) {
      System.err.println(unknown.getMessage());
      System.exit(2);
      return;
    }
    NativeCryptography.install();
    // The role's own lines of application.properties (%controller.…, %gateway.…).
    System.setProperty("quarkus.profile", role.word() + ",prod");
    Quarkus.run(arguments);
  }
}
