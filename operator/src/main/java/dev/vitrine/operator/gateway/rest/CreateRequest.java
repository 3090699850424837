package dev.vitrine.operator.gateway.rest;

import dev.vitrine.api.v1alpha1.Parameter;
import dev.vitrine.api.v1alpha1.StreamSessionSpec;
import dev.vitrine.api.v1alpha1.StreamingApp;
import dev.vitrine.operator.gateway.http.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /streaming/stream} asks for.
 *
 * @param profile the class; the app's first where it is absent
 * @param version the app's newest where it is absent
 */
record CreateRequest(
    String app, Optional<String> profile, Optional<String> version, Map<String, String> arguments) {

  static CreateRequest parse(@Nullable String body) {
    var fields = JsonBody.parse(body);
    var request =
        new CreateRequest(
            fields.required("id"),
            fields.optional("profile"),
            fields.optional("version"),
            fields.texts("arguments"));
    fields.orInvalid();
    return request;
  }

  /** The session to make, where the app allows it. */
  StreamSessionSpec specFor(StreamingApp app, @Nullable String user) {
    var name = app.getMetadata().getName();
    var revision = version.map(wanted -> AppVersion.find(app, wanted)).map(AppVersion::revision);
    if (profile.filter(p -> !app.getSpec().classes().contains(p)).isPresent()) {
      throw new Refusal(
          404,
          "App %s has no profile \"%s\"; it has %s."
              .formatted(name, profile.get(), String.join(", ", app.getSpec().classes())));
    }
    requireDeclared(app);
    return new StreamSessionSpec(
        name, profile.orElse(null), revision.orElse(null), user, arguments, 0, null);
  }

  private void requireDeclared(StreamingApp app) {
    var declared =
        app.getSpec().parameters().stream().map(Parameter::name).collect(Collectors.toSet());
    var faults = new ArrayList<Invalid.Fault>();
    for (var argument : arguments.keySet()) {
      if (!declared.contains(argument)) {
        faults.add(
            new Invalid.Fault(
                List.of("body", "arguments", argument),
                "App %s declares no parameter \"%s\": leave it out, or add it to the app's spec.parameters"
                    .formatted(app.getMetadata().getName(), argument),
                "extra_forbidden"));
      }
    }
    if (!faults.isEmpty()) {
      throw new Invalid(faults);
    }
  }
}
