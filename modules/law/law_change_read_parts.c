/* Verbs of an instruction, and the places each is said of. */
#include "base/arena.h"
#include "modules/law/law_change_read.h"
#include "modules/law/law_cite_inside.h"

bool change_verb(struct str words, size_t at, enum law_op *op, size_t *end) {
    static const struct {
        struct str words;
        enum law_op op;
    } verbs[] = {
        {S_INIT("sửa đổi, bổ sung"), LAW_AMEND},
        {S_INIT("sửa đổi bổ sung"), LAW_AMEND},
        {S_INIT("sửa đổi và bổ sung"), LAW_AMEND},
        {S_INIT("sửa đổi"), LAW_AMEND},
        {S_INIT("bổ sung"), LAW_SUPPLEMENT},
        {S_INIT("bãi bỏ"), LAW_REPEAL},
        {S_INIT("hủy bỏ"), LAW_REPEAL},
        {S_INIT("huỷ bỏ"), LAW_REPEAL},
        {S_INIT("thay thế"), LAW_REPLACE},
        {S_INIT("thay cụm từ"), LAW_REPLACE},
        {S_INIT("thay từ"), LAW_REPLACE},
        {S_INIT("thay một số"), LAW_REPLACE},
        {S_INIT("bỏ cụm từ"), LAW_REPEAL},
        {S_INIT("bỏ từ"), LAW_REPEAL},
        {S_INIT("bỏ một số"), LAW_REPEAL},
        {S_INIT("bỏ"), LAW_REPEAL},
        {S_INIT("đính chính"), LAW_CORRECT},
        {S_INIT("ngưng hiệu lực"), LAW_SUSPEND},
        {S_INIT("tạm ngưng hiệu lực"), LAW_SUSPEND},
        {S_INIT("kéo dài"), LAW_EXTEND},
    };
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        size_t to = cite_word(words, at, verbs[i].words);
        if (to) {
            *op = verbs[i].op;
            *end = to;
            return true;
        }
    }
    return false;
}

/* Where the history of the amended document begins: its verbs are not this act's. */
static size_t history(struct str mask) {
    static const struct str begins[] = {S_INIT("đã được sửa đổi"), S_INIT("được sửa đổi"), S_INIT("(sửa đổi"),
                                        S_INIT("đã sửa đổi")};
    size_t end = mask.len;
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        size_t at = str_find(mask, begins[i], 0);
        end = at < end ? at : end;
    }
    return end;
}

/* A second verb follows "và", a comma or a semicolon. */
static bool is_joined(struct str mask, size_t at) {
    size_t before = at;
    while (before > 0 && mask.at[before - 1] == ' ') {
        before--;
    }
    if (before == 0) {
        return true;
    }
    char c = mask.at[before - 1];
    return c == ',' || c == ';' || c == '\n' || (before >= 3 && str_ends(str_slice(mask, 0, before), S("và")));
}

static bool says_phrase(struct str mask, size_t from, size_t to) {
    static const struct str words[] = {S_INIT("cụm từ"), S_INIT("từ “"), S_INIT("từ \""), S_INIT("từ, cụm từ"),
                                       S_INIT("từ ngữ")};
    struct str part = str_slice(mask, from, to);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_find(part, words[i], 0) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

/* ", cụm từ “Y” tại …" after a first phrase had its places is a part of its own. */
static bool next_phrase(struct str mask, const struct change_part *part, size_t at) {
    bool is_word = cite_word(mask, at, S("cụm từ")) || cite_word(mask, at, S("từ “")) != 0;
    return is_word && is_joined(mask, at) && str_find(str_slice(mask, part->from, at), S(" tại "), 0) != SIZE_MAX;
}

static void part_begin(struct change_parts *p, enum law_op op, size_t at) {
    if (p->n) {
        p->at[p->n - 1].to = at;
    }
    if (p->n < CHANGE_PARTS_MOST) {
        p->at[p->n++] = (struct change_part){.op = op, .from = at};
    }
}

/* "Điều 21 được sửa đổi như sau:": the place first, as older acts say it. */
static void passive_part(const struct change_says *says, size_t stop, struct change_parts *parts) {
    static const struct str verbs[] = {S_INIT("được sửa đổi"), S_INIT("được bổ sung"), S_INIT("được thay")};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs && says->has_block && !parts->n; i++) {
        size_t at = str_find(says->mask, verbs[i], 0);
        if (at != SIZE_MAX && at < 200) {
            parts->at[parts->n++] = (struct change_part){.op = LAW_AMEND, .to = at < stop ? at : stop};
        }
    }
}

