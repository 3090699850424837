# Sourced by every suite: a namespace for the run, and how a check is reported.
. "$(dirname "$0")/../lib/say.sh"
. "$(dirname "$0")/../lib/settings.sh"
. "$(dirname "$0")/../lib/process.sh"
. "$(dirname "$0")/report.sh"
set +e

SUITE=$(basename "$0" .sh)
NS=check-$SUITE
WORK=$(mktemp -d)
export CLUSTER=local PATH=$BIN:$PATH KUBECONFIG=$WORK/kubeconfig
sed '/^  context: /s/}$/, namespace: '"$NS"'}/' "$LOCAL_KUBECONFIG" >"$KUBECONFIG"

finish() {
  kubectl delete namespace "$NS" --wait=false >/dev/null
  report_end
  rm -rf "$WORK"
  [ "$FAILED" = 0 ]
  exit
}
report_begin "$SUITE"
trap finish EXIT

kubectl create namespace "$NS" >/dev/null
retry_for() { # SECONDS COMMAND...
  local deadline=$((SECONDS + $1)); shift
  until "$@"; do
    [ $SECONDS -lt $deadline ] || return 1
    sleep 0.3
  done
}
retry() { retry_for 15 "$@"; }
retry kubectl get serviceaccount default >/dev/null 2>&1

expect() { # TEXT COMMAND...: the command's output contains the text
  local want=$1 got; shift
  got=$("$@" 2>&1)
  grep -qF -- "$want" <<<"$got" || { echo "wanted '$want', got: $got"; return 1; }
}
refuse() { ! "$@"; }
fetch() { curl -sS -m3 "http://$1"; }

deployment() { # NAME REPLICAS: a small web server and its Service
  sed "s/NAME/$1/g; s/COUNT/$2/" <<'END' | kubectl apply -f - && kubectl rollout status "deployment/$1" --timeout=60s
apiVersion: apps/v1
kind: Deployment
metadata: {name: NAME}
spec:
  replicas: COUNT
  selector: {matchLabels: {app: NAME}}
  template:
    metadata: {labels: {app: NAME}}
    spec:
      terminationGracePeriodSeconds: 0
      containers:
      - name: web
        image: cluster.local/busybox:1
        command: [sh, -c, "mkdir -p /www; echo hello >/www/index.html; echo started; exec httpd -f -p 8080 -h /www"]
        readinessProbe: {httpGet: {path: /, port: 8080}, periodSeconds: 1}
        resources: {requests: {cpu: 20m, memory: 8Mi}}
---
apiVersion: v1
kind: Service
metadata: {name: NAME}
spec: {selector: {app: NAME}, ports: [{port: 80, targetPort: 8080}]}
END
}
