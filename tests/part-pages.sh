# Pages: what mkpage must refuse, a page and its JSON twin as they must come out, and the gallery of parts under axe.
. tests/count.sh
make -s gen build/tools/mkpage build/tools/mkview >/dev/null || { echo "0 passed, 1 failed"; exit 1; }
out=build/test/pages.out
for file in tests/pages/refused_*.html; do
    expect=$(sed -n '1s/{{# expect: \(.*\) }}$/\1/p' "$file")
    if build/tools/mkpage --out build/test/refused --part pages/parts/empty.html "$file" >"$out" 2>&1; then not_ok "$file is not refused"
    elif grep -q "^$file:[0-9]*:[0-9]*: error: .*" "$out" && grep -q -- "$expect" "$out"; then ok
    else not_ok "$file is refused for another reason than \"$expect\"" "$out"; fi
done
mkdir -p build/gen/test_pages
good_build() {
    build/tools/mkview --out build/gen/test_pages/views_gen --known kernel/rights/auth.h --view tests/pages/good_view.h &&
        sed -i 's|"views_gen.h"|"build/gen/test_pages/views_gen.h"|' build/gen/test_pages/views_gen.c &&
        build/tools/mkpage --out build/gen/test_pages/good_gen --po en=tests/pages/good.po --include tests/pages/good_view.h \
            --include build/gen/test_pages/views_gen.h tests/pages/good.html &&
        for compiler in gcc clang; do
            # shellcheck disable=SC2046
            $compiler $(make -s flags MODE=asan) -o build/test/good tests/pages/good.c build/gen/test_pages/good_gen.c build/gen/test_pages/views_gen.c \
                kernel/page/html.c kernel/page/html_format.c kernel/page/i18n.c kernel/page/json.c $(ls base/*.c | grep -v _test) -lutf8proc -lm || return 1
        done
}
check "a page compiles with both compilers" good_build
check "the page and its JSON as they must be" sh -c 'build/test/good >build/test/good.out && diff -u tests/pages/good.expected build/test/good.out'
# A wrong member is reported at its place in the page.
sed 's/{{ v->h }}/{{ v->hh }}/' tests/pages/good.html >build/test/wrong.html
build/tools/mkpage --out build/gen/test_pages/wrong_gen --include tests/pages/good_view.h --include build/gen/test_pages/views_gen.h build/test/wrong.html
# shellcheck disable=SC2046
if gcc $(make -s flags MODE=asan) -fsyntax-only build/gen/test_pages/wrong_gen.c 2>&1 | grep -q '^build/test/wrong.html:4:97: error:'; then ok
else not_ok "the compiler names the page's own line and column"; fi
if [ -x "${CHROMIUM:-/usr/bin/chromium}" ]; then counted "gallery" sh -c 'tests/gallery/build.sh && node tests/gallery/gallery.mjs build/gallery build/test/gallery'
else skip "no browser for the gallery"; fi
done_counting
