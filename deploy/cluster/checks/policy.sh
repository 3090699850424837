#!/bin/bash
# policy.sh: NetworkPolicies are enforced.
. "$(dirname "$0")/suite.sh"

pod() { # NAME: a pod with the label app=NAME that serves its name on 8080 (port "web") and 9090
  kubectl create -f - >/dev/null <<END
apiVersion: v1
kind: Pod
metadata: {name: $1, labels: {app: $1}}
spec:
  terminationGracePeriodSeconds: 0
  containers:
  - name: web
    image: cluster.local/busybox:1
    command: [sh, -c, "mkdir /www; echo $1 >/www/index.html; httpd -p 9090 -h /www; exec httpd -f -p 8080 -h /www"]
    ports: [{name: web, containerPort: 8080}]
    readinessProbe: {httpGet: {path: /, port: 8080}, periodSeconds: 1}
END
}
for name in server friend other; do pod $name; done
kubectl expose pod server --port=80 --target-port=8080 >/dev/null
check "three pods are Ready" kubectl wait --for=condition=Ready pod/server pod/friend pod/other --timeout=30s
address_of() { kubectl get pod "$1" -o jsonpath='{.status.podIP}'; }
ADDRESS=$(address_of server)
get() { timeout 5 kubectl exec "$1" -- wget -qO- "http://$2"; } # POD ADDRESS

check "without a policy, all may" expect server get other "$ADDRESS:8080"
kubectl apply -f - >/dev/null <<'END'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: server}
spec:
  podSelector: {matchLabels: {app: server}}
  policyTypes: [Ingress]
  ingress: [{from: [{podSelector: {matchLabels: {app: friend}}}], ports: [{port: web}]}]
END
check "ingress: another pod is refused" retry refuse get other "$ADDRESS:8080"
check "ingress: also through the Service" refuse get other "server.$NS"
check "ingress: the selected pod may, by a named port" expect server get friend "$ADDRESS:8080"
check "ingress: the selected pod may through the Service" expect server get friend "server.$NS"
check "ingress: but not on another port" refuse get friend "$ADDRESS:9090"
check "ingress: the node may, for probes" expect server fetch "$ADDRESS:8080"
kubectl label pod other app=friend --overwrite >/dev/null
check "ingress: a changed label is followed" retry expect server get other "$ADDRESS:8080"

kubectl apply -f - >/dev/null <<'END'
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: friend}
spec:
  podSelector: {matchLabels: {app: friend}}
  policyTypes: [Egress]
  egress:
  - to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, podSelector: {matchLabels: {k8s-app: kube-dns}}}]
    ports: [{port: 53, protocol: UDP}, {port: 53}]
END
check "egress: a pod is refused" retry refuse get friend "$ADDRESS:8080"
check "egress: DNS may" expect Address kubectl exec friend -- nslookup "server.$NS.svc.cluster.local"
check "egress: the API server is refused" refuse kubectl exec friend -- timeout 3 nc kubernetes.default.svc.cluster.local 443
kubectl patch networkpolicy friend --type=json -p '[{"op": "add", "path": "/spec/egress/-", "value": {"to": [{"podSelector": {"matchLabels": {"app": "server"}}}], "ports": [{"port": "web"}]}}]' >/dev/null
check "egress: a named port of the receiver may" retry expect server get friend "server.$NS"
check "egress: its other port is refused" refuse get friend "$ADDRESS:9090"

kubectl apply -f - >/dev/null <<END
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: blocks}
spec:
  podSelector: {matchLabels: {app: server}}
  policyTypes: [Ingress]
  ingress: [{from: [{ipBlock: {cidr: $POD_NET.0.0/16, except: [$(address_of friend)/32]}}]}]
END
kubectl delete networkpolicy server friend >/dev/null
check "ipBlock: the exception is refused" retry refuse get friend "$ADDRESS:8080"
check "ipBlock: others may" retry expect server get other "$ADDRESS:8080"
kubectl delete networkpolicy blocks >/dev/null
check "without policies, all may again" retry expect server get friend "$ADDRESS:8080"
