package dev.vitrine.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that a session may hand to the application. */
@ValidationRule(
    value = "!has(self.pattern) || !has(self.enum)",
    message = "pattern and enum exclude each other")
@ValidationRule(
    value = "!self.required || !has(self.default)",
    message = "a required parameter must not have a default: it would never be used")
@ValidationRule(
    value = "!has(self.enum) || !has(self.default) || self.default in self.enum",
    message = "default must be one of enum")
@ValidationRule(
    value = "!has(self.environment) || !self.environment.startsWith('VITRINE_')",
    message = "environment must not begin with VITRINE_: these variables are the runtime's own")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Parameter(
    @JsonPropertyDescription("Name of the parameter; `stage` chooses the stage to open.")
        @Required
        @Size(min = 1, max = 63)
        @Pattern("^[A-Za-z_][A-Za-z0-9_]*$")
        String name,
    @JsonPropertyDescription("What its values are.") @Default("String") Type type,
    @JsonPropertyDescription("What it is for, shown by front ends.") @Size(max = 1000)
        @Nullable String description,
    @JsonProperty("default")
        @JsonPropertyDescription("Value if a session gives none. Absent: the parameter is not set.")
        @Size(max = 1024)
        @Nullable String defaultValue,
    @JsonPropertyDescription("Regular expression (RE2) that a whole value must match.")
        @Size(min = 1, max = 256)
        @Nullable String pattern,
    @JsonProperty("enum") @JsonPropertyDescription("The values that are allowed.") @Size(max = 64)
        List<@Size(max = 1024) String> allowed,
    @JsonPropertyDescription("Whether a session must give a value.") @Default("false")
        boolean required,
    @JsonPropertyDescription(
            "Environment variable that the container finds the value in. Sessions that give a value"
                + " other than the default start a pod of their own, as no idle one has it. Absent:"
                + " the application is told when the session begins.")
        @Size(min = 1, max = 128)
        @Pattern("^[A-Za-z_][A-Za-z0-9_]*$")
        @Nullable String environment) {

  public Parameter {
    allowed = allowed == null ? List.of() : List.copyOf(allowed);
  }

  /** What the values of a parameter are; all travel as strings. */
  public enum Type {
    /** Any text. */
    String,
    /** A whole number, such as -3. */
    Integer,
    /** A decimal number, such as 0.5. */
    Number,
    /** {@code true} or {@code false}. */
    Boolean
  }
}
