package dev.vitrine.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vitrine.testing.KubeApiServer;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What a user reads who applies something that cannot be: the API server's own words. */
class BadObjectsIT {

  @RegisterExtension static final KubeApiServer cluster = new KubeApiServer();

  private record Bad(String what, String kind, String name, String spec, String message) {
    String yaml() {
      return """
      apiVersion: vitrine.dev/v1alpha1
      kind: %s
      metadata: {name: %s}
      spec: %s
      """
          .formatted(kind, name, spec);
    }

    @Override
    public String toString() {
      return what;
    }
  }

  static final List<Bad> BAD =
      List.of(
          app("an app without a class", "{}", "spec.classes: Required value"),
          app(
              "an app with an empty list of classes",
              "{classes: []}",
              "spec.classes: Invalid value: 0: spec.classes in body should have at least 1 items"),
          app(
              "a class named twice",
              "{classes: [cpu, cpu]}",
              "classes must not name a class twice"),
          app(
              "an unknown runtime",
              "{classes: [cpu], runtime: Kit}",
              "spec.runtime: Unsupported value: \"Kit\": supported values: \"Vitrine\""),
          app(
              "an image with a blank",
              "{classes: [cpu], image: 'a b'}",
              "spec.image: Invalid value: \"a b\": spec.image in body should match '^[^\\s]+$'"),
          app(
              "a picture of odd width",
              "{classes: [cpu], video: {width: 1281}}",
              "spec.video: Invalid value: width and height must be even, as video codecs need it"),
          app(
              "too many pictures",
              "{classes: [cpu], video: {fps: 1000}}",
              "spec.video.fps: Invalid value: 1000: spec.video.fps in body should be less than or"
                  + " equal to 240"),
          app(
              "a lifetime of nothing",
              "{classes: [cpu], lifetimes: {startSeconds: 0}}",
              "spec.lifetimes.startSeconds: Invalid value: 0: spec.lifetimes.startSeconds in body"
                  + " should be greater than or equal to 5"),
          app(
              "an environment variable of ours",
              "{classes: [cpu], container: {env: [{name: VITRINE_STAGE, value: x}]}}",
              "spec.container.env[0]: Invalid value: name must not begin with VITRINE_: these"
                  + " variables are the runtime's own"),
          app(
              "a parameter declared twice",
              "{classes: [cpu], parameters: [{name: a}, {name: a}]}",
              "spec.parameters[1]: Duplicate value: {\"name\":\"a\"}"),
          app(
              "a parameter with pattern and enum",
              "{classes: [cpu], parameters: [{name: a, pattern: x, enum: [x]}]}",
              "spec.parameters[0]: Invalid value: pattern and enum exclude each other"),
          app(
              "a required parameter with a default",
              "{classes: [cpu], parameters: [{name: a, required: true, default: x}]}",
              "spec.parameters[0]: Invalid value: a required parameter must not have a default: it"
                  + " would never be used"),
          app(
              "a default that is not allowed",
              "{classes: [cpu], parameters: [{name: a, enum: [x], default: y}]}",
              "spec.parameters[0]: Invalid value: default must be one of enum"),
          app(
              "a variable of ours for a parameter",
              "{classes: [cpu], parameters: [{name: a, environment: VITRINE_STAGE}]}",
              "spec.parameters[0]: Invalid value: environment must not begin with VITRINE_: these"
                  + " variables are the runtime's own"),
          app(
              "too many parameters",
              "{classes: [cpu], parameters: [%s]}".formatted(many("{name: p%d}", 33)),
              "spec.parameters: Too many: 33: must have at most 32 items"),
          app(
              "no room for a single session",
              "{classes: [cpu], limits: {sessions: 0}}",
              "spec.limits.sessions: Invalid value: 0: spec.limits.sessions in body should be"
                  + " greater than or equal to 1"),
          app(
              "more warm pods than there may be",
              "{classes: [cpu], warm: {min: 3, max: 2}}",
              "spec.warm: Invalid value: max must not be less than min"),
          app(
              "more warm pods at certain hours than there may be",
              "{classes: [cpu], warm: {max: 2, schedules: [{min: 1}, {min: 3}]}}",
              "spec.warm: Invalid value: max must not be less than the min of any of the"
                  + " schedules"),
          app(
              "hours that end when they begin",
              "{classes: [cpu], warm: {schedules: [{start: '08:00', end: '08:00'}]}}",
              "spec.warm.schedules[0]: Invalid value: start and end must differ; 00:00 to 24:00 is"
                  + " the whole day"),
          app(
              "an hour that there is not",
              "{classes: [cpu], warm: {schedules: [{start: '25:00'}]}}",
              "spec.warm.schedules[0].start: Invalid value: \"25:00\": spec.warm.schedules[0].start"
                  + " in body should match"),
          app(
              "steps that go back",
              "{classes: [cpu], rollout: {steps: [{percent: 50}, {percent: 10}]}}",
              "spec.rollout.steps: Invalid value: steps must rise in percent"),
          app(
              "a step to everybody",
              "{classes: [cpu], rollout: {steps: [{percent: 100}]}}",
              "spec.rollout.steps[0].percent: Invalid value: 100: spec.rollout.steps[0].percent in"
                  + " body should be less than or equal to 99"),
          app(
              "a verification of another kind",
              "{classes: [cpu], rollout: {verification: {mode: Hope}}}",
              "spec.rollout.verification.mode: Unsupported value: \"Hope\": supported values:"
                  + " \"DecodeFrame\", \"None\", \"Ready\""),
          session(
              "a priority above all others",
              "{app: demo, priority: 1001}",
              "spec.priority: Invalid value: 1001: spec.priority in body should be less than or"
                  + " equal to 1000"),
          new Bad(
              "an app with a dot in its name",
              "StreamingApp",
              "a.b",
              "{classes: [cpu]}",
              "<nil>: Invalid value: metadata.name must be a DNS label: at most 63 characters of"
                  + " a-z, 0-9 and '-', because it stands in URLs and labels"),
          session("a session without an app", "{}", "spec.app: Required value"),
          session(
              "a session of a badly named app",
              "{app: Demo}",
              "spec.app: Invalid value: \"Demo\": spec.app in body should match"),
          session(
              "a value that is no text",
              "{app: demo, parameters: {a: 1}}",
              "spec.parameters.a: Invalid value: \"integer\": spec.parameters.a in body must be of"
                  + " type string: \"integer\""),
          session(
              "a value that is too long",
              "{app: demo, parameters: {a: %s}}".formatted("x".repeat(1025)),
              "spec.parameters.a: Too long: may not be more than 1024 bytes"),
          session(
              "too many values",
              "{app: demo, parameters: {%s}}".formatted(many("p%d: x", 33)),
              "spec.parameters: Too many: 33: must have at most 32 items"),
          session(
              "a user with a line break",
              "{app: demo, user: \"a\\nb\"}",
              "spec.user: Invalid value: \"a\\n"
                  + "b\": spec.user in body should match '^[^\\x00-\\x1f\\x7f]+$'"),
          new Bad(
              "a session with a name for no label",
              "StreamSession",
              "a".repeat(64),
              "{app: demo}",
              "<nil>: Invalid value: metadata.name must be a DNS label: at most 63 characters of"
                  + " a-z, 0-9 and '-', because it stands in URLs and labels"),
          streamClass(
              "no quantity",
              "{resources: {cpu: {request: lots}}}",
              "spec.resources.cpu.request: Invalid value: \"lots\": request must be a quantity"
                  + " above zero, such as 200m or 1Gi"),
          streamClass(
              "nothing of it",
              "{resources: {memory: {request: 0}}}",
              "spec.resources.memory.request: Invalid value: 0: request must be a quantity above"
                  + " zero, such as 200m or 1Gi"),
          streamClass(
              "limit below request",
              "{resources: {cpu: {request: 2, limit: 1}}}",
              "spec.resources.cpu: Invalid value: limit must not be less than request"),
          streamClass(
              "a resource without a domain",
              "{resources: {gpu: {resourceName: gpu}}}",
              "spec.resources.gpu.resourceName: Invalid value: \"gpu\":"
                  + " spec.resources.gpu.resourceName in body should match"),
          streamClass(
              "a list of no namespaces",
              "{namespaces: {from: Listed}}",
              "spec.namespaces: Invalid value: names must hold at least one namespace when from is"
                  + " Listed"),
          streamClass(
              "a drain that takes longer than a day",
              "{lifetimes: {drainSeconds: 86401}}",
              "spec.lifetimes.drainSeconds: Invalid value: 86401: spec.lifetimes.drainSeconds in"
                  + " body should be less than or equal to 86400"),
          streamClass(
              "a claim that cannot be",
              "{cache: {claimName: 'my cache'}}",
              "spec.cache.claimName: Invalid value: \"my cache\": spec.cache.claimName in body"
                  + " should match"),
          streamClass(
              "images pulled otherwise",
              "{images: Never}",
              "spec.images: Unsupported value: \"Never\": supported values: \"OnDemand\","
                  + " \"PrePulled\""),
          streamClass(
              "all namespaces, listed",
              "{namespaces: {from: All, names: [a]}}",
              "spec.namespaces: Invalid value: names must be absent when from is All"));

  @ParameterizedTest
  @FieldSource("BAD")
  void is_refused_with_a_sentence(Bad bad) {
    var namespace = cluster.newNamespace();
    var refusal =
        catchThrowableOfType(
            KubernetesClientException.class,
            () -> cluster.client().resource(bad.yaml()).inNamespace(namespace).create());
    assertThat(refusal).as("the API server accepts it").isNotNull();
    assertThat(refusal.getCode()).isEqualTo(422);
    assertThat(refusal.getStatus().getMessage()).contains(bad.message());
  }

  private static String many(String each, int count) {
    return IntStream.range(0, count).mapToObj(each::formatted).collect(Collectors.joining(", "));
  }

  private static Bad app(String what, String spec, String message) {
    return new Bad(what, "StreamingApp", "demo", spec, message);
  }

  private static Bad session(String what, String spec, String message) {
    return new Bad(what, "StreamSession", "one", spec, message);
  }

  private static Bad streamClass(String what, String spec, String message) {
    return new Bad(what, "StreamClass", "odd", spec, message);
  }
}
