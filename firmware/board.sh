#!/bin/sh
# Cargo's runner: a QEMU board, an image, what libtest is told. Tests go to embedded-test-qemu-runner, logs of defmt through decode.
# One runner for both, because cargo 1.95 merges the runners of two configs where a target's name has a dot in it.
set -eu
board=$1 elf=$2
shift 2
if grep -q EMBEDDED_TEST_VERSION "$elf"; then
    exec embedded-test-qemu-runner --timeout 60 --qemu "$board -nographic" "$elf" "$@"
fi
# shellcheck disable=SC2086 # the board is several words
set -- $board -display none -monitor none -serial null -semihosting-config enable=on,target=native -kernel "$elf"
case $board in
    *-arm*) exec cargo run -q --release --manifest-path "$(dirname "$0")/decode/Cargo.toml" -- "$@" ;;
    *) exec "$@" ;;
esac
