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

# What the tests' Python needs; one list, so that one environment serves them all.
python_packages="openpyxl==3.1.5 lxml==6.0.2 XlsxWriter==3.2.9 odfpy==1.4.1 weasyprint==70.0 pikepdf==10.18.0 selenium==4.51.0 jsonschema==4.26.0 scipy==1.16.3 xlrd==2.0.2 xlwt==1.3.0"

# WeasyPrint, which makes PDFs, with the fonts and libraries it draws with; OUTTURN_WEASYPRINT names it.
need_engine() {
  need_packages libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation fonts-dejavu-core
  need_python $python_packages
  export OUTTURN_WEASYPRINT="$root/.cache/python/bin/weasyprint"
}

# axe-core, as a package for another driver carries it; none of that package's own needs.
need_axe() {
  local found
  [ -e "$root/.cache/python/axe-installed" ] || { "$root/.cache/python/bin/pip" install -q --disable-pip-version-check --no-deps axe-playwright-python==0.1.8 >&2; touch "$root/.cache/python/axe-installed"; }
  axe=$(find "$root/.cache/python" -path '*axe_playwright_python/axe.min.js' | head -1)
  [ -n "$axe" ] || { echo "axe-core could not be installed" >&2; exit 69; }
}
