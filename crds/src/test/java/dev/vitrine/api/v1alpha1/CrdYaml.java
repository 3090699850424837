package dev.vitrine.api.v1alpha1;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.kubernetes.model.annotation.Categories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Makes the CRDs' YAML from the Java types, and puts right what the generator cannot say. */
final class CrdYaml {

  static final List<Class<? extends CustomResource<?, ?>>> KINDS =
      List.of(
          StreamClass.class, StreamingApp.class, StreamingAppRevision.class, StreamSession.class);

  private CrdYaml() {}

  /** The definition of a kind, complete. */
  static CustomResourceDefinition of(Class<? extends CustomResource<?, ?>> kind) {
    var crd = generated(kind);
    crd.getSpec().getNames().setCategories(List.of(kind.getAnnotation(Categories.class).value()));
    var version = crd.getSpec().getVersions().getFirst();
    orderColumns(version, kind);
    var schema = version.getSchema().getOpenAPIV3Schema();
    if (version.getSubresources() == null) {
      schema.getProperties().remove("status");
    }
    tidy(schema);
    completeConditions(schema);
    return crd;
  }

  /** The file's whole content. */
  static String text(Class<? extends CustomResource<?, ?>> kind) {
    return "# Generated from the Java types in dev.vitrine.api.v1alpha1; not edited by hand.\n"
        + plainNumbers(Serialization.asYaml(of(kind)));
  }

  /** Where the file stands, from the module's folder. */
  static Path file(Class<? extends CustomResource<?, ?>> kind) {
    return Path.of("src/main/k8s", CustomResource.getCRDName(kind) + ".yaml");
  }

  private static CustomResourceDefinition generated(Class<? extends CustomResource<?, ?>> kind) {
    try {
      var folder = Files.createDirectories(Path.of("target/generated-crds"));
      new CRDGenerator()
          .inOutputDir(folder.toFile())
          .customResourceClasses(List.of(kind))
          .forCRDVersions("v1")
          .detailedGenerate();
      var name = CustomResource.getCRDName(kind);
      return Serialization.unmarshal(
          Files.readString(folder.resolve(name + "-v1.yml")), CustomResourceDefinition.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The generator sorts columns by their JSON path; we want them as they are written. */
  private static void orderColumns(CustomResourceDefinitionVersion version, Class<?> kind) {
    var wanted =
        Arrays.stream(kind.getAnnotationsByType(AdditionalPrinterColumn.class))
            .map(AdditionalPrinterColumn::name)
            .toList();
    version
        .getAdditionalPrinterColumns()
        .sort(Comparator.comparingInt(column -> wanted.indexOf(nameOf(column))));
  }

  private static String nameOf(CustomResourceColumnDefinition column) {
    return column.getName();
  }

  private static void tidy(JSONSchemaProps schema) {
    dropRepeatedRules(schema);
    keyByName(schema);
    if (Boolean.TRUE.equals(schema.getXKubernetesPreserveUnknownFields())) {
      schema.setAdditionalProperties(null);
    }
    schema
        .getProperties()
        .forEach(
            (name, property) -> {
              if (name.endsWith("At")) {
                property.setFormat("date-time");
              }
              tidy(property);
            });
    if (schema.getItems() != null) {
      tidy(schema.getItems().getSchema());
    }
    completeDefault(schema);
  }

  /** The generator reads a rule twice: from the record's field and from its accessor. */
  private static void dropRepeatedRules(JSONSchemaProps schema) {
    schema.setXKubernetesValidations(
        schema.getXKubernetesValidations().stream().distinct().toList());
  }

  /** The API server checks a default by the rules before it fills in the fields' own defaults. */
  private static void completeDefault(JSONSchemaProps schema) {
    if (schema.getDefault() instanceof ObjectNode values) {
      schema
          .getProperties()
          .forEach(
              (name, property) -> {
                if (property.getDefault() != null) {
                  values.set(name, property.getDefault());
                }
              });
    }
  }

  /** Lists of things with a name are maps to server-side apply. */
  private static void keyByName(JSONSchemaProps schema) {
    if (schema.getItems() != null && schema.getItems().getSchema().getRequired().contains("name")) {
      schema.setXKubernetesListType("map");
      schema.setXKubernetesListMapKeys(List.of("name"));
    }
  }

  /** Bounds are doubles in the model; people read 86400, not 86400.0. */
  private static String plainNumbers(String yaml) {
    return Pattern.compile("(?<=imum: )[0-9.E]+")
        .matcher(yaml)
        .replaceAll(number -> new BigDecimal(number.group()).toBigIntegerExact().toString());
  }

  /** Gives status.conditions the shape of metav1.Condition: a list keyed by type. */
  private static void completeConditions(JSONSchemaProps root) {
    var status = root.getProperties().get("status");
    if (status == null || status.getProperties().get("conditions") == null) {
      return;
    }
    var conditions = status.getProperties().get("conditions");
    conditions.setXKubernetesListType("map");
    conditions.setXKubernetesListMapKeys(List.of("type"));
    conditions.getItems().setSchema(Serialization.unmarshal(CONDITION, JSONSchemaProps.class));
  }

  private static final String CONDITION =
      """
      type: object
      required: [lastTransitionTime, message, reason, status, type]
      properties:
        type:
          type: string
          description: What the condition is about.
          maxLength: 316
          pattern: '^[A-Za-z][A-Za-z0-9]*$'
        status:
          type: string
          description: Whether it holds.
          enum: ["True", "False", Unknown]
        reason:
          type: string
          description: Why it has this status, as one word for programs.
          minLength: 1
          maxLength: 1024
          pattern: '^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$'
        message:
          type: string
          description: Why it has this status, as a sentence for people.
          maxLength: 32768
        lastTransitionTime:
          type: string
          format: date-time
          description: When its status changed last.
        observedGeneration:
          type: integer
          format: int64
          minimum: 0
          maximum: 9007199254740991
          description: The generation of the resource that it speaks of.
      """;
}
