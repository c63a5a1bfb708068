/* What an act says of days and of whole documents: when it comes into force, what it replaces, what ends. */
#include "base/arena.h"
#include "modules/law/law_change_read.h"
#include "modules/law/law_cite_inside.h"

#include <string.h>

/* The next sentence of a text: up to a semicolon, a line's end, or a full stop before a space. */
static bool sentence_next(struct str text, size_t *at, struct str *sentence) {
    while (*at < text.len && strchr(" \t\r\n.;", text.at[*at])) {
        (*at)++;
    }
    size_t from = *at, to = from;
    if (from >= text.len) {
        return false;
    }
    while (to < text.len && text.at[to] != ';' && text.at[to] != '\n') {
        bool is_stop = text.at[to] == '.' && (to + 1 >= text.len || text.at[to + 1] == ' ' || text.at[to + 1] == '\n');
        if (is_stop) {
            break;
        }
        to++;
    }
    *sentence = str_slice(text, from, to);
    *at = to;
    return true;
}

/* The day after "có hiệu lực … từ ngày". */
static bool day_after(struct str s, size_t from, struct date *on) {
    for (size_t at = from; at < s.len; at++) {
        if (cite_starts_word(s, at) && cite_date(s, at, on) > at) {
            return true;
        }
    }
    return false;
}

static void day_read(struct arena *a, struct str s, struct law_changes *found) {
    size_t says = str_find(s, S("có hiệu lực"), 0);
    struct date on = {0};
    if (says == SIZE_MAX || str_find(s, S("hết hiệu lực"), 0) != SIZE_MAX) {
        return;
    }
    struct law_cites cites;
    law_cite_find(a, str_slice(s, 0, says), S(""), &cites);
    bool has_place = false, has_day = day_after(s, says, &on);
    for (size_t i = 0; i < cites.cites.n && has_day; i++) {
        const struct law_cite *c = &cites.cites.at[i];
        if (c->eid.len && c->whose != LAW_CITE_DOC) {
            LIST_ADD(a, &found->late, (struct law_change_late){c->eid, on});
            has_place = true;
        }
    }
    bool is_own = str_find(str_slice(s, 0, says), S(" này"), 0) != SIZE_MAX;
    bool is_signing =
        str_find(s, S("từ ngày ký"), says) != SIZE_MAX || str_find(s, S("từ ngày ban hành"), says) != SIZE_MAX;
    if (has_place || !is_own || cites.docs.n || found->effective_words.len || (!has_day && !is_signing)) {
        return;
    }
    found->effective_words = s;
    found->effective_on = on;
}

void change_days(struct arena *a, struct law_change_lines lines, struct law_changes *found) {
    for (size_t i = 0; i < lines.n; i++) {
        struct str mask = change_mask(a, lines.at[i].text), s;
        size_t at = 0;
        while (sentence_next(mask, &at, &s)) {
            day_read(a, s, found);
        }
    }
}

/* ---- whole documents ---- */

struct whole {
    struct arena *arena;
    struct law_changes *found;
    size_t line;
    enum law_op op;
    struct str sentence; /* as written */
};

/* Words that make a document named after another part of that one's title or history. */
static bool is_title_words(struct str between) {
    static const struct str words[] = {S_INIT("sửa đổi"), S_INIT("chi tiết"), S_INIT("hướng dẫn"), S_INIT("thi hành"),
                                       S_INIT("theo"),    S_INIT("bổ sung"),  S_INIT("bãi bỏ"),    S_INIT("thực hiện"),
                                       S_INIT("tại "),    S_INIT("của Luật"), S_INIT("căn cứ")};
    size_t from = 0, semicolon;
    while ((semicolon = str_find(between, S(";"), from)) != SIZE_MAX) {
        from = semicolon + 1;
    }
    struct str rest = str_slice(between, from, between.len);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (str_find(rest, words[i], 0) != SIZE_MAX) {
            return true;
        }
    }
    return false;
}

static void whole_add(struct whole *w, const struct law_cite_doc *doc, struct str eid, bool has_except) {
    struct law_change c = {.op = w->op,
                           .line = w->line,
                           .target = *doc,
                           .has_target = true,
                           .eid = eid,
                           .heading = S(""),
                           .new_text = S(""),
                           .evidence = w->sentence,
                           .why = law_why_words(has_except ? LAW_WHY_EXCEPT : LAW_WHY_SURE)};
    *LIST_PUSH(w->arena, &w->found->changes) = c;
}

