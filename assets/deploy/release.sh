#!/usr/bin/env bash
# Makes what a release has: an archive for each target with the program, its man pages and completions, their checksums, and the
# manifests of Homebrew and Scoop filled in.
#
#   assets/deploy/release.sh [TARGET …]        builds (profile dist) and packs; by default Linux with glibc and with musl
#   FRIENDBOARD_BINARY=FILE assets/deploy/release.sh TARGET
#                                              packs a program that is built already
#
# RELEASE_URL is where the archives will be found; OUT is the folder that they are written to (target/packages).
set -euo pipefail
cd "$(dirname "$0")/../.."

version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1)
out=${OUT:-target/packages}
url=${RELEASE_URL:-https://releases.example/friendboard/v$version}
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(x86_64-unknown-linux-gnu x86_64-unknown-linux-musl)
# The time in archives: of the last commit, so that the same sources give the same bytes.
epoch=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}

mkdir -p "$out"
rm -f "$out/SHA256SUMS"

# The program of a target, built unless one is given.
program() {
  if [ -n "${FRIENDBOARD_BINARY:-}" ]; then
    echo "$FRIENDBOARD_BINARY"
    return
  fi
  cargo build --locked --profile dist --target "$1" >&2 || {
    echo "the target $1 can't be built here: rustup target add $1 (musl also needs musl-gcc)" >&2
    exit 1
  }
  echo "target/$1/dist/friendboard"
}

for target in "${targets[@]}"; do
  built=$(program "$target")
  name=friendboard-v$version-$target
  stage=$(mktemp -d)
  trap 'rm -rf "$stage"' EXIT
  mkdir -p "$stage/$name/completions"
  install -m 755 "$built" "$stage/$name/friendboard"
  # Man pages and completions are the same for all: a program of this machine makes them.
  "$built" man "$stage/$name/man" >/dev/null
  for shell in bash zsh fish; do "$built" completions "$shell" >"$stage/$name/completions/friendboard.$shell"; done
  cp README.md CHANGELOG.md "$stage/$name/"
  for license in LICENSE*; do [ -e "$license" ] && cp "$license" "$stage/$name/"; done
  tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$epoch" -C "$stage" -cf - "$name" | gzip -9n >"$out/$name.tar.gz"
  rm -rf "$stage"
  (cd "$out" && sha256sum "$name.tar.gz" >>SHA256SUMS)
  echo "$out/$name.tar.gz: $(du -k "$out/$name.tar.gz" | cut -f1) KB"
done

if [ -x assets/npm/build.sh ] && [ -z "${FRIENDBOARD_BINARY:-}" ]; then
  assets/npm/build.sh
  for tarball in target/npm/friendboard-*.tgz; do
    cp "$tarball" "$out/"
    (cd "$out" && sha256sum "$(basename "$tarball")" >>SHA256SUMS)
  done
fi

# A manifest with the version, the address and each target's checksum in place of its marks.
fill() {
  local text
  text=$(sed -e "s|@VERSION@|$version|g" -e "s|@URL@|$url|g" "$1")
  while read -r sum file; do
    local target=${file#friendboard-v"$version"-}
    text=${text//@SHA256:${target%.tar.gz}@/$sum}
  done <"$out/SHA256SUMS"
  # A part whose archive was not made is left out; a manifest that needs it is not written.
  text=$(printf '%s\n' "$text" | awk '
    /# begin / { held = ""; holding = 1; next }
    /# end /   { if (held !~ /@SHA256:/) printf "%s", held; holding = 0; next }
    holding    { held = held $0 "\n"; next }
    { print }')
  case $text in *@SHA256:*)
    echo "$2 is not written: it needs the archive of ${text##*@SHA256:}" | sed 's/@.*//'
    return ;;
  esac
  printf '%s\n' "$text" >"$2"
}
fill assets/deploy/friendboard.rb "$out/friendboard.rb"
fill assets/deploy/scoop.json "$out/friendboard.json"
echo "$out/SHA256SUMS: $(wc -l <"$out/SHA256SUMS") files"
