package dev.vitrine.cli.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.cli.failure.CommandFailure;
import dev.vitrine.cli.project.YamlDocuments;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A project's {@code streamingapp.yaml}. It is kept as it is written: the API server says what is
 * wrong in it, and fills in what is not there.
 */
public record AppManifest(Path file, ObjectNode content) {

  /**
   * Reads it.
   *
   * @throws CommandFailure if it is not one StreamingApp
   */
  public static AppManifest read(Path project) {
    var file = project.resolve("streamingapp.yaml");
    if (!Files.isRegularFile(file)) {
      throw CommandFailure.badInput(
          "%s is missing; it says how the app is to be in a cluster, see: vitrine new", file);
    }
    var documents = YamlDocuments.read(file);
    if (documents.size() != 1
        || !(documents.getFirst() instanceof ObjectNode content)
        || !content
            .path("apiVersion")
            .asText()
            .equals(HasMetadata.getApiVersion(StreamingApp.class))
        || !content.path("kind").asText().equals(HasMetadata.getKind(StreamingApp.class))) {
      throw CommandFailure.badInput(
          "%s must be one StreamingApp of vitrine.dev/v1alpha1; move everything else to other files",
          file);
    }
    if (!content.path("metadata").path("name").isTextual() || !content.path("spec").isObject()) {
      throw CommandFailure.badInput("%s must have a metadata.name and a spec; add them", file);
    }
    return new AppManifest(file, content);
  }

  /** The app's name. */
  public String app() {
    return content.path("metadata").path("name").asText();
  }

  /** The namespace that it names, if it does. */
  public Optional<String> namespace() {
    return Optional.of(content.path("metadata").path("namespace").asText())
        .filter(namespace -> !namespace.isEmpty());
  }

  /**
   * The app with that image.
   *
   * @throws CommandFailure if its metadata is not that of a resource
   */
  GenericKubernetesResource with(String image) {
    var copy = content.deepCopy();
    copy.withObject("/spec").put("image", image);
    try {
      return new ObjectMapper().treeToValue(copy, GenericKubernetesResource.class);
    } catch (JsonProcessingException e) {
      throw CommandFailure.badInput(
          "%s: metadata is not that of a resource (%s); correct it", file, YamlDocuments.reason(e));
    }
  }
}
