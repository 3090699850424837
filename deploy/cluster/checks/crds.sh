#!/bin/bash
# crds.sh: custom resources and the policies that admit them.
. "$(dirname "$0")/suite.sh"

kubectl apply -f - >/dev/null <<'END'
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: boxes.check.dev}
spec:
  group: check.dev
  scope: Namespaced
  names: {plural: boxes, singular: box, kind: Box}
  versions:
  - name: v1
    served: true
    storage: true
    subresources: {status: {}}
    selectableFields: [{jsonPath: .spec.size}]
    schema:
      openAPIV3Schema:
        type: object
        properties:
          spec:
            type: object
            x-kubernetes-validations:
            - {rule: "self.min <= self.max", message: "min must not exceed max"}
            - {rule: "self.size == oldSelf.size", message: "size is immutable"}
            properties: {min: {type: integer, minimum: 0}, max: {type: integer, default: 5}, size: {type: string, default: small}}
          status: {type: object, x-kubernetes-preserve-unknown-fields: true}
END
kubectl wait --for=condition=Established crd/boxes.check.dev --timeout=20s >/dev/null
box() { echo "{apiVersion: check.dev/v1, kind: Box, metadata: {name: $1}, spec: {$2}}"; } # NAME SPEC
create() { box "$1" "$2" | kubectl create -f -; }
own() { box "$1" "$2" | kubectl apply --server-side --field-manager="$3" -f -; } # NAME SPEC MANAGER

check "an object is accepted" retry create a "min: 1"
check "its default is filled in" expect 5 kubectl get box a -o jsonpath='{.spec.max}'
check "a CEL rule refuses" expect "min must not exceed max" create b "min: 9, max: 2"
check "a CEL transition rule refuses" expect "size is immutable" kubectl patch box a --type=merge -p '{"spec": {"size": "big"}}'
check "a selectable field selects" expect box.check.dev/a kubectl get boxes --field-selector spec.size=small -o name
check "the status is a subresource" expect 2 kubectl patch box a --subresource=status --type=merge -p '{"status": {"n": 2}}' -o jsonpath='{.status.n}'
check "server-side apply: the first owner" own c "min: 1" one
check "server-side apply: a conflict names the owner" expect 'conflict with "one"' own c "min: 2" two

kubectl apply -f - >/dev/null <<END
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: {name: check-boxes}
spec:
  matchConstraints: {resourceRules: [{apiGroups: [check.dev], apiVersions: [v1], operations: [CREATE], resources: [boxes]}]}
  validations: [{expression: "object.metadata.name != 'forbidden'", messageExpression: "'the name ' + object.metadata.name + ' is taken'"}]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: {name: check-boxes}
spec: {policyName: check-boxes, validationActions: [Deny], matchResources: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: $NS}}}}
END
forbidden() { # until the policy is in force the object is created
  kubectl delete box forbidden --ignore-not-found >/dev/null
  expect "the name forbidden is taken" create forbidden "min: 1"
}
check "a ValidatingAdmissionPolicy refuses" retry forbidden

kubectl delete validatingadmissionpolicy,validatingadmissionpolicybinding check-boxes >/dev/null
kubectl delete crd boxes.check.dev --wait=false >/dev/null
