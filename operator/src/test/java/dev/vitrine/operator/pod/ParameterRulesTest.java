package dev.vitrine.operator.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.api.v1alpha1.Parameter;
import dev.vitrine.api.v1alpha1.Parameter.Type;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParameterRulesTest {

  private static final List<Parameter> DECLARED =
      List.of(
          new Parameter(
              "stage", Type.String, null, "a.usda", "[a-z]+\\.usda", List.of(), false, null),
          new Parameter("speed", Type.Number, null, null, null, List.of(), false, null),
          new Parameter(
              "mode", Type.String, null, null, null, List.of("day", "night"), true, null));

  @Test
  void good_values_pass_and_defaults_fill_the_rest() {
    var given = Map.of("mode", "day", "speed", "-0.5");
    assertThat(ParameterRules.problemIn(DECLARED, given)).isEmpty();
    assertThat(ParameterRules.values(DECLARED, given))
        .isEqualTo(Map.of("mode", "day", "speed", "-0.5", "stage", "a.usda"));
  }

  @Test
  void each_bad_value_is_named_with_what_it_must_be() {
    assertThat(problem(Map.of())).isEqualTo("spec.parameters.mode is required");
    assertThat(problem(Map.of("mode", "dusk")))
        .isEqualTo("spec.parameters.mode must be one of day, night");
    assertThat(problem(Map.of("mode", "day", "speed", "1e9")))
        .isEqualTo("spec.parameters.speed must be a decimal number");
    assertThat(problem(Map.of("mode", "day", "stage", "../a.usda")))
        .isEqualTo("spec.parameters.stage must be text that matches [a-z]+\\.usda");
    assertThat(problem(Map.of("mode", "day", "secret", "x")))
        .isEqualTo(
            "spec.parameters.secret is not declared by the app; it declares stage, speed, mode");
  }

  @Test
  void a_default_that_its_own_pattern_refuses_is_the_apps_fault() {
    var odd = new Parameter("n", Type.Integer, null, "x", null, List.of(), false, null);
    assertThat(ParameterRules.problemIn(List.of(odd)))
        .contains("spec.parameters: the default of n must be a whole number");
  }

  private static String problem(Map<String, String> given) {
    return ParameterRules.problemIn(DECLARED, given).orElseThrow();
  }
}
