# How a background process is kept: $RUN/pids/NAME holds its pid and start time, so
# that a pid which the kernel has given to someone else is never signalled.

identity() { # PID: nothing if it is gone or a zombie
  sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | awk -v pid="$1" '$1 !~ /[ZX]/ {print pid, $20}'
}

alive() { # NAME
  local file=$RUN/pids/$1 pid
  [ -f "$file" ] || return 1
  read -r pid _ <"$file"
  [ "$(identity "$pid")" = "$(<"$file")" ]
}

keep() { # NAME COMMAND...: start it unless it is running
  local name=$1 pid; shift
  alive "$name" && return
  setsid "$@" </dev/null >>"$LOGS/$name.log" 2>&1 &
  pid=$!
  identity "$pid" >"$RUN/pids/$name"
  disown "$pid"
}

stop() { # NAME: ask the process and its children to end, insist after 2 s
  local pid tries
  alive "$1" || { rm -f "$RUN/pids/$1"; return 0; }
  read -r pid _ <"$RUN/pids/$1"
  kill -- "-$pid"
  for ((tries = 0; tries < 20; tries++)); do alive "$1" || break; sleep 0.1; done
  if alive "$1"; then kill -9 -- "-$pid"; fi
  rm -f "$RUN/pids/$1"
}

show_processes() {
  local file name pid
  printf '%-26s %8s %9s %10s\n' PROCESS PID RSS/MiB CPU-TIME
  for file in "$RUN"/pids/*; do
    name=${file##*/}
    if alive "$name"; then
      read -r pid _ <"$file"
      ps -o rss=,time= -p "$pid" | awk -v n="$name" -v p="$pid" '{printf "%-26s %8d %9.1f %10s\n", n, p, $1 / 1024, $2}'
    else
      printf '%-26s %8s\n' "$name" stopped
    fi
  done
}
