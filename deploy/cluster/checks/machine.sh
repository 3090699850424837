# What of this machine a cluster could leave behind, as text.

machine_state() {
  {
    ip -o link | sed -E 's/^[0-9]+: /link /; s/ mtu .*//'
    ip route | sed 's/^/route /'
    ip netns list | sed 's/^/netns /'
    iptables-save | sed -n '/^-A/s/^/iptables /p; /^:.* - /s/ .*//p'
    ip6tables-save | sed -n '/^-A/s/^/ip6tables /p; /^:.* - /s/ .*//p'
    awk '{print "mount", $2, $3}' /proc/mounts
    find "$CGROUPS" -type d -name 'vitrine*' | sed 's/^/cgroup /' # others come and go with sessions and services
    # shellcheck disable=SC2086
    sysctl $SYSCTLS
    find /var/lib/cni/results /var/log/containers ! -type d 2>/dev/null | sed 's/^/file /' || true
    cluster_processes
  } | sort
}

cluster_processes() { # those that end while we look are not the cluster's
  ps -ww -eo args= | awk -v run="$RUN/" '(index($0, run) || /containerd-shim/) && !/awk -v run/ {print "process", $0}'
}
