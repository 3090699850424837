# The Debian packages that the cluster needs.

missing_packages() {
  local package shown_by
  while read -r package shown_by; do
    [[ $package == \#* ]] || command -v "$shown_by" >/dev/null || [ -e "$shown_by" ] || echo "$package"
  done <"$SOURCE/packages"
}

# Only what is missing is installed, so that nothing of this machine is replaced.
install_packages() {
  local missing
  mapfile -t missing < <(missing_packages)
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    die "these Debian packages are missing, install them first: apt-get install --no-install-recommends ${missing[*]}"
  fi
  say "installing ${missing[*]}"
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >"$1" 2>&1 ||
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}"; } >>"$1" 2>&1 ||
    die "apt-get could not install ${missing[*]} (see $1)"
}
