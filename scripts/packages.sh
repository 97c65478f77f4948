# What Tercet is built from, as Debian and Ubuntu name it. Sourced by the other scripts.
#
# install_packages PACKAGE...: installs those that are missing, as root or with sudo, and says which.

build_packages=(
    ca-certificates g++ cmake ninja-build pkg-config ccache mold git
    librocksdb-dev libboost-dev tao-pegtl-dev libicu-dev libarchive-dev zlib1g-dev libbz2-dev liblzma-dev libzstd-dev libxml2-dev libcurl4-openssl-dev nlohmann-json3-dev
    libcmark-dev libcld2-dev libxxhash-dev libssl-dev libcli11-dev libedit-dev
)
test_packages=("${build_packages[@]}" catch2 python3)
bench_packages=("${build_packages[@]}" libigraph-dev)

install_packages() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
    done
    if [ ${#missing[@]} -eq 0 ]; then
        echo "All ${#} packages are installed."
        return
    fi
    echo "Installing ${#missing[@]} packages: ${missing[*]}"
    local root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || { echo "Run this as root, or install sudo." >&2; exit 3; }
        root=(sudo)
    fi
    "${root[@]}" apt-get update -qq
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# build PRESET: configures and builds one preset of CMakePresets.json.
build() {
    echo "Building ($1) ..."
    cmake --preset "$1" "${@:2}" >"build-$1.log" 2>&1 || { cat "build-$1.log"; rm -f "build-$1.log"; exit 1; }
    rm -f "build-$1.log"
    cmake --build --preset "$1" -j "$(nproc)"
}
