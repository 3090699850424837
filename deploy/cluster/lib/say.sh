# What the commands tell their user.

set -euo pipefail

START=$EPOCHREALTIME
seconds_since() { awk -v from="$1" -v to="$EPOCHREALTIME" 'BEGIN {printf "%.1f", to - from}'; }
say() { printf '[%5s s] %s\n' "$(seconds_since "$START")" "$*"; }
die() { echo "error: $*" >&2; exit 1; }

# wait_for SECONDS WHAT COMMAND...: until COMMAND succeeds
wait_for() {
  local deadline=$((SECONDS + $1)) what=$2; shift 2
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $deadline ] || die "timed out waiting for $what (logs: $LOGS)"
    sleep 0.1
  done
}
