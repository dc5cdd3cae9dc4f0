#!/bin/sh
# Flash of each function with its tables and what it needs of libgcc, linked alone for Cortex-M0: text + rodata, bytes.
set -eu
cd "$(dirname "$0")"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cpu="-mcpu=cortex-m0 -mthumb"
printf '| function | -Os | of it libgcc | -O2 | of it libgcc |\n|---|---|---|---|---|\n'
for version in classic interval float; do
    for level in s 2; do
        arm-none-eabi-gcc $cpu -std=c99 -Wall -Wextra -Wpedantic -Wconversion -Werror -O$level -ffunction-sections -fdata-sections \
            -c "$version.c" -o "$out/$version-O$level.o"
    done
    for function in classify sofa day9; do
        printf '| %s_%s ' "$version" "$function"
        for level in s 2; do
            elf=$out/$version-$function-O$level.elf
            arm-none-eabi-gcc $cpu -nostdlib -Wl,--gc-sections -Wl,-e,"${version}_$function" -Wl,-Map,"$elf.map" \
                "$out/$version-O$level.o" -lgcc -o "$elf"
            all=$(arm-none-eabi-size -A "$elf" | awk '$1 ~ /^\.(text|rodata)/ { n += $2 } END { print n + 0 }')
            # The linker's own list: sections that stay have an address above 0.
            libgcc=$(awk '/^Linker script and memory map/ { on = 1 } on && /libgcc\.a/ && $1 ~ /^\.(text|rodata)/ && $2 !~ /^0x0+$/ {
                print $3 }' "$elf.map" | while read -r n; do echo $((n)); done | awk '{ n += $1 } END { print n + 0 }')
            printf '| %s | %s ' "$all" "$libgcc"
        done
        printf '|\n'
    done
done
