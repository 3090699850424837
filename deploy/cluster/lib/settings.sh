# Where the cluster's things live and which addresses it uses.

SOURCE=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# Everything the cluster writes is below this directory.
VITRINE_CLUSTER_HOME=${VITRINE_CLUSTER_HOME:-${XDG_CACHE_HOME:-$HOME/.cache}/vitrine/cluster}
BIN=$VITRINE_CLUSTER_HOME/bin               # built programs; survive `down`
IMAGES=$VITRINE_CLUSTER_HOME/images         # image archives that every `up` imports; survive `down`
REGISTRY_DATA=$VITRINE_CLUSTER_HOME/registry # what was pushed; survives `down`
RUN=$VITRINE_CLUSTER_HOME/run               # one cluster's state; `down` removes it
PKI=$RUN/pki
LOGS=$RUN/log
LOCAL_KUBECONFIG=$PKI/admin.kubeconfig

# Node N is $NODE_NET.N and its pods are $POD_NET.N.0/24; node 1 is this machine, the others are network namespaces.
NODE_NET=${VITRINE_NODE_NET:-172.31.251}
POD_NET=${VITRINE_POD_NET:-10.244}
SERVICE_NET=${VITRINE_SERVICE_NET:-10.96}
NODE_BRIDGE=vitrine0
POD_BRIDGE=vitrine-pods
HOST_IP=$NODE_NET.1
DNS_IP=$SERVICE_NET.0.10
LOCAL_REGISTRY=$HOST_IP:5055 # not 5000: the Debian package may run a registry of its own there
