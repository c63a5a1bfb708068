#!/bin/sh
# make new-module in a copy of what it reads and writes: the module it makes stands in the list of all, however the list is folded.
set -eu
cd "$(dirname "$0")/.."
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
mkdir "$dir/modules"
cp -r app tools .clang-format "$dir/"
for name in petition survey; do
    sh "$dir/tools/new-module" $name >/dev/null
    grep -q "&${name}_module" "$dir/app/modules.c" || { echo "app/modules.c does not list $name"; exit 1; }
    grep -q "modules/$name/$name.h" "$dir/app/modules.c" || { echo "app/modules.c does not include $name"; exit 1; }
done
