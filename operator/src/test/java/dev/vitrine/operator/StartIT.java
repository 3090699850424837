package dev.vitrine.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged application says of an environment it cannot work in. */
class StartIT {

  @TempDir Path folder;

  private String refusal(Map<String, String> environment) throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var log = folder.resolve("log").toFile();
    var builder = new ProcessBuilder(java, "-jar", "target/app/vitrine-operator.jar");
    builder.environment().clear();
    builder.environment().putAll(environment);
    var process = builder.redirectErrorStream(true).redirectOutput(log).start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(2);
      return Files.readString(log.toPath()).strip();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void without_a_role_it_says_which_there_are() throws Exception {
    assertThat(refusal(Map.of()))
        .isEqualTo("VITRINE_ROLE is not set: set it to controller or gateway");
  }

  @Test
  void an_unknown_access_mode_opens_nothing() throws Exception {
    assertThat(refusal(Map.of("VITRINE_ROLE", "gateway", "VITRINE_ACCESS", "open")))
        .isEqualTo("VITRINE_ACCESS is \"open\": set it to kubernetes, or to none for local work");
  }

  @Test
  void an_origin_that_is_none_is_refused() throws Exception {
    assertThat(refusal(Map.of("VITRINE_ROLE", "gateway", "VITRINE_ORIGINS", "*")))
        .startsWith("VITRINE_ORIGINS has \"*\", which is no origin");
  }
}
