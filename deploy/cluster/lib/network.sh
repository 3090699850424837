# Bridges, routes and settings of the kernel's network.

# Settings that kubelet, kube-proxy and this file change; `down` puts them back.
SYSCTLS="net.ipv4.ip_forward net.ipv4.conf.all.route_localnet net.bridge.bridge-nf-call-iptables
  kernel.panic kernel.panic_on_oops vm.overcommit_memory"

network_up() {
  [ -e /proc/sys/net/bridge ] || modprobe br_netfilter || die "the kernel module br_netfilter is missing: NetworkPolicies need it"
  [ -e "$RUN/sysctls" ] || remember_machine
  add_bridge
  each_node add_node_network
  fence_up
}

remember_machine() { # what `down` needs to know of how it was
  if grep -q ' /run/netns ' /proc/mounts; then
    touch "$RUN/netns-was-mounted"
  else
    # As `ip netns add` does when it first runs: were that later, the networks of the pods there are could not be removed.
    mkdir -p /run/netns
    mount --bind /run/netns /run/netns
    mount --make-shared /run/netns
  fi
  # shellcheck disable=SC2086
  sysctl $SYSCTLS >"$RUN/sysctls"
}

add_bridge() { # the nodes' network; a bridge because it needs no other device
  [ -e "/sys/class/net/$NODE_BRIDGE" ] && return
  ip link add "$NODE_BRIDGE" type bridge
  ip address add "$HOST_IP/24" dev "$NODE_BRIDGE"
  ip link set "$NODE_BRIDGE" up
  # Without these, an address that nobody serves would follow the default route.
  ip route add "$SERVICE_NET.0.0/16" dev "$NODE_BRIDGE"
  ip route add unreachable "$POD_NET.0.0/16"
}

add_node_network() { # INDEX
  local netns; netns=$(node_netns "$1")
  if [ -n "$netns" ] && [ ! -e "/run/netns/$netns" ]; then
    ip netns add "$netns"
    ip link add "vitrine$1" type veth peer name eth0 netns "$netns"
    ip link set "vitrine$1" master "$NODE_BRIDGE" up
    ip -n "$netns" link set lo up
    ip -n "$netns" link set eth0 up
    ip -n "$netns" address add "$(node_ip "$1")/24" dev eth0
    ip -n "$netns" route add default via "$HOST_IP"
    ip route add "$POD_NET.$1.0/24" via "$(node_ip "$1")"
  fi
  in_node "$1" sysctl -qw net.ipv4.ip_forward=1 net.bridge.bridge-nf-call-iptables=1
}

network_down() {
  local found
  for found in /run/netns/vitrine-node-*; do
    [ -e "$found" ] && ip netns delete "${found##*/}"
  done
  if [ ! -e "$RUN/netns-was-mounted" ] && [ -z "$(ls /run/netns 2>/dev/null)" ]; then umount /run/netns 2>/dev/null || true; fi
  for found in "$NODE_BRIDGE" "$POD_BRIDGE"; do
    [ -e "/sys/class/net/$found" ] && ip link delete "$found"
  done
  ip route delete unreachable "$POD_NET.0.0/16" 2>/dev/null || true
  forget_rules iptables
  forget_rules ip6tables
  [ -e "$RUN/sysctls" ] && sysctl -q -p "$RUN/sysctls"
  return 0
}
