# Which provider is used: the one that CLUSTER names, else the one that `up` took, else the first that is available.

CHOICE=$VITRINE_CLUSTER_HOME/provider

choose_provider() {
  local name why
  if [ -n "${CLUSTER:-}" ]; then
    [[ $CLUSTER =~ ^(existing|k3s|local)$ ]] || die "CLUSTER is '$CLUSTER'; it must be existing, k3s or local"
    why=$("$SOURCE/providers/$CLUSTER" available) || die "CLUSTER=$CLUSTER cannot be used: $why"
    echo "$CLUSTER"
    return
  fi
  for name in $(cat "$CHOICE" 2>/dev/null) existing k3s local; do
    if why=$("$SOURCE/providers/$name" available); then echo "$name"; return; fi
    echo "cluster provider $name: skipped: $why" >&2
  done
  die "there is no cluster, and none can be brought up here (see above)"
}