/* The documents of words that list them; a place before one means only that place. */
static void docs_add(struct whole *w, struct str words) {
    struct law_cites found;
    size_t end = 0;
    bool has_except = str_find(w->sentence, S("trừ "), 0) != SIZE_MAX;
    law_cite_find(w->arena, words, S(""), &found);
    for (size_t i = 0; i < found.docs.n; i++) {
        const struct law_cite_doc *d = &found.docs.at[i];
        struct str between = str_slice(words, end, d->from);
        if (d->is_weak || (i == 0 && between.len > 160) || (i > 0 && is_title_words(between))) {
            continue;
        }
        size_t places = 0;
        for (size_t k = 0; k < found.cites.n; k++) {
            const struct law_cite *c = &found.cites.at[k];
            if (c->eid.len && c->whose == LAW_CITE_DOC && c->doc == i + 1) {
                whole_add(w, d, c->eid, has_except);
                places++;
            }
        }
        if (!places) {
            whole_add(w, d, S(""), has_except);
        }
        end = d->to;
    }
}

/* "Kể từ ngày Nghị định này có hiệu lực, " before what ends. */
static size_t after_since(struct str s) {
    if (!cite_word(s, 0, S("kể từ")) && !cite_word(s, 0, S("từ ngày"))) {
        return 0;
    }
    size_t at = str_find(s, S(","), 0), colon = str_find(s, S(":"), 0);
    at = colon < at ? colon : at;
    return at == SIZE_MAX ? 0 : at + 1;
}

static void ends_read(struct whole *w, struct str s) {
    size_t from = after_since(s), end = str_find(s, S("hết hiệu lực"), from);
    if (end == SIZE_MAX) {
        return;
    }
    struct law_cites found;
    struct str words = str_slice(s, from, end);
    law_cite_find(w->arena, words, S(""), &found);
    size_t first = found.cites.n ? found.cites.at[0].from : SIZE_MAX;
    if (first > 40) {
        return;
    }
    w->op = LAW_REPEAL;
    docs_add(w, words);
}

static void replaces_read(struct whole *w, struct str s) {
    size_t at = str_find(s, S("thay thế"), 0);
    bool is_own = at != SIZE_MAX && str_find(str_slice(s, 0, at), S(" này"), 0) != SIZE_MAX;
    if (!is_own || str_find(s, S("cụm từ"), 0) != SIZE_MAX) {
        return;
    }
    struct str words = str_slice(s, at + S("thay thế").len, s.len);
    struct law_cites found;
    law_cite_find(w->arena, words, S(""), &found);
    if (!found.cites.n || found.cites.at[0].from > 30) {
        return;
    }
    w->op = LAW_REPLACE;
    docs_add(w, words);
}

/* "Bãi bỏ toàn bộ Thông tư số …"; places of a document are read elsewhere. */
static void repeals_read(struct whole *w, struct str s) {
    enum law_op op;
    size_t end;
    struct law_cites found;
    if (!change_verb(s, 0, &op, &end) || op != LAW_REPEAL) {
        return;
    }
    struct str words = str_slice(s, end, s.len);
    law_cite_find(w->arena, words, S(""), &found);
    if (!found.cites.n || found.cites.at[0].eid.len || found.cites.at[0].from > 30) {
        return;
    }
    w->op = LAW_REPEAL;
    docs_add(w, words);
}

/* "Các văn bản sau đây hết hiệu lực:", "Bãi bỏ các văn bản sau đây:": the lines below name them. */
static bool announces(struct str text) {
    struct str s = str_trim(text);
    bool is_end = str_find(s, S("hết hiệu lực"), 0) != SIZE_MAX || str_starts(s, S("Bãi bỏ"));
    return is_end && str_ends(s, S(":")) && s.len < 400 && str_find(s, S("văn bản"), 0) != SIZE_MAX;
}

void change_wholes(struct arena *a, struct law_change_lines lines, struct law_changes *found) {
    struct str listed = {0}; /* eid of the line that announces a list */
    for (size_t i = 0; i < lines.n; i++) {
        struct str mask = change_mask(a, lines.at[i].text), s;
        struct whole w = {.arena = a, .found = found, .line = i};
        size_t at = 0;
        bool is_listed = listed.len && str_starts(lines.at[i].eid, listed) && !str_eq(lines.at[i].eid, listed);
        listed = announces(lines.at[i].text) ? lines.at[i].eid : is_listed ? listed : S("");
        while (sentence_next(mask, &at, &s)) {
            size_t from = (size_t)(s.at - mask.at);
            w.sentence = str_slice(lines.at[i].text, from, from + s.len);
            if (is_listed) {
                w.op = LAW_REPEAL;
                docs_add(&w, s);
                continue;
            }
            ends_read(&w, s);
            replaces_read(&w, s);
            repeals_read(&w, s);
        }
    }
}
