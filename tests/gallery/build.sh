#!/bin/sh
# Draws the gallery of parts into build/gallery; tests/gallery/gallery.mjs looks at it.
set -eu
cd "$(dirname "$0")/../.."
gen=build/gen/gallery
mkdir -p $gen build/gallery
make -s gen build/tools/mkpage build/tools/mkview
# shellcheck disable=SC2046
build/tools/mkpage --out $gen/gallery_gen --po en=i18n/en/office.po --po en=i18n/en/place.po --include tests/gallery/gallery_view.h --include $gen/views_gen.h $(for part in pages/parts/*.html; do echo --part $part; done) tests/gallery/gallery.html
build/tools/mkview --out $gen/views_gen --known kernel/rights/auth.h --view kernel/*/*_view.h tests/gallery/gallery_view.h
sed -i "s|\"views_gen.h\"|\"$gen/views_gen.h\"|" $gen/views_gen.c
# shellcheck disable=SC2046
build/tools/mkpage --icon-table $gen/icons.c inbox $(grep -ohE 'ICON\("[a-z0-9-]+"\)' tests/gallery/*.c tests/gallery/*.html | sed 's/.*("//; s/")//' | sort -u)
# shellcheck disable=SC2046
gcc $(make -s flags) -Wno-error -o build/gallery/draw tests/gallery/gallery.c tests/gallery/request.c $gen/gallery_gen.c $gen/views_gen.c $gen/icons.c build/gen/pages_gen.c \
    build/gen/assets_gen.c build/gen/langs_gen.c kernel/page/html.c kernel/page/html_format.c kernel/page/i18n.c kernel/page/json.c kernel/shell/page.c \
    modules/place/syllable.c modules/place/table.c modules/place/mention.c modules/place/judge.c modules/place/fit.c modules/place/find.c modules/place/map.c \
    search/words/letter.c $(ls base/*.c | grep -v _test) \
    -lutf8proc -lm
build/gallery/draw build/gallery
