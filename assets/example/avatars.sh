#!/bin/sh
# Draws the example's avatars with friendboard itself: ./assets/example/avatars.sh
set -eu
cd "$(dirname "$0")"
# The program holds the avatars: built once, before they change.
cargo build --release
program=../../target/release/friendboard
avatar() {
  "$program" render --template avatar.xml --style avatar.json --size 132x132 \
    --var "face=$2" --var "from=$3" --var "to=$4" -o "avatars/$1.png"
}
avatar fox '🦊' '#FFD9A8' '#FF8A5C'
avatar panda '🐼' '#D6F5DF' '#7FD1A5'
avatar cat '🐱' '#FFE6EE' '#FF9FBF'
avatar frog '🐸' '#E9F7C8' '#9BCB5D'
avatar owl '🦉' '#E7DDFB' '#A58BE8'
avatar whale '🐳' '#DDF1FF' '#6FB6F2'
avatar tiger '🐯' '#FFF0C2' '#FFC247'
avatar bear '🐻' '#F4E2D0' '#D2A679'
