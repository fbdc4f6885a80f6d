# shellcheck shell=sh
# What deploy/run and deploy/test have in common; read by them, not run. Expects the project as working folder.

swift_needed=6.2
# Overridden where a machine gathers builds elsewhere.
build_folder=${BUILD_FOLDER:-.build}

# What libFuzzer looks at; everything under the address sanitizer is compiled with it, so that once is enough.
# Read by deploy/fuzz and deploy/sanitize.
# shellcheck disable=SC2034
coverage='-Xswiftc -sanitize-coverage=edge,inline-8bit-counters,pc-table,trace-cmp,indirect-calls'

say() {
    printf '%s\n' "· $*" >&2
}

give_up() {
    status=$1
    shift
    printf '%s\n' "$*" >&2
    exit "$status"
}

has() {
    command -v "$1" >/dev/null 2>&1
}

has_server() {
    for program in /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb; do
        [ -x "$program" ] && return 0
    done
    has initdb
}

# missing_packages serving|packaging|testing: the Debian packages that are missing, of those that it and building need.
missing_packages() {
    has git || echo git
    has pkg-config || echo pkg-config
    has setpriv || echo util-linux
    has curl || echo curl
    has python3 || echo python3
    { has python3 && python3 -c 'import ensurepip' 2>/dev/null; } || echo python3-venv
    { has pkg-config && pkg-config --exists libpq; } || echo libpq-dev
    { has pkg-config && pkg-config --exists libcurl; } || echo libcurl4-openssl-dev
    { has pkg-config && pkg-config --exists libxml-2.0; } || echo libxml2-dev
    { has pkg-config && pkg-config --exists xlsxwriter; } || echo libxlsxwriter-dev
    { has pkg-config && pkg-config --exists libqrencode; } || echo libqrencode-dev
    has_server || echo postgresql
    [ "$1" != packaging ] || has dh || echo debhelper
    [ "$1" = testing ] || return 0
    has nginx || [ -x /usr/sbin/nginx ] || echo nginx
    has testssl || has testssl.sh || echo testssl.sh
    has pgbouncer || [ -x /usr/sbin/pgbouncer ] || echo pgbouncer
    has caddy || echo caddy
    has promtool || echo prometheus
    # Tests read PDF, which WeasyPrint of the Python environment makes with Pango and a font.
    has pdftotext || echo poppler-utils
    { has python3 && python3 -c 'import ctypes; ctypes.CDLL("libpangoft2-1.0.so.0")' 2>/dev/null; } ||
        echo libpangoft2-1.0-0
    [ -d /usr/share/fonts/truetype ] || echo fonts-liberation
    has chromium || echo chromium
    has khal || echo khal
    has pgbackrest || echo pgbackrest
}

# install_packages serving|packaging|testing
install_packages() {
    packages=$(missing_packages "$1" | tr '\n' ' ')
    packages=${packages% }
    [ -n "$packages" ] || return 0

    has apt-get || give_up 69 "Missing here: $packages (the names are Debian's). Install them and try again."
    if [ "$(id -u)" -eq 0 ]; then
        as_root=
    elif has sudo && sudo -n true 2>/dev/null; then
        as_root='sudo -n'
    else
        give_up 77 "Packages are missing, and installing them needs root. Run this, then try again:
    sudo apt-get install -y $packages"
    fi

    say "Installing $packages"
    apt update -qq
    case " $packages " in
    *' postgresql '*)
        # The package would start a server of its own, which nobody asked for.
        if ! [ -e /etc/postgresql-common/createcluster.conf ]; then
            apt install -y -qq postgresql-common
            $as_root sed -i 's/^#* *create_main_cluster.*/create_main_cluster = false/' \
                /etc/postgresql-common/createcluster.conf
        fi
        ;;
    esac
    case " $packages " in
    *' nginx '* | *' pgbouncer '* | *' caddy '* | *' prometheus '*) hold_back_servers ;;
    esac
    # Words apart on purpose.
    # shellcheck disable=SC2086
    apt install -y -qq $packages
    case " $packages " in
    *' nginx '* | *' pgbouncer '* | *' caddy '* | *' prometheus '*)
        let_servers_start
        # Nor at the next start of this machine.
        for server in nginx pgbouncer caddy prometheus; do
            case " $packages " in *" $server "*) keep_from_starting "$server" ;; esac
        done
        ;;
    esac
}

# hold_back_servers: packages that are installed now start nothing, such as an nginx at port 80.
hold_back_servers() {
    policy=/usr/sbin/policy-rc.d
    # In containers there often is one, which says the same and stays.
    if [ -e $policy ]; then
        policy=
        return
    fi
    trap let_servers_start EXIT
    printf '#!/bin/sh\nexit 101\n' | $as_root tee $policy >/dev/null
    $as_root chmod 755 $policy
}

# Caddy is known to systemd alone, where there is one.
keep_from_starting() {
    if [ -e "/etc/init.d/$1" ]; then
        $as_root update-rc.d "$1" disable >&2
    elif has systemctl; then
        $as_root systemctl disable "$1" >&2 || true
    fi
}

let_servers_start() {
    [ -z "$policy" ] || $as_root rm -f "$policy"
    trap - EXIT
}

apt() {
    command=$1
    shift
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get "$command" "$@" >&2 </dev/null ||
        give_up 75 "apt-get $command failed, see above."
}

require_swift() {
    help="Chapterhouse needs Swift $swift_needed or later. Get it from https://www.swift.org/install/linux/
(a tarball to unpack, or swiftly, which keeps it up to date) and put its usr/bin on the PATH."
    has swift || give_up 69 "There is no swift on the PATH. $help"
    # "Swift version 6.3.1 (swift-6.3.1-RELEASE)", "Apple Swift version 6.2 (…)"
    swift_version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -n 1)
    lower=$(printf '%s\n%s\n' "$swift_needed" "${swift_version:-0}" | sort -V | head -n 1)
    [ "$lower" = "$swift_needed" ] || give_up 69 "This is Swift ${swift_version:-of unknown version}. $help"
}

# install_python: what tests in other languages need, in an environment of the build's own.
install_python() {
    python=$build_folder/python
    if ! cmp -s Tests/requirements.txt "$python/installed.txt"; then
        say "Installing Python packages for the tests"
        { python3 -m venv "$python" && "$python/bin/pip" install -q -r Tests/requirements.txt; } >&2 ||
            give_up 75 "The Python packages of the tests cannot be installed, see above."
        cp Tests/requirements.txt "$python/installed.txt"
    fi
    CHAPTERHOUSE_TEST_PYTHON=$(cd "$python" && pwd)/bin/python3
    export CHAPTERHOUSE_TEST_PYTHON
}

# build NAME FOLDERS ARGUMENTS…: swift build, unless nothing changed in FOLDERS since it last succeeded.
# SwiftPM finds that out too, but takes seconds for it.
build() {
    stamp=$build_folder/$1.built
    # Words apart on purpose.
    # shellcheck disable=SC2086
    if [ -x "$build_folder/debug/chapterhouse" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$swift_version" ] &&
        [ -z "$(find $2 Package.swift -newer "$stamp" | head -n 1)" ]; then
        return 0
    fi
    say "Building (the first time takes some minutes)"
    mkdir -p "$build_folder"
    printf '%s\n' "$swift_version" >"$stamp.new"
    shift 2
    swift build --scratch-path "$build_folder" "$@" >&2 || return 1
    mv "$stamp.new" "$stamp"
}
