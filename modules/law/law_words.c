/* Names, citations and addresses as the pages write them. */
#include "modules/law/law_pages.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

struct pair {
    struct str code, words;
};

static struct str word_of(const struct pair *pairs, size_t n, struct str code) {
    for (size_t i = 0; i < n; i++) {
        if (str_eq(pairs[i].code, code)) {
            return pairs[i].words;
        }
    }
    return S("");
}

struct str law_status_tone(enum law_status status) {
    switch (status) {
    case LAW_PENDING: return S("blue");
    case LAW_IN_FORCE: return S("green");
    case LAW_PARTLY:
    case LAW_SUSPENDED: return S("gold");
    case LAW_EXPIRED: return S("red");
    case LAW_UNKNOWN: break;
    }
    return S("");
}

struct str law_family_name(struct str family) {
    static const struct pair families[] = {{S_INIT("state"), S_INIT("Nhà nước")},
                                           {S_INIT("local"), S_INIT("Địa phương")},
                                           {S_INIT("party"), S_INIT("Đảng")},
                                           {S_INIT("front"), S_INIT("Mặt trận và các tổ chức")},
                                           {S_INIT("intl"), S_INIT("Điều ước quốc tế")}};
    return word_of(families, sizeof families / sizeof *families, family);
}

struct str law_type_name(struct str code) {
    struct law_type type;
    return law_type_by_code(code, &type) ? type.name : S("Văn bản");
}

struct str law_op_words(struct str op) {
    static const struct pair ops[] = {
        {S_INIT("amend"), S_INIT("Sửa đổi, bổ sung")},   {S_INIT("supplement"), S_INIT("Bổ sung")},
        {S_INIT("replace"), S_INIT("Thay thế")},         {S_INIT("repeal"), S_INIT("Bãi bỏ")},
        {S_INIT("correct"), S_INIT("Đính chính")},       {S_INIT("suspend"), S_INIT("Ngưng hiệu lực")},
        {S_INIT("resume"), S_INIT("Tiếp tục hiệu lực")}, {S_INIT("extend"), S_INIT("Kéo dài hiệu lực")}};
    return word_of(ops, sizeof ops / sizeof *ops, op);
}

struct str law_title_beside(struct str name, struct str title) {
    /* Its first letter may be a small one there. */
    size_t at = 0;
    if (title.len) {
        utf8_next(title, &at);
    }
    return str_find(name, str_slice(title, at, title.len), 0) == SIZE_MAX ? title : S("");
}

struct str law_escaped(struct arena *a, struct str s) {
    struct buf b = buf_in(a);
    url_escape(&b, s);
    return buf_str(&b);
}

struct link law_link(struct arena *a, int64_t work, struct str eid, struct date on) {
    struct str at = law_escaped(a, eid);
    struct buf b = buf_in(a);
    buf_printf(&b, "/law/%lld", (long long)work);
    if (eid.len) {
        buf_printf(&b, "?at=%.*s", STR_ARG(at));
    }
    if (on.year) {
        buf_printf(&b, "%son=%.*s", eid.len ? "&" : "?", STR_ARG(date_iso(a, on)));
    }
    if (eid.len) {
        buf_printf(&b, "#%.*s", STR_ARG(at));
    }
    return link_local(a, "%.*s", STR_ARG(buf_str(&b)));
}

struct str law_query(struct get *g, const char *name) {
    return utf8_clean(g->arena, str_trim(query_param(g->request, str_of(name))));
}
