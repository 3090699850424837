# The cluster's keys, certificates and kubeconfigs; made anew for every cluster.

self_signed() { # OPENSSL-REQ-ARGUMENT...
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 365 \
    -config <(printf '[req]\ndistinguished_name=dn\n[dn]\n') "$@" 2>/dev/null
}

make_ca() { # NAME
  self_signed -keyout "$PKI/$1.key" -out "$PKI/$1.crt" -subj "/CN=$1" \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,digitalSignature
}

make_cert() { # NAME CA SUBJECT [SUBJECT_ALT_NAMES]
  self_signed -keyout "$PKI/$1.key" -out "$PKI/$1.crt" -CA "$PKI/$2.crt" -CAkey "$PKI/$2.key" -subj "$3" \
    -addext basicConstraints=CA:FALSE -addext keyUsage=digitalSignature \
    -addext extendedKeyUsage=clientAuth,serverAuth ${4:+-addext "subjectAltName=$4"}
}

make_kubeconfig() { # NAME: self-contained, so that it may be copied elsewhere
  cat >"$PKI/$1.kubeconfig" <<END
apiVersion: v1
kind: Config
clusters:
- name: vitrine
  cluster: {server: "https://$HOST_IP:6443", certificate-authority-data: $(base64 -w0 "$PKI/ca.crt")}
users:
- name: $1
  user: {client-certificate-data: $(base64 -w0 "$PKI/$1.crt"), client-key-data: $(base64 -w0 "$PKI/$1.key")}
contexts:
- name: vitrine
  context: {cluster: vitrine, user: $1}
current-context: vitrine
END
}

make_user() { # NAME SUBJECT: a client of the API
  make_cert "$1" ca "$2" && make_kubeconfig "$1"
}

make_node_pki() { # INDEX
  [ -e "$PKI/kubelet-$1.kubeconfig" ] && return
  make_cert "kubelet-$1" ca "/O=system:nodes/CN=system:node:node-$1" "DNS:node-$1,IP:$(node_ip "$1")"
  make_kubeconfig "kubelet-$1"
}

make_control_plane_pki() {
  [ -e "$PKI/made" ] && return
  make_ca ca
  make_ca front-proxy-ca
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$PKI/sa.key" 2>/dev/null
  openssl pkey -in "$PKI/sa.key" -pubout -out "$PKI/sa.pub"
  local names=DNS:localhost name
  for name in kubernetes{,.default{,.svc{,.cluster.local}}}; do names+=,DNS:$name; done
  make_cert apiserver ca /CN=kube-apiserver "$names,IP:127.0.0.1,IP:$HOST_IP,IP:$SERVICE_NET.0.1"
  make_cert apiserver-kubelet-client ca /O=system:masters/CN=kube-apiserver-kubelet-client
  make_cert front-proxy-client front-proxy-ca /CN=front-proxy-client
  make_user admin /O=system:masters/CN=admin
  make_user controller-manager /CN=system:kube-controller-manager
  make_user scheduler /CN=system:kube-scheduler
  make_user proxy /CN=system:kube-proxy
  touch "$PKI/made"
}

make_pki() {
  mkdir -p "$PKI"
  chmod 700 "$PKI"
  make_control_plane_pki
  each_node make_node_pki
}
