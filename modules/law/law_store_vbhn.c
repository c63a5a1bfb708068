/* Văn bản hợp nhất: words of the work it consolidates, published by the State, and no work of its own (Pháp lệnh
   01/2012/UBTVQH13). Its head reads "Luật X số … ngày …, có hiệu lực kể từ ngày …, được sửa đổi, bổ sung bởi: Luật số …
   ngày …, có hiệu lực kể từ ngày …". */
#include "base/arena.h"
#include "base/utf8.h"
#include "modules/law/law_cite_inside.h"
#include "modules/law/law_store_inside.h"

enum { HEAD_MOST = 6000 };

static bool is_consolidation(const struct law_about *about) {
    return str_eq(about->type, S("VBHN")) || str_find(about->code_key, S("/vbhn-"), 0) != SIZE_MAX;
}

/* "có hiệu lực kể từ ngày 01 tháng 01 năm 2018", the first at or after a place. */
static struct date effect_after(struct str text, size_t from) {
    struct date on = {0};
    size_t says = str_find(text, S("có hiệu lực"), from);
    for (size_t at = says; says != SIZE_MAX && at < text.len && at < says + 80; at++) {
        if (cite_starts_word(text, at) && cite_date(text, at, &on) > at) {
            break;
        }
    }
    return on;
}

/* The last day on which any act named came into force. */
static struct date last_effect(struct str head) {
    struct date last = {0};
    for (size_t at = 0; (at = str_find(head, S("có hiệu lực"), at)) != SIZE_MAX; at++) {
        struct date on = effect_after(head, at);
        last = on.year && (!last.year || date_cmp(on, last) > 0) ? on : last;
    }
    return last;
}

static void about_of(struct arena *a, const struct law_cite_doc *doc, struct str head, const struct law_about *own,
                     struct law_about *about) {
    struct law_type type;
    struct str name = str_slice(doc->name, doc->type_words.len, doc->name.len);
    *about = (struct law_about){.code = doc->code,
                                .type_name = law_type_by_code(doc->type, &type) ? type.name : doc->type_words,
                                .title = str_trim(name.len ? name : own->title),
                                .issued_on = doc->issued_on,
                                .effective_on = effect_after(head, doc->to),
                                .source = own->source};
    law_about_finish(a, about);
}

bool law_store_consolidates(struct arena *a, const struct law_tree *tree, struct law_store *in) {
    struct law_cites found;
    struct str head = utf8_cut(tree->head.preamble, HEAD_MOST);
    if (!is_consolidation(&in->about) || in->vbhn_code.len) {
        return false;
    }
    law_cite_find(a, head, S(""), &found);
    for (size_t i = 0; i < found.docs.n; i++) {
        const struct law_cite_doc *doc = &found.docs.at[i];
        struct law_about about;
        if (!doc->key.len || str_find(doc->key, S("/vbhn-"), 0) != SIZE_MAX) {
            continue;
        }
        about_of(a, doc, head, &in->about, &about);
        struct date last = last_effect(head);
        in->vbhn_code = in->about.code;
        in->dated_on = last.year ? last : in->about.issued_on;
        in->is_codified = true;
        in->about = about;
        return true;
    }
    return false;
}
