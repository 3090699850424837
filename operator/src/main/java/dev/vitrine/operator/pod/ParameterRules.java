package dev.vitrine.operator.pod;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.vitrine.api.v1alpha1.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What parameters an app may declare and what values a session may give them. */
public final class ParameterRules {

  private ParameterRules() {}

  /** A sentence on the first declaration that contradicts itself; empty if there is none. */
  public static Optional<String> problemIn(List<Parameter> declared) {
    return declared.stream().flatMap(parameter -> problemIn(parameter).stream()).findFirst();
  }

  /** A sentence on the first value that is missing or not allowed; empty if there is none. */
  public static Optional<String> problemIn(List<Parameter> declared, Map<String, String> given) {
    for (var name : given.keySet().stream().sorted().toList()) {
      if (declared.stream().noneMatch(parameter -> parameter.name().equals(name))) {
        return Optional.of(
            "spec.parameters.%s is not declared by the app; it declares %s"
                .formatted(name, names(declared)));
      }
    }
    for (var parameter : declared) {
      var value = given.get(parameter.name());
      if (value == null && parameter.required()) {
        return Optional.of("spec.parameters.%s is required".formatted(parameter.name()));
      }
      if (value != null && !accepts(parameter, value)) {
        return Optional.of(
            "spec.parameters.%s must be %s".formatted(parameter.name(), expectation(parameter)));
      }
    }
    return Optional.empty();
  }

  /** The values that a pod gets: those given, and defaults for the rest. */
  public static Map<String, String> values(List<Parameter> declared, Map<String, String> given) {
    var values = new LinkedHashMap<String, String>();
    for (var parameter : declared) {
      var value = given.getOrDefault(parameter.name(), parameter.defaultValue());
      if (value != null) {
        values.put(parameter.name(), value);
      }
    }
    return values;
  }

  private static Optional<String> problemIn(Parameter parameter) {
    try {
      if (parameter.pattern() != null) {
        Pattern.compile(parameter.pattern());
      }
    } catch (PatternSyntaxException e) {
      return Optional.of(
          "spec.parameters: the pattern of %s is no RE2 expression: %s"
              .formatted(parameter.name(), e.getDescription()));
    }
    var value = parameter.defaultValue();
    return value == null || accepts(parameter, value)
        ? Optional.empty()
        : Optional.of(
            "spec.parameters: the default of %s must be %s"
                .formatted(parameter.name(), expectation(parameter)));
  }

  /** RE2 takes time linear in the value: neither an app nor a viewer can stall us. */
  private static boolean accepts(Parameter parameter, String value) {
    return switch (parameter.type()) {
          case String -> true;
          case Integer -> value.matches("-?[0-9]{1,18}");
          case Number -> value.matches("-?[0-9]{1,18}(\\.[0-9]{1,18})?");
          case Boolean -> value.equals("true") || value.equals("false");
        }
        && (parameter.allowed().isEmpty() || parameter.allowed().contains(value))
        && (parameter.pattern() == null || Pattern.matches(parameter.pattern(), value));
  }

  private static String expectation(Parameter parameter) {
    var type =
        switch (parameter.type()) {
          case String -> "text";
          case Integer -> "a whole number";
          case Number -> "a decimal number";
          case Boolean -> "true or false";
        };
    if (!parameter.allowed().isEmpty()) {
      return "one of " + String.join(", ", parameter.allowed());
    }
    return parameter.pattern() == null ? type : type + " that matches " + parameter.pattern();
  }

  private static String names(List<Parameter> declared) {
    return declared.isEmpty()
        ? "none"
        : String.join(", ", declared.stream().map(Parameter::name).toList());
  }
}
