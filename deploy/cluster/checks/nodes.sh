#!/bin/bash
# nodes.sh: with NODES=2, pods on different nodes work together, and a dead node is noticed.
. "$(dirname "$0")/suite.sh"

pod() { # NAME NODE
  kubectl create -f - >/dev/null <<END
apiVersion: v1
kind: Pod
metadata: {name: $1, labels: {app: pinned, name: $1}}
spec:
  nodeName: $2
  terminationGracePeriodSeconds: 0
  containers:
  - name: web
    image: cluster.local/busybox:1
    command: [sh, -c, "mkdir /www; hostname >/www/index.html; exec httpd -f -p 8080 -h /www"]
    ports: [{containerPort: 8080, hostPort: 18083}]
END
}
pod one node-1
pod two node-2
kubectl expose pod two --port=80 --target-port=8080 --selector=name=two >/dev/null
address_of() { kubectl get pod "$1" -o jsonpath='{.status.podIP}'; }
get() { timeout 10 kubectl exec "$1" -- wget -qO- "http://$2"; } # POD ADDRESS

check "a pod runs on each node" kubectl wait --for=condition=Ready pod/one pod/two --timeout=30s
check "a pod on node 1 reaches one on node 2" expect two get one "$(address_of two):8080"
check "a pod on node 2 reaches one on node 1" expect one get two "$(address_of one):8080"
check "the host reaches a pod on node 2" expect two fetch "$(address_of two):8080"
check "a pod on node 1 reaches a Service on node 2, by name" retry expect two get one "two.$NS"
check "the host reaches a Service on node 2" expect two fetch "$(kubectl get service two -o jsonpath='{.spec.clusterIP}')"
check "exec on node 2" expect uid=0 kubectl exec two -- id
check "a host port on node 2" retry expect two fetch "$NODE_NET.2:18083"
check "pods on node 2 cannot leave the machine" refuse get two 192.0.2.77

kill -9 "$(cut -d' ' -f1 "$RUN/pids/kubelet-2")"
check "a node whose kubelet died becomes NotReady" kubectl wait --for=condition=Ready=Unknown node/node-2 --timeout=90s
check "up starts the kubelet again" "$SOURCE/cluster" up
check "and the node is Ready" kubectl wait --for=condition=Ready node/node-2 --timeout=60s
check "a drain evicts its pods" kubectl drain node-2 --force --ignore-daemonsets --delete-emptydir-data --pod-selector=app=pinned --timeout=30s
kubectl uncordon node-2 >/dev/null
