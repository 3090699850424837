# Every node's pods live below a cgroup of their own (/vitrine-cluster/node-N), so two
# kubelets share the machine and `down` removes exactly ours.

CGROUPS=/sys/fs/cgroup
cgroup_v2() { [ -e "$CGROUPS/cgroup.controllers" ]; }

check_cgroups() {
  if cgroup_v2; then
    say "this machine has cgroup v2, on which the cluster has not been proved"
  else
    [ -e "$CGROUPS/memory" ] || die "there is neither cgroup v2 nor a v1 memory hierarchy in $CGROUPS"
  fi
}

make_cgroup() { # INDEX
  if cgroup_v2; then make_cgroup_v2 "$1"; else make_cgroup_v1 "$1"; fi
}

make_cgroup_v1() {
  local controller dir
  for controller in "$CGROUPS"/*/; do
    dir=$controller/vitrine-cluster
    mkdir -p "$dir/node-$1"
    [ -e "$dir/cpuset.cpus" ] || continue
    for dir in "$dir" "$dir/node-$1"; do # a new cpuset starts out empty
      cat "$controller/cpuset.cpus" >"$dir/cpuset.cpus"
      cat "$controller/cpuset.mems" >"$dir/cpuset.mems"
    done
  done
}

# kubelet wants every controller of the root, hugetlb too, which systemd delegates to
# no unit; so this stands beside systemd's slices, as any cgroupfs driver's groups do.
make_cgroup_v2() {
  local parent controller
  mkdir -p "$CGROUPS/vitrine-cluster/node-$1"
  for parent in "$CGROUPS" "$CGROUPS/vitrine-cluster" "$CGROUPS/vitrine-cluster/node-$1"; do
    for controller in cpu cpuset memory hugetlb pids; do
      grep -qw "$controller" "$parent/cgroup.controllers" || continue
      echo "+$controller" >"$parent/cgroup.subtree_control" ||
        die "the cgroup controller $controller cannot be used below $parent; is this a container without cgroups of its own?"
    done
  done
}

remove_cgroups() {
  find "$CGROUPS"/vitrine-cluster "$CGROUPS"/*/vitrine-cluster -depth -type d -exec rmdir {} \; 2>/dev/null || true
}
