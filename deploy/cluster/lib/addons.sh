# What a cluster needs beside Kubernetes: DNS, images, load balancers, network policies.

dns_up() {
  local image archive=$IMAGES/coredns.tar
  image=$(tar -xOf "$archive" manifest.json | jq -r '.[0].RepoTags[0]')
  sed "s#\${COREDNS_IMAGE}#$image#; s#\${DNS_IP}#$DNS_IP#" "$SOURCE/manifests/coredns.yaml" |
    kubectl apply --server-side -f - >/dev/null
  kubectl -n kube-system rollout status deployment/coredns --timeout=120s >/dev/null
}

# Debian's docker-registry, on the node address.
registry_up() {
  mkdir -p "$REGISTRY_DATA"
  cat >"$RUN/registry.yaml" <<END
version: 0.1
log: {level: warn, accesslog: {disabled: true}}
storage: {filesystem: {rootdirectory: "$REGISTRY_DATA"}, delete: {enabled: true}}
http: {addr: "$LOCAL_REGISTRY", secret: not-a-secret}
END
  OTEL_TRACES_EXPORTER=none keep registry docker-registry serve "$RUN/registry.yaml"
}

# Gives each Service of type LoadBalancer an address; kube-proxy does the rest.
load_balancer_up() {
  KUBECONFIG=$LOCAL_KUBECONFIG keep load-balancer "$SOURCE/lib/load-balancer" "$BIN/kubectl" "$NODE_NET"
}

network_policy_up() { # INDEX
  on_node "network-policy-$1" "$1" "$SOURCE/lib/network-policy" "https://$HOST_IP:6443" "$PKI" "$POD_NET.0.0/16"
}
