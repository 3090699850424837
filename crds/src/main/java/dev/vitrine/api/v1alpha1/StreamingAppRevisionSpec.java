package dev.vitrine.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.crd.generator.annotation.SelectableField;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What shapes the pods of an app, as it was when the revision was made; immutable. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StreamingAppRevisionSpec(
    @JsonPropertyDescription("The StreamingApp, in the same namespace.")
        @Required
        @SelectableField
        @Size(min = 1, max = Names.DNS_LABEL_LENGTH)
        @Pattern(Names.DNS_LABEL)
        String app,
    @JsonPropertyDescription("What the REST API calls the version. Absent: the revision's name.")
        @Size(min = 1, max = 63)
        @Pattern("^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$")
        @Nullable String version,
    @JsonPropertyDescription("What runs in the pod and speaks to the browser.") @Default("Vitrine")
        StreamingAppSpec.RuntimeKind runtime,
    @JsonPropertyDescription(
            "Container image of the runtime with the application in it. Absent: the built-in viewer.")
        @Size(min = 1, max = 512)
        @Pattern("^[^\\s]+$")
        @Nullable String image,
    @JsonPropertyDescription("USD stage that a session opens. Absent: the one of the image.")
        @Size(min = 1, max = 1024)
        @Nullable String stage,
    @JsonPropertyDescription("Additions to the runtime's container.")
        StreamingAppSpec.@Nullable Container container,
    @JsonPropertyDescription("Strategic merge patch of the pod.") @PreserveUnknownFields
        @Nullable Map<String, Object> podPatch,
    @JsonPropertyDescription("What the stream should look like.") @Default("{}")
        StreamingAppSpec.Video video,
    @JsonPropertyDescription("Parameters that the container finds in its environment.")
        @Size(max = 32)
        List<Parameter> parameters) {

  public StreamingAppRevisionSpec {
    podPatch = podPatch == null || podPatch.isEmpty() ? null : podPatch; // written as nothing
    parameters = parameters == null ? List.of() : List.copyOf(parameters);
  }

  /** What {@code app} says of its pods now. */
  public static StreamingAppRevisionSpec of(StreamingApp app) {
    var spec = app.getSpec();
    return new StreamingAppRevisionSpec(
        app.getMetadata().getName(),
        spec.version(),
        spec.runtime(),
        spec.image(),
        spec.stage(),
        spec.container(),
        spec.podPatch(),
        spec.video(),
        spec.parameters().stream().filter(parameter -> parameter.environment() != null).toList());
  }
}
