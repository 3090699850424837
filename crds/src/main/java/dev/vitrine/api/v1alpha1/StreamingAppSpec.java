package dev.vitrine.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the application is and what its streams should be like. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StreamingAppSpec(
    @JsonPropertyDescription("A short name for people. Absent: the resource's name.")
        @Size(max = 100)
        @Nullable String title,
    @JsonPropertyDescription("What the application does, shown by front ends.") @Size(max = 1000)
        @Nullable String description,
    @JsonPropertyDescription("What the REST API calls the version, such as `1.4.0`.")
        @Size(min = 1, max = 63)
        @Pattern("^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$")
        @Nullable String version,
    @JsonPropertyDescription("What runs in the pod and speaks to the browser.") @Default("Vitrine")
        RuntimeKind runtime,
    @JsonPropertyDescription(
            "Container image of the runtime with the application in it. Absent: the built-in viewer.")
        @Size(min = 1, max = 512)
        @Pattern("^[^\\s]+$")
        @Nullable String image,
    @JsonPropertyDescription(
            "USD stage that a session opens: a path below the image's assets folder, or an address."
                + " Absent: the one that the image brings.")
        @Size(min = 1, max = 1024)
        @Nullable String stage,
    @JsonPropertyDescription(
            "StreamClasses that sessions may choose from; the first is the default.")
        @Required
        @Size(min = 1, max = 16)
        @ValidationRule(
            value = "self.all(name, self.exists_one(other, other == name))",
            message = "classes must not name a class twice")
        List<@Size(min = 1, max = Names.DNS_LABEL_LENGTH) @Pattern(Names.DNS_LABEL) String> classes,
    @JsonPropertyDescription(
            "What a session may hand to the application. Nothing undeclared reaches a pod.")
        @Size(max = 32)
        List<Parameter> parameters,
    @JsonPropertyDescription("Additions to the runtime's container.") @Nullable Container container,
    @JsonPropertyDescription(
            "Strategic merge patch of the pod, within the rules of the class: no host paths, host"
                + " networks, privileges, service accounts or node names.")
        @PreserveUnknownFields
        @Nullable Map<String, Object> podPatch,
    @JsonPropertyDescription("What the stream should look like, up to the class's ceilings.")
        @Default("{}")
        Video video,
    @JsonPropertyDescription("How long its sessions may do what.") @Default("{}")
        Lifetimes lifetimes,
    @JsonPropertyDescription("How many sessions there may be; those beyond wait in line.")
        @Default("{}")
        SessionLimits limits,
    @JsonPropertyDescription("Pods that wait for sessions.") @Default("{}") WarmPods warm,
    @JsonPropertyDescription("How new sessions go over to a new revision.") @Default("{}")
        Rollout rollout) {

  public StreamingAppSpec {
    classes = classes == null ? List.of() : List.copyOf(classes);
    parameters = parameters == null ? List.of() : List.copyOf(parameters);
  }

  /** What runs in the pod. */
  public enum RuntimeKind {
    /** Vitrine's own runtime. */
    Vitrine
  }

  /** Additions to the runtime's container. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Container(
      @JsonPropertyDescription("Arguments of the container's entry point.") @Size(max = 64)
          List<@Size(max = 1024) String> args,
      @JsonPropertyDescription("Environment variables.") @Size(max = 64) List<Env> env) {

    public Container {
      args = args == null ? List.of() : List.copyOf(args);
      env = env == null ? List.of() : List.copyOf(env);
    }
  }

  /** An environment variable. */
  @ValidationRule(
      value = "!self.name.startsWith('VITRINE_')",
      message = "name must not begin with VITRINE_: these variables are the runtime's own")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Env(
      @JsonPropertyDescription("Name of the variable.")
          @Required
          @Size(min = 1, max = 128)
          @Pattern("^[A-Za-z_][A-Za-z0-9_]*$")
          String name,
      @JsonPropertyDescription("Value of the variable.") @Default("\"\"") @Size(max = 4096)
          String value) {}

  /** Wishes for the picture; the class's ceilings win. */
  @ValidationRule(
      value = "self.width % 2 == 0 && self.height % 2 == 0",
      message = "width and height must be even, as video codecs need it")
  public record Video(
      @JsonPropertyDescription("Width in pixels.") @Default("1280") @Min(160) @Max(7680) int width,
      @JsonPropertyDescription("Height in pixels.") @Default("720") @Min(120) @Max(4320) int height,
      @JsonPropertyDescription("Pictures a second.") @Default("30") @Min(1) @Max(240) int fps,
      @JsonPropertyDescription("Most kilobits of video a second.")
          @Default("4000")
          @Min(100)
          @Max(200000)
          int kbps) {}
}
