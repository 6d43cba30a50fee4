# Installs Debian's packages and Python's that a script needs and the machine hasn't got.

need_packages() {
  local missing=()
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return 0
  local sudo=""
  [ "$(id -u)" -eq 0 ] || sudo=sudo
  echo "installing ${missing[*]}" >&2
  $sudo apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# The C libraries that the program links.
need_libraries() { need_packages libxml2-dev libzip-dev libisal-dev libxlsxwriter-dev pkg-config; }

need_swift() {
  command -v swift >/dev/null || { echo "Swift 6.2 or later is needed: https://www.swift.org/install" >&2; exit 69; }
}

# A private Python environment with the packages named; its interpreter is $python.
need_python() {
  local home="$root/.cache/python"
  if [ ! -x "$home/bin/python" ]; then
    python3 -m venv "$home" 2>/dev/null || { need_packages python3-venv; python3 -m venv "$home"; }
  fi
  python="$home/bin/python"
  local stamp="$home/installed-$(echo "$*" | cksum | cut -d' ' -f1)"
  [ -e "$stamp" ] || { "$home/bin/pip" install -q --disable-pip-version-check "$@" >&2; touch "$stamp"; }
}
