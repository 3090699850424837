# etcd, kube-apiserver, kube-controller-manager and kube-scheduler.

ETCD=http://127.0.0.1:12379

etcd_up() { # without fsync: this cluster does not outlive the machine
  local peer=http://127.0.0.1:12380
  keep etcd "$BIN/etcd" --name vitrine --data-dir "$RUN/etcd" --unsafe-no-fsync --log-level warn \
    --listen-client-urls $ETCD --advertise-client-urls $ETCD \
    --listen-peer-urls $peer --initial-advertise-peer-urls $peer --initial-cluster vitrine=$peer
}

apiserver_up() { # VITRINE_APISERVER_FLAGS adds flags, e.g. --authentication-config=FILE
  # shellcheck disable=SC2086
  keep kube-apiserver "$BIN/kube-apiserver" --etcd-servers=$ETCD \
    --bind-address="$HOST_IP" --advertise-address="$HOST_IP" --secure-port=6443 \
    --service-cluster-ip-range="$SERVICE_NET.0.0/16" --allow-privileged=true \
    --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction \
    --client-ca-file="$PKI/ca.crt" \
    --tls-cert-file="$PKI/apiserver.crt" --tls-private-key-file="$PKI/apiserver.key" \
    --kubelet-certificate-authority="$PKI/ca.crt" \
    --kubelet-client-certificate="$PKI/apiserver-kubelet-client.crt" \
    --kubelet-client-key="$PKI/apiserver-kubelet-client.key" \
    --kubelet-preferred-address-types=InternalIP \
    --service-account-issuer=https://kubernetes.default.svc.cluster.local \
    --service-account-key-file="$PKI/sa.pub" --service-account-signing-key-file="$PKI/sa.key" \
    --requestheader-client-ca-file="$PKI/front-proxy-ca.crt" \
    --requestheader-allowed-names=front-proxy-client \
    --requestheader-username-headers=X-Remote-User --requestheader-group-headers=X-Remote-Group \
    --requestheader-extra-headers-prefix=X-Remote-Extra- \
    --proxy-client-cert-file="$PKI/front-proxy-client.crt" \
    --proxy-client-key-file="$PKI/front-proxy-client.key" ${VITRINE_APISERVER_FLAGS:-}
}

as_user() { # NAME: the flags with which a controller talks to the API as this user
  printf -- "--%s=$PKI/$1.kubeconfig\n" kubeconfig authentication-kubeconfig authorization-kubeconfig
}

# Pod networks are fixed by node index, so none are allocated. At the default rate
# limit, fetching its controllers' tokens takes the manager 4 s; and a quota on a
# new kind would stay without a status, denying everything, for up to 5 minutes.
controllers_up() {
  # shellcheck disable=SC2046
  keep kube-controller-manager "$BIN/kube-controller-manager" $(as_user controller-manager) \
    --bind-address=127.0.0.1 --leader-elect=false --use-service-account-credentials=true \
    --service-account-private-key-file="$PKI/sa.key" --root-ca-file="$PKI/ca.crt" \
    --cluster-signing-cert-file="$PKI/ca.crt" --cluster-signing-key-file="$PKI/ca.key" \
    --allocate-node-cidrs=false --service-cluster-ip-range="$SERVICE_NET.0.0/16" \
    --kube-api-qps=200 --kube-api-burst=400 --resource-quota-sync-period=10s
  # shellcheck disable=SC2046
  keep kube-scheduler "$BIN/kube-scheduler" $(as_user scheduler) --bind-address=127.0.0.1 --leader-elect=false
}

control_plane_up() {
  etcd_up
  apiserver_up
  wait_for 120 "the API server" kubectl get --raw /readyz
  say "API server is ready"
  controllers_up
}

control_plane_down() {
  local name
  for name in kube-scheduler kube-controller-manager kube-apiserver etcd; do
    stop $name
  done
}
