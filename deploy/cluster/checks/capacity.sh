#!/bin/bash
# capacity.sh: quotas, disruption budgets, priorities, and GPUs that are not there.
. "$(dirname "$0")/suite.sh"

kubectl apply -f - >/dev/null <<'END'
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: crates.check.dev}
spec:
  group: check.dev
  scope: Namespaced
  names: {plural: crates, singular: crate, kind: Crate}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
END
kubectl create quota crates --hard=count/crates.check.dev=0 >/dev/null

gpus() { "$SOURCE/cluster" gpus "$1" >/dev/null; }
allocatable() { kubectl get node node-1 -o jsonpath='{.status.allocatable.nvidia\.com/gpu}'; }
gpu_pod() { # NAME COUNT [PRIORITY]
  kubectl create -f - >/dev/null <<END
apiVersion: v1
kind: Pod
metadata: {name: $1}
spec:
  terminationGracePeriodSeconds: 0
  ${3:+priorityClassName: $3}
  containers:
  - {name: gpu, image: "cluster.local/busybox:1", command: [sleep, "1000"], resources: {limits: {nvidia.com/gpu: $2}}}
END
}
GPUS_BEFORE=$(allocatable)
check "a node claims GPUs" gpus 8
check "they are allocatable" expect 8 allocatable
kubectl create quota gpus --hard=requests.nvidia.com/gpu=8 >/dev/null
check "a ResourceQuota on GPUs refuses" retry expect "exceeded quota" gpu_pod g0 9
kubectl delete quota gpus >/dev/null
gpu_pod g1 4
gpu_pod g2 4
check "pods take them all" kubectl wait --for=condition=Ready pod/g1 pod/g2 --timeout=30s
gpu_pod g3 1
check "with none left a pod is Pending, and says why" retry expect "Insufficient nvidia.com/gpu" kubectl get pod g3 -o jsonpath='{.status.conditions[*].message}'
kubectl create priorityclass "$NS-high" --value=1000 >/dev/null
gpu_pod g4 8 "$NS-high"
check "a higher priority preempts" kubectl wait --for=condition=Ready pod/g4 --timeout=30s
check "the preempted are gone" retry refuse kubectl get pod g1
kubectl delete pods g3 g4 --now >/dev/null 2>&1
kubectl delete priorityclass "$NS-high" >/dev/null
gpus "${GPUS_BEFORE:-0}"

check "a Deployment is Ready" deployment kept 2
kubectl create poddisruptionbudget kept --selector=app=kept --min-available=2 >/dev/null
KEPT=$(kubectl get pods -l app=kept -o jsonpath='{.items[0].metadata.name}')
evict() {
  echo "{\"apiVersion\": \"policy/v1\", \"kind\": \"Eviction\", \"metadata\": {\"name\": \"$KEPT\"}}" |
    kubectl create --raw "/api/v1/namespaces/$NS/pods/$KEPT/eviction" -f -
}
check "a PodDisruptionBudget refuses an eviction" retry expect "disruption budget" evict
kubectl delete poddisruptionbudget kept >/dev/null
check "without it the pod is evicted" retry expect Success evict

crate() { kubectl create -f - <<<"{apiVersion: check.dev/v1, kind: Crate, metadata: {generateName: c-}}"; }
quota() { expect "exceeded quota" crate; }
check "a ResourceQuota on a custom resource refuses (known within 60 s)" retry_for 60 quota
kubectl delete crd crates.check.dev --wait=false >/dev/null
