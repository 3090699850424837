package dev.vitrine.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A taint that pods accept; the same fields as a core/v1 Toleration, bounded. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PodToleration(
    @JsonPropertyDescription("Key of the taint. Absent, with operator `Exists`: every taint.")
        @Size(max = 317)
        @Nullable String key,
    @JsonPropertyDescription("`Equal` compares the value, `Exists` accepts any.") @Default("Equal")
        Operator operator,
    @JsonPropertyDescription("Value of the taint.") @Size(max = 63) @Nullable String value,
    @JsonPropertyDescription("Effect of the taint. Absent: every effect.") @Nullable Effect effect,
    @JsonPropertyDescription("Seconds that a pod stays on a node that is tainted `NoExecute`.")
        @Min(0)
        @Max(86400)
        @Nullable Long tolerationSeconds) {

  /** How a taint's value is compared. */
  public enum Operator {
    Equal,
    Exists
  }

  /** What a taint does to pods that do not accept it. */
  public enum Effect {
    NoSchedule,
    PreferNoSchedule,
    NoExecute
  }
}
