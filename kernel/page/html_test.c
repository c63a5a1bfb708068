#include "kernel/page/html.h"
#include "base/arena.h"
#include "kernel/page/json.h"
#include "tests/test.h"

static struct str drawn(struct arena *a, void (*draw)(struct draw *d, struct instant at), struct instant at) {
    struct buf b = buf_in(a);
    struct draw d = draw_to(&b, a, &langs[0]);
    draw(&d, at);
    return buf_str(&b);
}

TEST("markup and quotes are escaped, in text and in addresses") {
    struct buf b = buf_in(arena);
    html_escape(&b, S("<a href=\"x\" title='y'>&\0é"));
    CHECK_STR(buf_str(&b), S("&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;\xEF\xBF\xBDé"));
    b = buf_in(arena);
    url_escape(&b, S("a b/ă?&#"));
    CHECK_STR(buf_str(&b), S("a%20b%2F%C4%83%3F%26%23"));
}

TEST("whatever byte stands wherever in a text of any length, it is escaped as it is alone") {
    static const struct {
        char byte;
        struct str entity;
    } all[] = {{'&', S_INIT("&amp;")},  {'<', S_INIT("&lt;")},       {'>', S_INIT("&gt;")},    {'"', S_INIT("&quot;")},
               {'\'', S_INIT("&#39;")}, {0, S_INIT("\xEF\xBF\xBD")}, {'\xe1', S_INIT("\xe1")}, {';', S_INIT(";")}};
    for (size_t n = 1; n <= 50; n++) {
        for (size_t i = 0; i < n * (sizeof all / sizeof *all); i++) {
            char text[50];
            size_t at = i % n, which = i / n;
            memset(text, 'x', n);
            text[at] = all[which].byte;
            struct buf b = buf_in(arena), wanted = buf_in(arena);
            html_escape(&b, (struct str){text, n});
            for (size_t k = 0; k < n; k++) {
                buf_put(&wanted, k == at ? all[which].entity : S("x"));
            }
            CHECK_OR_RETURN(str_eq(buf_str(&b), buf_str(&wanted)));
        }
    }
}

TEST("an address of this site stays on this site") {
    CHECK_STR(link_local(arena, "/document/%d", 7).v, S("/document/7"));
    CHECK_STR(link_local(arena, "//evil.vn").v, S("/"));
    CHECK_STR(link_local(arena, "/\\evil.vn").v, S("/"));
    CHECK_STR(link_local(arena, "https://evil.vn").v, S("/"));
    CHECK_STR(link_web(S("HTTPS://haiphong.gov.vn/")).v, S("HTTPS://haiphong.gov.vn/"));
    CHECK_STR(link_web(S("javascript:alert(1)")).v, S(""));
    CHECK_STR(link_web(S(" https://x")).v, S(""));
}

TEST("marked text keeps its markup out and its marks in") {
    const struct html_span spans[] = {{0, 3}, {2, 4}, {4, 99}, {4, 8}};
    CHECK_STR(html_marked(arena, S("<b>&hộ"), spans, 4).v, S("<mark>&lt;b&gt;</mark>&amp;<mark>hộ</mark>"));
    CHECK_STR(html_lines(arena, S("a\r\nb<\nc")).v, S("a<br>b&lt;<br>c"));
}

TEST("times read as people say them") {
    clock_freeze(date_at((struct date){2026, 11, 23}, 8, 12));
    CHECK_STR(drawn(arena, draw_ago, clock_now()), S("vừa xong"));
    CHECK_STR(drawn(arena, draw_ago, (struct instant){clock_now().ms - 5 * 60000}), S("5 phút trước"));
    CHECK_STR(drawn(arena, draw_ago, (struct instant){clock_now().ms - 3 * 3600000}), S("3 giờ trước"));
    CHECK_STR(drawn(arena, draw_ago, (struct instant){clock_now().ms - 10 * 3600000}), S("hôm qua"));
    CHECK_STR(drawn(arena, draw_when, (struct instant){clock_now().ms - 86400000}), S("08:12 hôm qua"));
    CHECK_STR(drawn(arena, draw_when, (struct instant){clock_now().ms - 5LL * 86400000}), S("08:12 18/11"));
    CHECK_STR(drawn(arena, draw_clock, (struct instant){0}), S(""));
    clock_freeze((struct instant){0});
}

TEST("initials are of the family and the given name") {
    struct buf b = buf_in(arena);
    struct draw d = draw_to(&b, arena, &langs[0]);
    draw_initials(&d, S("  Đỗ Thị  Ánh "));
    draw_initials(&d, S("Vân"));
    CHECK_STR(buf_str(&b), S("ĐÁV"));
}

static const struct lang_text words[] = {{S_INIT("Đã lưu"), S_INIT("Saved")},
                                         {S_INIT("%s số %s"), S_INIT("%s No. %s")},
                                         {S_INIT("Đã vào sổ, số đến %lld."), S_INIT("Registered, no. %lld.")}};
static const struct lang test_lang = {
    .code = S_INIT("en"), .n = 1, .texts = words, .texts_n = 1, .patterns = words + 1, .patterns_n = 2};

TEST("a sentence made in Vietnamese is found again by its pattern") {
    CHECK_STR(lang_sentence(&test_lang, arena, S("Đã lưu")), S("Saved"));
    CHECK_STR(lang_sentence(&test_lang, arena, S("Đã vào sổ, số đến 1204.")), S("Registered, no. 1204."));
    CHECK_STR(lang_sentence(&test_lang, arena, S("Luật số 7")), S("Luật No. 7"));
    CHECK_STR(lang_sentence(&test_lang, arena, S("Đã vào sổ, 1204")), S("Đã vào sổ, 1204"));
    CHECK_STR(lang_sentence(&langs[0], arena, S("Đã lưu")), S("Đã lưu"));
}

TEST("JSON escapes what it must and keeps ids whole") {
    struct buf b = buf_in(arena);
    json_str(&b, S("\"\\\n\x01\xFF\xE2\x80\xA8é"));
    json_id(&b, 9007199254740993);
    json_id(&b, 0);
    json_double(&b, 0.5);
    CHECK_STR(buf_str(&b), S("\"\\\"\\\\\\n\\u0001\xEF\xBF\xBD\\u2028é\"\"9007199254740993\"null0.5"));
}
