# The rules that keep pods inside this machine, and the removal of what the cluster added.

# A packet for a service that kube-proxy has not redirected by now has no endpoint: say so at once.
fence_up() {
  iptables -n -L VITRINE-FENCE >/dev/null 2>&1 && return
  iptables-restore --noflush --wait <<END
*filter
:VITRINE-FENCE - [0:0]
:VITRINE-ACCEPT - [0:0]
-A VITRINE-FENCE -d $SERVICE_NET.0.0/16 -j REJECT
-A VITRINE-FENCE -d $POD_NET.0.0/16 -j RETURN
-A VITRINE-FENCE -d $NODE_NET.0/24 -j RETURN
-A VITRINE-FENCE -s $POD_NET.0.0/16 -j REJECT
-I FORWARD -j VITRINE-FENCE
-I OUTPUT -j VITRINE-FENCE
-A VITRINE-ACCEPT -s $POD_NET.0.0/16 -j ACCEPT
-A VITRINE-ACCEPT -s $NODE_NET.0/24 -j ACCEPT
-A FORWARD -j VITRINE-ACCEPT
COMMIT
END
} # VITRINE-ACCEPT is for machines whose FORWARD policy is DROP, as Docker sets it

OUR_CHAINS='(KUBE|CNI|VITRINE)-'

foreign_kubernetes() { iptables-save | grep -q '^:KUBE-SERVICES'; }

# Takes out the rules and chains of ours, Kubernetes' and the CNI plugins', and touches no other.
forget_rules() { # iptables | ip6tables
  "$1-save" | awk -v ours="$OUR_CHAINS" '
    /^\*/ {print; count = 0}
    $0 ~ "^:" ours {print $1, "- [0:0]"; chains[count++] = substr($1, 2)}
    /^-A/ && $0 !~ "^-A " ours && $0 ~ ours {sub(/^-A/, "-D"); print}
    /^COMMIT/ {while (count > 0) print "-X", chains[--count]; print}' | "$1-restore" --noflush --wait
}
