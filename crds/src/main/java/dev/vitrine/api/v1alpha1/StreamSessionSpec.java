package dev.vitrine.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SelectableField;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one viewer asked for; immutable. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StreamSessionSpec(
    @JsonPropertyDescription("The StreamingApp to run, in the same namespace.")
        @Required
        @SelectableField
        @Size(min = 1, max = Names.DNS_LABEL_LENGTH)
        @Pattern(Names.DNS_LABEL)
        String app,
    @JsonProperty("class")
        @JsonPropertyDescription("One of the app's classes. Absent: the app's first.")
        @Size(min = 1, max = Names.DNS_LABEL_LENGTH)
        @Pattern(Names.DNS_LABEL)
        @Nullable String className,
    @JsonPropertyDescription(
            "A StreamingAppRevision of the app to run. Absent: the one that is rolled out.")
        @Size(min = 1, max = Names.DNS_LABEL_LENGTH)
        @Pattern(Names.DNS_LABEL)
        @Nullable String revision,
    @JsonPropertyDescription(
            "Who watches: its maker's own name, unless they may create streamsessions/user in the"
                + " namespace. Absent, for those who may: anonymous.")
        @Size(min = 1, max = 256)
        @Pattern("^[^\\x00-\\x1f\\x7f]+$")
        @Nullable String user,
    @JsonPropertyDescription("Values of parameters that the app declares, by their names.")
        @Size(max = 32)
        Map<String, @Size(max = 1024) String> parameters,
    @JsonPropertyDescription(
            "Sessions of a higher priority come first in line. Above 0 only for those who may create"
                + " streamsessions/priority in the namespace.")
        @Default("0")
        @Min(-1000)
        @Max(1000)
        int priority,
    @JsonPropertyDescription("Lifetimes that are to differ from the app's.")
        @Nullable LifetimeWishes lifetimes) {

  public StreamSessionSpec {
    parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
  }

  /** A session of {@code app} that leaves everything to the app. */
  public static StreamSessionSpec of(String app) {
    return new StreamSessionSpec(app, null, null, null, Map.of(), 0, null);
  }
}
