package dev.vitrine.operator.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.operator.testing.Fixtures;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PodPatchRulesTest {

  static final List<String> FORBIDDEN =
      List.of(
          "spec: {hostNetwork: true}",
          "spec: {hostPID: true}",
          "spec: {nodeName: a}",
          "spec: {serviceAccountName: admin}",
          "spec: {automountServiceAccountToken: true}",
          "spec: {runtimeClassName: other}",
          "spec: {priorityClassName: system-node-critical}",
          "spec: {securityContext: {runAsUser: 0}}",
          "spec: {volumes: [{name: v, hostPath: {path: /}}]}",
          "spec: {volumes: [{name: v, projected: {sources: [{serviceAccountToken: {path: t}}]}}]}",
          "spec: {volumes: [{name: v, csi: {driver: d}}]}",
          "spec: {volumes: [{name: vitrine-report-token, secret: {secretName: s}}]}",
          "spec: {volumes: [{name: v, secret: {secretName: s}}, {name: w, hostPath: {path: /}}]}",
          "spec: {containers: [{name: runtime, securityContext: {privileged: true}}]}",
          "spec: {containers: [{name: runtime, securityContext: {}}]}",
          "spec: {containers: [{name: runtime, resources: {limits: {nvidia.com/gpu: 8}}}]}",
          "spec: {containers: [{name: runtime, image: other}]}",
          "spec: {containers: [{name: sidecar}]}",
          "spec: {containers: [{name: runtime, env: [{name: VITRINE_POD_UID, value: x}]}]}",
          "spec: {containers: [{name: runtime, volumeMounts: [{name: v, mountPath: /etc/vitrine}]}]}",
          "spec: {containers: [{name: runtime, volumeMounts: [{name: v, mountPath: /var/cache/vitrine}]}]}",
          "spec: {containers: [{name: runtime, volumeMounts: [{name: vitrine-tmp, mountPath: /x}]}]}",
          "spec: {initContainers: [{name: i, image: x}]}",
          "spec: {containers: null}",
          "spec: {nodeSelector: {zone: b}}",
          "spec: 7",
          "metadata: {labels: {vitrine.dev/session: other}}",
          "metadata: {annotations: {vitrine.dev/preempted-for: x}}",
          "metadata: {ownerReferences: [{uid: x}]}",
          "metadata: {namespace: kube-system}",
          "status: {phase: Running}",
          "kind: Job");

  static final List<String> ALLOWED =
      List.of(
          "{}",
          "metadata: {annotations: {a: b}, labels: {team: x}}",
          "spec: {imagePullSecrets: [{name: s}]}",
          "spec: {nodeSelector: {disk: ssd}}",
          "spec: {tolerations: [{key: k, operator: Exists}]}",
          "spec: {affinity: {nodeAffinity: {}}}",
          "spec: {volumes: [{name: v, configMap: {name: c}}]}",
          "spec: {containers: [{name: runtime, env: [{name: A, value: b}]}]}",
          "spec: {containers: [{name: runtime, volumeMounts: [{name: v, mountPath: /assets}]}]}");

  @ParameterizedTest
  @FieldSource("FORBIDDEN")
  void is_forbidden_by_its_path(String yaml) {
    assertThat(PodPatchRules.violation(patch(yaml), Fixtures.streamClass("cpu", null)))
        .hasValueSatisfying(
            problem ->
                assertThat(problem).startsWith("spec.podPatch.").containsPattern("(not|must)"));
  }

  @ParameterizedTest
  @FieldSource("ALLOWED")
  void is_allowed(String yaml) {
    assertThat(PodPatchRules.violation(patch(yaml), Fixtures.streamClass("cpu", null))).isEmpty();
  }

  @SuppressWarnings("unchecked") // an object of JSON
  private static Map<String, Object> patch(String yaml) {
    return Serialization.unmarshal(yaml, Map.class);
  }
}
