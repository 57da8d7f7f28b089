# shellcheck shell=bash
# Makes .venv and installs the pinned dependencies, once for each state of pyproject.toml. Sourced by ./run and ./test.

say() { printf '%s\n' "$*" >&2; }

find_python() {
    for candidate in "${PYTHON:-}" python3 python3.14 python3.13 python3.12 python3.11; do
        [ -n "$candidate" ] || continue
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            printf '%s' "$candidate"
            return 0
        fi
    done
    say "Followthrough needs Python 3.11 or newer, and found none. Install it, or name it: PYTHON=python3.12 $0"
    return 1
}

# set_up [EXTRA]: with an extra, such as test, its packages are installed too
set_up() {
    extra="${1:-}"
    stamp=".venv/.installed-${extra:-run}"
    if [ -f "$stamp" ] && cmp -s pyproject.toml "$stamp"; then
        return 0
    fi
    python="$(find_python)" || exit 1
    say "Setting up .venv (once; a minute or two) ..."
    if ! "$python" -m venv .venv >/dev/null 2>&1; then
        say "$python can't make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv"
        exit 1
    fi
    target="."
    [ -z "$extra" ] || target=".[$extra]"
    log=".venv/install.log"
    if ! .venv/bin/python -m pip install --quiet --disable-pip-version-check --editable "$target" >"$log" 2>&1; then
        say "The packages could not be installed: is a package index within reach? What pip said is in $log"
        exit 1
    fi
    cp pyproject.toml "$stamp"
    # what the tests need includes what a run needs
    [ -z "$extra" ] || cp pyproject.toml .venv/.installed-run
}
