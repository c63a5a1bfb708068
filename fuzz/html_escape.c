/* Any bytes written into text, an attribute, an address and JSON: no mark that could end the place they stand in comes
 * out. */
#include "base/arena.h"
#include "kernel/page/html.h"
#include "kernel/page/json.h"

#include <stdlib.h>
#include <string.h>

#include "base/banned.h"

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n);

static void must(bool condition) {
    if (!condition) {
        abort();
    }
}

static bool has_any(struct str s, const char *marks, size_t n) {
    for (size_t i = 0; i < s.len; i++) {
        if (memchr(marks, s.at[i], n)) {
            return true;
        }
    }
    return false;
}

/* Every quote inside is escaped: the text ends at its last quote only. */
static void json_is_whole(struct str s) {
    must(s.len >= 2 && s.at[0] == '"' && s.at[s.len - 1] == '"');
    for (size_t i = 1; i + 1 < s.len; i++) {
        must((unsigned char)s.at[i] >= ' ' && s.at[i] != '"');
        i += s.at[i] == '\\';
        must(i + 1 < s.len);
    }
}

int LLVMFuzzerTestOneInput(const unsigned char *at, size_t n) {
    struct arena *a = arena_new();
    struct str s = {(const char *)at, n};
    struct buf text = buf_in(a), url = buf_in(a), json = buf_in(a);
    html_escape(&text, s);
    must(!has_any(buf_str(&text), "<>\"'", 5));
    url_escape(&url, s);
    must(!has_any(buf_str(&url), "<>\"'&?#/\\: ", 12));
    json_str(&json, s);
    json_is_whole(buf_str(&json));
    struct html_span spans[2] = {{n / 4, n / 2}, {n / 2, n}};
    must(html_marked(a, s, spans, 2).v.len >= n);
    struct link local = link_local(a, "%.*s", (int)n, s.at ? s.at : "");
    must(local.v.len && local.v.at[0] == '/' && !(local.v.len > 1 && (local.v.at[1] == '/' || local.v.at[1] == '\\')));
    arena_free(a);
    return 0;
}
