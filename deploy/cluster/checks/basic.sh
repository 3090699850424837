#!/bin/bash
# basic.sh: pods, their network, DNS, Services, images; tried with real pods.
. "$(dirname "$0")/suite.sh"

check "a Deployment's pods become Ready" deployment web 2
POD=$(kubectl get pods -l app=web -o name | head -1)
POD_IP=$(kubectl get "$POD" -o jsonpath='{.status.podIP}')
SERVICE_IP=$(kubectl get service web -o jsonpath='{.spec.clusterIP}')
in_pod() { timeout 10 kubectl exec "$POD" -- "$@"; }

check "a pod's address answers the host" expect hello fetch "$POD_IP:8080"
check "a ClusterIP answers the host" retry expect hello fetch "$SERVICE_IP"
check "a ClusterIP answers a pod, by its name" retry expect hello in_pod wget -qO- http://web/
check "DNS: a full name, in a pod" expect "$SERVICE_IP" in_pod nslookup "web.$NS.svc.cluster.local"
check "DNS: a full name, on the host" expect "$SERVICE_IP" timeout 5 busybox nslookup "web.$NS.svc.cluster.local" "$DNS_IP"
check "DNS: a name outside the cluster is refused at once" expect "bad address" timeout 5 kubectl exec "$POD" -- wget -qO- http://example.com/
check "pods cannot leave the machine" refuse in_pod wget -qO- http://192.0.2.77/
check "a service address without a Service is refused" expect "curl: (7)" fetch "$SERVICE_NET.200.200" # 28 would be a time-out

check "logs" expect started kubectl logs "$POD"
check "exec, with standard input" expect piped bash -c "echo piped | kubectl exec -i $POD -- cat"
port_forward() {
  kubectl port-forward "$POD" 18080:8080 >/dev/null 2>&1 & local forward=$!
  retry expect hello fetch 127.0.0.1:18080; local result=$?
  kill $forward
  return $result
}
check "port-forward" port_forward

kubectl apply -f - >/dev/null <<'END'
apiVersion: v1
kind: Pod
metadata: {name: hostport}
spec:
  nodeName: node-1
  terminationGracePeriodSeconds: 0
  containers:
  - name: web
    image: cluster.local/busybox:1
    command: [sh, -c, "mkdir /www; echo by-hostport >/www/index.html; httpd -f -p 8080 -h /www"]
    ports: [{containerPort: 8080, hostPort: 18081}]
END
check "a host port answers on the node's address" retry expect by-hostport fetch "$HOST_IP:18081"
check "a host port answers on 127.0.0.1" expect by-hostport fetch 127.0.0.1:18081

kubectl expose deployment web --name=outside --type=LoadBalancer --port=80 --target-port=8080 >/dev/null
load_balancer() { kubectl get service outside -o jsonpath='{.status.loadBalancer.ingress[0].ip}'; }
check "a LoadBalancer gets an address" retry expect "$NODE_NET." load_balancer
check "a LoadBalancer answers the host" retry expect hello fetch "$(load_balancer)"
check "a LoadBalancer answers a pod" retry expect hello in_pod wget -qO- "http://$(load_balancer)"
NODE_PORT=$(kubectl get service outside -o jsonpath='{.spec.ports[0].nodePort}')
check "a NodePort answers the host" expect hello fetch "$HOST_IP:$NODE_PORT"

kubectl apply -f - >/dev/null <<'END'
apiVersion: v1
kind: Pod
metadata: {name: hardened}
spec:
  restartPolicy: Never
  securityContext: {runAsNonRoot: true, runAsUser: 1000, fsGroup: 1000, seccompProfile: {type: RuntimeDefault}}
  containers:
  - name: hardened
    image: cluster.local/busybox:1
    command: [sh, -c, "id; touch /writable/x && ! touch /read-only && echo hardened"]
    securityContext: {readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
    resources: {limits: {memory: 32Mi, cpu: 200m}}
    volumeMounts: [{name: writable, mountPath: /writable}, {name: shm, mountPath: /dev/shm}]
  volumes: [{name: writable, emptyDir: {}}, {name: shm, emptyDir: {medium: Memory, sizeLimit: 8Mi}}]
---
apiVersion: v1
kind: Pod
metadata: {name: greedy}
spec:
  restartPolicy: Never
  containers:
  - name: greedy
    image: cluster.local/busybox:1
    command: [sh, -c, "head -c 200000000 /dev/zero | tail -c 150000000 | wc -c"]
    resources: {limits: {memory: 16Mi}}
END
check "a restricted pod runs (non-root, read-only, no capabilities, seccomp)" retry expect hardened kubectl logs hardened
check "a pod beyond its memory limit is OOMKilled" retry expect OOMKilled kubectl get pod greedy -o jsonpath='{.status.containerStatuses[0].state.terminated.reason}'

containerd_of_node_1() { ctr --address "$RUN/node-1/containerd.sock" --namespace k8s.io "$@"; }
push() {
  containerd_of_node_1 images tag --force cluster.local/busybox:1 "$1" &&
    containerd_of_node_1 images push --plain-http "$1" && containerd_of_node_1 images remove "$1"
}
PUSHED=$LOCAL_REGISTRY/check/busybox:1
check "the registry takes an image" push "$PUSHED"
check "a node pulls it from there" kubectl run pulled --image="$PUSHED" --image-pull-policy=Always --restart=Never --attach --pod-running-timeout=30s -- true
kubectl run unknown --image=busybox:no-such >/dev/null
check "an image of elsewhere is asked of this registry only, and fails at once" retry expect "no-such: not found" kubectl get events --field-selector involvedObject.name=unknown -o jsonpath='{.items[*].message}'