void change_parts(const struct change_says *says, struct change_parts *parts) {
    struct str mask = says->mask;
    size_t stop = history(mask), end;
    enum law_op op;
    parts->n = 0;
    if (!change_verb(mask, 0, &op, &end)) {
        passive_part(says, stop, parts);
        return;
    }
    for (size_t at = 0; at < stop; at++) {
        if (!cite_starts_word(mask, at) || !cite_is_letter(mask, at)) {
            continue;
        }
        if (change_verb(mask, at, &op, &end)) {
            if (is_joined(mask, at)) {
                part_begin(parts, op, at);
            }
            at = end - 1;
        } else if (parts->n && next_phrase(mask, &parts->at[parts->n - 1], at)) {
            part_begin(parts, parts->at[parts->n - 1].op, at);
        }
    }
    if (parts->n) {
        parts->at[parts->n - 1].to = stop;
    }
    for (size_t i = 0; i < parts->n; i++) {
        parts->at[i].is_phrase = says_phrase(mask, parts->at[i].from, parts->at[i].to);
    }
}

/* " vào " after what is added: what stands behind it is where. */
static size_t where_from(struct str part) {
    size_t at = str_find(part, S(" vào "), 0);
    return at == SIZE_MAX ? part.len : at;
}

static size_t add_places(struct arena *a, struct str words, struct str context, size_t part,
                         struct change_places *places) {
    struct law_cites found;
    size_t n = 0;
    law_cite_find(a, words, context, &found);
    for (size_t i = 0; i < found.cites.n; i++) {
        const struct law_cite *c = &found.cites.at[i];
        if (c->eid.len) {
            struct change_place place = {
                .eid = c->eid, .part = part, .why = c->last_eid.len ? LAW_WHY_NO_PLACE : LAW_WHY_SURE};
            place.has_doc = c->whose == LAW_CITE_DOC;
            place.doc = place.has_doc ? found.docs.at[c->doc - 1] : (struct law_cite_doc){0};
            *LIST_PUSH(a, &places->all) = place;
            n++;
        }
    }
    return n;
}

static struct str first_place(struct arena *a, struct str words, struct str context) {
    struct law_cites found;
    law_cite_find(a, words, context, &found);
    for (size_t i = 0; i < found.cites.n; i++) {
        if (found.cites.at[i].eid.len) {
            return found.cites.at[i].eid;
        }
    }
    return context;
}

/* Places of one part into a list of their own. */
static void part_places(struct arena *a, struct str mask, const struct change_part *p, size_t nth, struct str context,
                        struct change_places *places) {
    struct str words = str_slice(mask, p->from, p->to);
    if (p->is_phrase) {
        size_t at = str_find(words, S(" tại "), 0);
        add_places(a, at == SIZE_MAX ? words : str_slice(words, at, words.len), context, nth, places);
        return;
    }
    if (p->op == LAW_SUPPLEMENT) {
        size_t where = where_from(words);
        struct str anchor = where < words.len ? first_place(a, str_slice(words, where, words.len), context) : context;
        add_places(a, str_slice(words, 0, where), anchor, nth, places);
        return;
    }
    add_places(a, words, context, nth, places);
}

/* From the last part to the first: "khoản 18 và bổ sung khoản 18a vào sau khoản 18 Điều 9" says the article at its end.
 */
void change_places(struct arena *a, const struct change_says *says, const struct change_parts *parts,
                   struct str context, struct change_places *places) {
    struct change_places of[CHANGE_PARTS_MOST] = {0};
    struct str right = context;
    for (size_t k = parts->n; k > 0; k--) {
        part_places(a, says->mask, &parts->at[k - 1], k - 1, right, &of[k - 1]);
        right = of[k - 1].all.n ? of[k - 1].all.at[0].eid : right;
    }
    *places = (struct change_places){0};
    for (size_t k = 0; k < parts->n; k++) {
        for (size_t i = 0; i < of[k].all.n; i++) {
            LIST_ADD(a, &places->all, of[k].all.at[i]);
        }
    }
}

/* Of several places what they share: "các khoản 1, 2 và 4 Điều 10" is Điều 10. */
struct str change_context(struct arena *a, struct str mask, struct str context) {
    struct law_cites found;
    struct str shared = {0};
    bool is_first = true;
    law_cite_find(a, str_slice(mask, 0, history(mask)), context, &found);
    for (size_t i = 0; i < found.cites.n; i++) {
        struct str eid = found.cites.at[i].eid;
        if (!eid.len) {
            continue;
        }
        size_t n = 0;
        while (!is_first && n < shared.len && n < eid.len && shared.at[n] == eid.at[n]) {
            n++;
        }
        bool is_whole =
            is_first || (n == shared.len && (n == eid.len || str_starts(str_slice(eid, n, eid.len), S("__"))));
        struct str both = is_first ? eid : str_slice(shared, 0, n);
        while (!is_whole && both.len && !str_starts(str_slice(shared, both.len, shared.len), S("__"))) {
            both.len--;
        }
        shared = both;
        is_first = false;
    }
    return shared.len ? shared : context;
}
