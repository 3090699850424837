# A node's containerd: with root, state and socket of its own, so a machine's containerd is not touched.

containerd_up() { # INDEX
  local dir; dir=$(node_dir "$1")
  mkdir -p "$dir/cni" "$dir/certs.d/_default"
  cni_config "$1" >"$dir/cni/10-bridge.conflist"
  containerd_config "$1" >"$dir/containerd.toml"
  registry_hosts >"$dir/certs.d/_default/hosts.toml"
  on_node "containerd-$1" "$1" containerd --config "$dir/containerd.toml"
}

cni_config() {
  cat <<END
{"cniVersion": "0.4.0", "name": "vitrine-pods", "plugins": [
  {"type": "bridge", "bridge": "$POD_BRIDGE", "isGateway": true, "ipMasq": false, "hairpinMode": true,
   "ipam": {"type": "host-local", "dataDir": "$(node_dir "$1")/ipam",
            "ranges": [[{"subnet": "$POD_NET.$1.0/24"}]], "routes": [{"dst": "0.0.0.0/0"}]}},
  {"type": "portmap", "capabilities": {"portMappings": true}}]}
END
}

containerd_config() {
  local dir; dir=$(node_dir "$1")
  cat <<END
version = 2
root = "$dir/containerd"
state = "$dir/containerd-state"
disabled_plugins = ["io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.btrfs",
  "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.zfs"]
[grpc]
  address = "$dir/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "cluster.local/pause:1"
  restrict_oom_score_adj = true  # we may not be allowed to lower oom_score_adj
  stream_server_address = "127.0.0.1"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$dir/cni"
  [plugins."io.containerd.grpc.v1.cri".registry]
    config_path = "$dir/certs.d"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
    runtime_type = "io.containerd.runc.v2"
    [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
      SystemdCgroup = false
END
}

# Every image comes from this machine: whatever its name, the local registry is asked.
registry_hosts() { # containerd 1.6 ignores a file without a host
  cat <<END
server = "http://$LOCAL_REGISTRY"
[host."http://$LOCAL_REGISTRY"]
  capabilities = ["pull", "resolve"]
END
}

node_ctr() { # INDEX ARGUMENT...
  local socket; socket=$(node_dir "$1")/containerd.sock; shift
  ctr --address "$socket" --namespace k8s.io "$@"
}

import_images() { # INDEX: everything in $IMAGES
  local archive
  wait_for 60 "containerd on node-$1" node_ctr "$1" version
  for archive in "$IMAGES"/*.tar; do
    node_ctr "$1" images import --digests=false "$archive" >/dev/null
  done
}

pod_netns() { # INDEX: the network namespaces of the node's pods
  local id
  for id in $(node_ctr "$1" containers list -q); do
    node_ctr "$1" containers info "$id" | jq -r '.Spec.linux.namespaces[] | select(.type == "network") | .path // empty'
  done | sort -u
}

# Kills what runs in the node's containerd and takes its network namespaces away.
kill_containers() { # INDEX
  local id netns
  netns=$(pod_netns "$1")
  for id in $(node_ctr "$1" tasks list -q); do
    node_ctr "$1" tasks kill --signal SIGKILL "$id" || true
  done
  for id in $(node_ctr "$1" tasks list -q); do
    node_ctr "$1" tasks delete --force "$id" >/dev/null 2>&1 || true
  done
  for id in $(node_ctr "$1" containers list -q); do
    node_ctr "$1" containers delete "$id" || true
    rm -f /var/lib/cni/results/*"$id"* # libcni's cache; its place cannot be set
  done
  for id in $netns; do
    if [ -e "$id" ]; then ip netns delete "${id##*/}"; fi
  done
}

containerd_down() { # INDEX
  if alive "containerd-$1"; then kill_containers "$1"; fi
  stop "containerd-$1"
}

unmount_all() { # everything below $RUN, innermost first
  local mount
  awk -v run="$RUN/" 'index($2, run) == 1 {print $2}' /proc/mounts | sort -r | while read -r mount; do
    umount "$mount" || umount --lazy "$mount"
  done
}
