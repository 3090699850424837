#!/bin/bash
# identity.sh: tokens, reviews of them, and who may do what.
. "$(dirname "$0")/suite.sh"

kubectl create serviceaccount agent >/dev/null
kubectl create role agent --verb=get --resource=configmaps >/dev/null
kubectl create rolebinding agent --role=agent --serviceaccount="$NS:agent" >/dev/null
kubectl apply -f - >/dev/null <<'END'
apiVersion: v1
kind: Pod
metadata: {name: agent}
spec:
  serviceAccountName: agent
  terminationGracePeriodSeconds: 0
  containers:
  - {name: agent, image: "cluster.local/busybox:1", command: [sleep, "1000"], volumeMounts: [{name: token, mountPath: /token}]}
  volumes:
  - {name: token, projected: {sources: [{serviceAccountToken: {audience: workshop, expirationSeconds: 600, path: token}}]}}
END
kubectl wait --for=condition=Ready pod/agent --timeout=30s >/dev/null
TOKEN=$(kubectl exec agent -- cat /token/token)
AGENT=system:serviceaccount:$NS:agent

review() { # AUDIENCE
  echo "{apiVersion: authentication.k8s.io/v1, kind: TokenReview, spec: {token: $TOKEN, audiences: [$1]}}" | kubectl create -f - -o yaml
}
check "TokenReview accepts a projected token for its audience" expect "authenticated: true" review workshop
check "TokenReview names the pod" expect authentication.kubernetes.io/pod-name review workshop
check "TokenReview refuses it for another audience" expect "invalid for the target" review elsewhere

may() { # VERB
  kubectl create -f - -o jsonpath='{.status.allowed}' <<END
{apiVersion: authorization.k8s.io/v1, kind: SubjectAccessReview, spec: {user: '$AGENT',
 resourceAttributes: {namespace: $NS, verb: $1, resource: configmaps}}}
END
}
check "SubjectAccessReview allows what a role gives" expect true may get
check "SubjectAccessReview denies the rest" expect false may delete
check "RBAC refuses" expect Forbidden kubectl --as="$AGENT" delete configmap x
check "a node may not read a foreign secret" expect forbidden kubectl --as=system:node:node-1 --as-group=system:nodes get secret -n kube-system none
