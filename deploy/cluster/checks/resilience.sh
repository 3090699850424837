#!/bin/bash
# resilience.sh: what survives when a component dies at once, and that `up` repairs the rest.
. "$(dirname "$0")/suite.sh"

kill_now() { # PROCESS: and wait until it is gone
  local pid; pid=$(cut -d' ' -f1 "$RUN/pids/$1")
  kill -9 "$pid"
  retry refuse alive "$1"
}
up() { "$SOURCE/cluster" up; }
container() { kubectl get pods -l app=web -o jsonpath='{.items[0].status.containerStatuses[0].containerID} {.items[0].status.containerStatuses[0].restartCount}'; }
allocatable() { kubectl get node node-1 -o jsonpath='{.status.allocatable.nvidia\.com/gpu}'; }

deployment web 1 >/dev/null
IP=$(kubectl get service web -o jsonpath='{.spec.clusterIP}')
CONTAINER=$(container)
"$SOURCE/cluster" gpus 8 >/dev/null
retry expect hello fetch "$IP" >/dev/null # kube-proxy knows the Service by now

kill_now kube-apiserver
check "with the API server killed, a Service still answers" retry expect hello fetch "$IP"
check "up brings the API server back" up
check "the pod is the same container, never restarted" expect "$CONTAINER" container
check "new pods start" deployment after-apiserver 1

kill_now etcd
check "up brings etcd back" up
check "the data is there" kubectl get deployment web

kill_now containerd-1
check "up brings containerd back" up
check "the pod is still the same container" expect "$CONTAINER" container
check "new pods start after containerd" deployment after-containerd 1

kill_now kubelet-1
check "up brings kubelet back" up
check "new pods start after kubelet" deployment after-kubelet 1
check "the pod is the same container even now" expect "$CONTAINER" container
check "the claimed GPUs are still there" expect 8 allocatable
"$SOURCE/cluster" gpus 0 >/dev/null

for name in kube-proxy-1 kube-scheduler kube-controller-manager load-balancer network-policy-1; do kill_now $name; done
check "up brings the rest back" up
check "new pods start after all" deployment after-all 1
