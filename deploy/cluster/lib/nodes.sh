# The nodes' names, addresses and network namespaces.

existing_nodes() { find "$RUN" -maxdepth 1 -name 'node-*' 2>/dev/null | wc -l; }

# How many nodes there are to be: as many as asked for, and never fewer than there are.
wanted_nodes() {
  local asked=${NODES:-1} existing; existing=$(existing_nodes)
  [[ $asked =~ ^[1-9]$ ]] || die "NODES is '$asked'; it must be a number from 1 to 9"
  echo $((asked > existing ? asked : existing))
}

each_node() { # FUNCTION ARG...: called with the index appended
  local index
  for ((index = 1; index <= NODE_COUNT; index++)); do "$@" "$index"; done
}

node_dir() { echo "$RUN/node-$1"; }
node_ip() { echo "$NODE_NET.$1"; }
node_netns() { [ "$1" = 1 ] || echo "vitrine-node-$1"; } # INDEX: none for this machine itself

# in_node INDEX COMMAND...: in that node's network. Not `ip netns exec`, which
# remounts /sys and so hides the cgroups.
in_node() {
  local netns; netns=$(node_netns "$1"); shift
  if [ -z "$netns" ]; then "$@"; else nsenter --net="/run/netns/$netns" "$@"; fi
}

on_node() { # NAME INDEX COMMAND...: like keep, in that node's network
  local name=$1 netns; netns=$(node_netns "$2"); shift 2
  if [ -z "$netns" ]; then keep "$name" "$@"; else keep "$name" nsenter --net="/run/netns/$netns" "$@"; fi
}
