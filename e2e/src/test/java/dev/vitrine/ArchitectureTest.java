package dev.vitrine;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Instant;
import java.util.Map;

/** The walls between modules and packages; design decisions that a reviewer would have to watch. */
@AnalyzeClasses(packages = "dev.vitrine", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule the_api_knows_nobody =
      classes()
          .that()
          .resideInAPackage("dev.vitrine.api..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.vitrine.api..",
              "java..",
              "com.fasterxml.jackson..",
              "io.fabric8..",
              "io.sundr..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule the_protocol_knows_nobody =
      noClasses()
          .that()
          .resideInAPackage("dev.vitrine.protocol..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.vitrine.api..", "dev.vitrine.operator..", "dev.vitrine.runtime..");

  @ArchTest
  static final ArchRule support_knows_kubernetes_but_not_our_domain =
      noClasses()
          .that()
          .resideInAPackage("dev.vitrine.operator.support..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.vitrine.operator.app..",
              "dev.vitrine.operator.revision..",
              "dev.vitrine.operator.session..",
              "dev.vitrine.operator.placement..",
              "dev.vitrine.operator.gateway..",
              "dev.vitrine.api..");

  @ArchTest
  static final ArchRule app_revision_and_session_do_not_meet =
      slices()
          .matching("dev.vitrine.operator.(app|revision|session)..")
          .should()
          .notDependOnEachOther();

  @ArchTest
  static final ArchRule placement_knows_no_reconciliation =
      noClasses()
          .that()
          .resideInAnyPackage("dev.vitrine.operator.placement..", "dev.vitrine.operator.pod..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.vitrine.operator.app..",
              "dev.vitrine.operator.revision..",
              "dev.vitrine.operator.session..",
              "dev.vitrine.operator.gateway..",
              "io.javaoperatorsdk..");

  @ArchTest
  static final ArchRule metrics_and_traces_know_not_what_they_tell_of =
      noClasses()
          .that()
          .resideInAnyPackage("dev.vitrine.operator.metrics", "dev.vitrine.operator.trace")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.vitrine.api..",
              "dev.vitrine.operator.metrics.leader..",
              "dev.vitrine.operator.placement..",
              "dev.vitrine.operator.session..",
              "dev.vitrine.operator.gateway..",
              "io.fabric8..");

  @ArchTest
  static final ArchRule measuring_knows_no_reconciliation =
      noClasses()
          .that()
          .resideInAPackage("dev.vitrine.operator.metrics.leader..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.vitrine.operator.app..",
              "dev.vitrine.operator.revision..",
              "dev.vitrine.operator.session..",
              "dev.vitrine.operator.gateway..",
              "io.javaoperatorsdk..");

  @ArchTest
  static final ArchRule the_line_is_pure =
      classes()
          .that()
          .resideInAPackage("dev.vitrine.operator.queue..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.vitrine.operator.queue..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule the_gateway_never_sees_a_planner =
      noClasses()
          .that()
          .resideInAPackage("dev.vitrine.operator.gateway..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.vitrine.operator.app..",
              "dev.vitrine.operator.revision..",
              "dev.vitrine.operator.session..",
              "dev.vitrine.operator.placement..");

  @ArchTest
  static final ArchRule planners_see_data_and_never_a_client =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Planner")
          .or()
          .haveSimpleNameEndingWith("Plan")
          .or()
          .haveSimpleNameEndingWith("View")
          .or()
          .haveSimpleNameEndingWith("Situation")
          .or()
          .haveSimpleNameEndingWith("Factory")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(io.fabric8.kubernetes.client.Client.class)
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("io.fabric8.kubernetes.client.dsl..", "io.javaoperatorsdk..");

  @ArchTest
  static final ArchRule the_stream_sees_neither_engine_nor_stage =
      noClasses()
          .that()
          .resideInAPackage("dev.vitrine.runtime.stream..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.vitrine.runtime.engine..", "dev.vitrine.runtime.stage..", "org.lwjgl..");

  @ArchTest
  static final ArchRule the_engine_sees_neither_stream_nor_protocol =
      noClasses()
          .that()
          .resideInAPackage("dev.vitrine.runtime.engine..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.vitrine.runtime.stream..",
              "dev.vitrine.runtime.stage..",
              "dev.vitrine.runtime.app..",
              "dev.vitrine.protocol..");

  @ArchTest
  static final ArchRule the_stage_sees_only_the_engines_scene =
      noClasses()
          .that()
          .resideInAPackage("dev.vitrine.runtime.stage..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.vitrine.runtime.engine",
              "dev.vitrine.runtime.engine.vk..",
              "dev.vitrine.runtime.engine.camera..",
              "dev.vitrine.runtime.stream..",
              "dev.vitrine.runtime.app..");

  @ArchTest
  static final ArchRule raw_vulkan_stays_in_vk =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.vitrine.runtime.engine.vk..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.lwjgl.vulkan..");

  @ArchTest
  static final ArchRule the_runtime_never_talks_to_kubernetes =
      noClasses()
          .that()
          .resideInAPackage("dev.vitrine.runtime..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.vitrine.operator..", "dev.vitrine.api..", "io.fabric8..");

  @ArchTest
  static final ArchRule the_command_line_knows_neither_operator_nor_runtime =
      noClasses()
          .that()
          .resideInAPackage("dev.vitrine.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.vitrine.operator..", "dev.vitrine.runtime..", "dev.vitrine.protocol..");

  @ArchTest
  static final ArchRule projects_and_their_images_know_no_cluster =
      noClasses()
          .that()
          .resideInAnyPackage("dev.vitrine.cli.project..", "dev.vitrine.cli.image..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.vitrine.api..", "io.fabric8..");

  @ArchTest
  static final ArchRule time_is_passed_in =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .because("a decision that asks the clock itself cannot be tested");

  @ArchTest
  static final ArchRule nothing_sleeps =
      noClasses()
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", java.time.Duration.class);

  @ArchTest
  static final ArchRule static_fields_are_final =
      fields().that().areStatic().should().beFinal().because("state has an owner");

  @ArchTest
  static final ArchRule no_drawers =
      noClasses()
          .that()
          .doNotHaveSimpleName("FieldManager") // Kubernetes' own word, of server-side apply
          .should()
          .haveSimpleNameEndingWith("Utils")
          .orShould()
          .haveSimpleNameEndingWith("Helper")
          .orShould()
          .haveSimpleNameEndingWith("Manager")
          .orShould()
          .haveSimpleNameEndingWith("Impl");

  @ArchTest
  static final ArchRule no_static_memory =
      fields()
          .that()
          .areStatic()
          .and()
          .haveRawType(assignableTo(Map.class))
          .should()
          .bePrivate()
          .because(
              "a map in a static field is a constant of its class, or memory without an owner");

  @ArchTest
  static final ArchRule no_cycles = slices().matching("dev.vitrine.(**)").should().beFreeOfCycles();
}
