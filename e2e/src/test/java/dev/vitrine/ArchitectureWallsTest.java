package dev.vitrine;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each wall of {@link ArchitectureTest} stops what runs into it: a rule that matches nothing stops
 * nothing.
 */
class ArchitectureWallsTest {

  /** For each rule, classes that break it: the name and what stands in its body. */
  private static final Map<String, Map<String, String>> TRESPASSERS =
      Map.ofEntries(
          trespasser(
              "the_api_knows_nobody", "dev.vitrine.api.It", "dev.vitrine.protocol.EndReason a;"),
          trespasser(
              "the_protocol_knows_nobody",
              "dev.vitrine.protocol.It",
              "dev.vitrine.api.v1alpha1.StreamSession a;"),
          trespasser(
              "support_knows_kubernetes_but_not_our_domain",
              "dev.vitrine.operator.support.It",
              "dev.vitrine.api.v1alpha1.StreamSession a;"),
          Map.entry(
              "app_revision_and_session_do_not_meet",
              Map.of(
                  "dev.vitrine.operator.app.It", "dev.vitrine.operator.session.Other a;",
                  "dev.vitrine.operator.session.Other", "")),
          Map.entry(
              "placement_knows_no_reconciliation",
              Map.of(
                  "dev.vitrine.operator.placement.It", "dev.vitrine.operator.session.Other a;",
                  "dev.vitrine.operator.session.Other", "")),
          trespasser(
              "metrics_and_traces_know_not_what_they_tell_of",
              "dev.vitrine.operator.trace.It",
              "io.fabric8.kubernetes.api.model.Pod a;"),
          Map.entry(
              "measuring_knows_no_reconciliation",
              Map.of(
                  "dev.vitrine.operator.metrics.leader.It", "dev.vitrine.operator.session.Other a;",
                  "dev.vitrine.operator.session.Other", "")),
          trespasser(
              "the_line_is_pure",
              "dev.vitrine.operator.queue.It",
              "io.fabric8.kubernetes.api.model.Pod a;"),
          Map.entry(
              "the_gateway_never_sees_a_planner",
              Map.of(
                  "dev.vitrine.operator.gateway.It", "dev.vitrine.operator.session.Other a;",
                  "dev.vitrine.operator.session.Other", "")),
          trespasser(
              "planners_see_data_and_never_a_client",
              "dev.vitrine.operator.app.ItPlanner",
              "io.fabric8.kubernetes.client.KubernetesClient a;"),
          trespasser(
              "the_stream_sees_neither_engine_nor_stage",
              "dev.vitrine.runtime.stream.It",
              "dev.vitrine.runtime.engine.Picture a;"),
          trespasser(
              "the_engine_sees_neither_stream_nor_protocol",
              "dev.vitrine.runtime.engine.It",
              "dev.vitrine.protocol.EndReason a;"),
          trespasser(
              "the_stage_sees_only_the_engines_scene",
              "dev.vitrine.runtime.stage.It",
              "dev.vitrine.runtime.engine.Picture a;"),
          trespasser(
              "raw_vulkan_stays_in_vk",
              "dev.vitrine.runtime.engine.It",
              "org.lwjgl.vulkan.VkDevice a;"),
          trespasser(
              "the_runtime_never_talks_to_kubernetes",
              "dev.vitrine.runtime.app.It",
              "io.fabric8.kubernetes.api.model.Pod a;"),
          trespasser(
              "the_command_line_knows_neither_operator_nor_runtime",
              "dev.vitrine.cli.It",
              "dev.vitrine.protocol.EndReason a;"),
          trespasser(
              "projects_and_their_images_know_no_cluster",
              "dev.vitrine.cli.image.It",
              "io.fabric8.kubernetes.api.model.Pod a;"),
          trespasser(
              "time_is_passed_in",
              "dev.vitrine.It",
              "Object a() { return java.time.Instant.now(); }"),
          trespasser(
              "nothing_sleeps", "dev.vitrine.It", "void a() throws Exception { Thread.sleep(1); }"),
          trespasser("static_fields_are_final", "dev.vitrine.It", "static int a;"),
          trespasser("no_drawers", "dev.vitrine.ItManager", ""),
          trespasser(
              "no_static_memory", "dev.vitrine.It", "static final java.util.Map<?, ?> a = null;"),
          Map.entry(
              "no_cycles",
              Map.of(
                  "dev.vitrine.one.It", "dev.vitrine.two.Other a;",
                  "dev.vitrine.two.Other", "dev.vitrine.one.It a;")));

  @TempDir Path classes;

  static Stream<String> rules() {
    return Arrays.stream(ArchitectureTest.class.getDeclaredFields())
        .filter(field -> field.isAnnotationPresent(ArchTest.class))
        .map(java.lang.reflect.Field::getName);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void a_trespasser_is_stopped(String name) throws Exception {
    compile(TRESPASSERS.getOrDefault(name, Map.of()));
    var rule = (ArchRule) ArchitectureTest.class.getDeclaredField(name).get(null);
    var imported = new ClassFileImporter().importPath(classes);
    assertThat(rule.evaluate(imported).hasViolation()).isTrue();
  }

  @Test
  void each_trespasser_belongs_to_a_rule() {
    assertThat(rules()).containsAll(TRESPASSERS.keySet());
  }

  private static Map.Entry<String, Map<String, String>> trespasser(
      String rule, String className, String body) {
    return Map.entry(rule, Map.of(className, body));
  }

  private void compile(Map<String, String> bodies) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var options = List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
      var sources = bodies.entrySet().stream().map(Source::of).toList();
      assertThat(compiler.getTask(null, files, null, options, null, sources).call()).isTrue();
    }
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    private Source(String className, String text) {
      super(
          URI.create("string:///" + className.replace('.', '/') + Kind.SOURCE.extension),
          Kind.SOURCE);
      this.text = text;
    }

    static JavaFileObject of(Map.Entry<String, String> body) {
      var name = body.getKey();
      int dot = name.lastIndexOf('.');
      return new Source(
          name,
          "package %s; public class %s { %s }"
              .formatted(name.substring(0, dot), name.substring(dot + 1), body.getValue()));
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
