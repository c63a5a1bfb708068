#!/bin/sh
# Installs what is missing: Debian packages and npm packages. `install.sh run` what ./run needs, `install.sh test` also what ./test needs,
# `install.sh bench` what bench/search needs.
# Does nothing, quickly, when nothing is missing.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
lists=$here/tools/packages.txt
[ "${1:-run}" = run ] || lists="$lists $here/tools/packages-$1.txt"

say() { printf 'doanket: %s\n' "$*" >&2; }

# Names of the packages that are not there.
missing() {
    command -v dpkg-query >/dev/null || return 0
    # shellcheck disable=SC2086
    grep -hv '^ *\(#\|$\)' $lists | while read -r package command; do
        if [ -n "$command" ] && command -v "$command" >/dev/null; then continue; fi
        printf '%s\n' "$package"
    done | sort -u >"$wanted"
    # shellcheck disable=SC2046
    dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' $(cat "$wanted") 2>/dev/null |
        sed -n 's/^ii  *//p' | sort -u >"$there"
    comm -23 "$wanted" "$there"
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo -- "$@"
    else return 127
    fi
}

# Run as root. Servers among the packages are for tests: none starts by itself, Postfix is left unconfigured and its questions unasked.
# policy-rc.d is put back as it was, however this ends, and after one that was killed by the next.
apt='
policy=/usr/sbin/policy-rc.d kept=/usr/sbin/policy-rc.d.before-doanket ours="# doanket: servers for tests"
put_back() {
    if [ -f $policy ] && grep -q "^$ours" $policy; then rm -f $policy; fi
    if [ -e $kept ] || [ -L $kept ]; then mv -f $kept $policy; fi
}
put_back
trap put_back EXIT
trap "exit 1" HUP INT TERM
case " $* " in *" dovecot"*|*" postfix"*)
    if [ -e $policy ] || [ -L $policy ]; then mv -f $policy $kept || exit; fi
    printf "#!/bin/sh\n%s\nexit 101\n" "$ours" >$policy && chmod 755 $policy || exit
    if command -v debconf-set-selections >/dev/null; then
        echo "postfix postfix/main_mailer_type select No configuration" | debconf-set-selections || :
    fi ;;
esac
apt-get -q update && apt-get -q -y --no-install-recommends install "$@"'

install_debian() {
    say "đang cài các gói còn thiếu / installing: $(echo $need)"
    # shellcheck disable=SC2086
    if as_root env DEBIAN_FRONTEND=noninteractive sh -c "$apt" apt $need </dev/null >"$log" 2>&1; then return; fi
    tail -n 15 "$log" >&2
    say "không cài được các gói trên; hãy chạy lệnh sau với quyền quản trị rồi thử lại:"
    say "could not install them; run this as root, then try again:"
    # shellcheck disable=SC2086
    echo "    apt-get update && apt-get install -y --no-install-recommends" $need >&2
    exit 1
}

install_npm() {
    say "đang cài các gói npm / installing npm packages"
    if (cd "$here" && npm ci --no-audit --no-fund --loglevel=error) </dev/null >"$log" 2>&1; then
        cp "$here/package-lock.json" "$here/node_modules/.installed"
        return
    fi
    tail -n 15 "$log" >&2
    say "npm không cài được; hãy kiểm tra đường mạng rồi thử lại / npm could not install; check the network, then try again"
    exit 1
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
wanted=$scratch/wanted there=$scratch/there log=$scratch/log
need=$(missing)
if [ -n "$need" ]; then install_debian; fi
if [ -f "$here/package-lock.json" ] && ! cmp -s "$here/package-lock.json" "$here/node_modules/.installed"; then
    install_npm
fi
