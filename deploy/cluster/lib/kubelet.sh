# A node's kubelet and kube-proxy.

kubelet_config() { # INDEX
  local dir; dir=$(node_dir "$1")
  cat <<END
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $(node_ip "$1")
healthzBindAddress: 127.0.0.1
readOnlyPort: 0
authentication: {anonymous: {enabled: false}, webhook: {enabled: true}, x509: {clientCAFile: $PKI/ca.crt}}
authorization: {mode: Webhook}
tlsCertFile: $PKI/kubelet-$1.crt
tlsPrivateKeyFile: $PKI/kubelet-$1.key
containerRuntimeEndpoint: unix://$dir/containerd.sock
podLogsDir: $dir/pod-logs
cgroupDriver: cgroupfs
cgroupRoot: /vitrine-cluster/node-$1
failCgroupV1: false
failSwapOn: false
imagePullCredentialsVerificationPolicy: NeverVerify # else an imported image is pulled again once its like was pulled
clusterDNS: [$DNS_IP]
clusterDomain: cluster.local
resolvConf: $RUN/resolv.conf
END
}

kubelet_up() { # INDEX
  local dir; dir=$(node_dir "$1")
  make_cgroup "$1"
  kubelet_config "$1" >"$dir/kubelet.yaml"
  on_node "kubelet-$1" "$1" "$BIN/kubelet" --config="$dir/kubelet.yaml" --kubeconfig="$PKI/kubelet-$1.kubeconfig" \
    --hostname-override="node-$1" --node-ip="$(node_ip "$1")" --root-dir="$dir/kubelet"
}

# The conntrack settings are machine-wide and not ours to change, hence the zeros.
proxy_up() { # INDEX
  on_node "kube-proxy-$1" "$1" "$BIN/kube-proxy" --kubeconfig="$PKI/proxy.kubeconfig" --hostname-override="node-$1" \
    --proxy-mode=iptables --cluster-cidr="$POD_NET.0.0/16" --bind-address="$(node_ip "$1")" \
    --metrics-bind-address=127.0.0.1:10249 --healthz-bind-address=127.0.0.1:10256 \
    --conntrack-max-per-core=0 --conntrack-tcp-timeout-established=0 --conntrack-tcp-timeout-close-wait=0
}

wait_for_node() { # INDEX
  wait_for 120 "node-$1" kubectl wait --for=condition=Ready --timeout=5s "node/node-$1"
}

forget_logs() { # kubelet links every container's log here, wherever its own directories are
  [ -d /var/log/containers ] || return 0
  find /var/log/containers -xtype l -delete
  rmdir --ignore-fail-on-non-empty /var/log/containers
}
