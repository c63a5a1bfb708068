#include "modules/law/law_guard.h"
#include "base/arena.h"
#include "base/buf.h"
#include "modules/law/law_change_read.h"
#include "modules/law/law_guard_inside.h"
#include "modules/law/law_pages.h"
#include "modules/law/law_guard_queries.h"

struct str law_guard_level_name(enum law_guard_level level) {
    switch (level) {
    case LAW_GUARD_RIGHT: return S("Đúng");
    case LAW_GUARD_LOOK: return S("Cần xem");
    case LAW_GUARD_WRONG: return S("Sai");
    case LAW_GUARD_UNKNOWN:
    default: return S("Không có trong thư viện");
    }
}

struct law_guard_finding guard_finding(size_t from, size_t to, enum law_guard_level level, struct str code) {
    return (struct law_guard_finding){.from = from,
                                      .to = to,
                                      .level = level,
                                      .code = code,
                                      .sentence = S(""),
                                      .suggestion = S(""),
                                      .work_name = S(""),
                                      .eid = S("")};
}

void guard_add(struct guard *g, struct law_guard_finding f) { *LIST_PUSH(g->arena, &g->out->findings) = f; }

/* ---- places ---- */

static bool is_waiting(const struct guard_doc *d, struct str eid) {
    for (size_t i = 0; i < d->unapplied.eids.n; i++) {
        struct str x = d->unapplied.eids.at[i];
        bool is_at = str_starts(x, eid) && (x.len == eid.len || str_starts(str_slice(x, eid.len, x.len), S("__")));
        bool is_above = str_starts(eid, x) && str_starts(str_slice(eid, x.len, eid.len), S("__"));
        if (is_at || is_above) {
            return true;
        }
    }
    return false;
}

static struct law_guard_finding of_place(const struct law_cite *c, const struct guard_doc *d,
                                         enum law_guard_level level, struct str code) {
    struct law_guard_finding f = guard_finding(c->from, c->to, level, code);
    f.work = d->work.id;
    f.work_name = d->head.name;
    f.eid = c->eid;
    return f;
}

/* The place a place lies in; nothing above an article. */
static struct str above_of(struct str eid) {
    size_t last = SIZE_MAX;
    for (size_t at = 0; (at = str_find(eid, S("__"), at)) != SIZE_MAX; at += 2) {
        last = at;
    }
    return last == SIZE_MAX ? S("") : str_slice(eid, 0, last);
}

/* Says how many clauses or points the nearest place above has that is there; leaves the sentence when there is none. */
static struct err count_above(struct guard *g, const struct guard_doc *d, struct str eid, struct str *sentence) {
    struct law_wording above;
    struct law_guard_children_row *n;
    struct str up = above_of(eid);
    struct err e = FAIL(ERR_MISSING, "nothing above");
    for (; up.len && err_is(e, ERR_MISSING); up = e.why ? above_of(up) : up) {
        e = law_wording(g->db, d->work.id, up, g->on, &above);
    }
    if (e.why) {
        return err_is(e, ERR_MISSING) ? OK : e;
    }
    bool is_article = above_of(up).len == 0;
    TRY(law_guard_children(
        g->db,
        (struct law_guard_children_in){.parent = above.provision, .level = is_article ? S("clause") : S("point")}, &n));
    struct str words = law_place_words(g->arena, eid), holder = law_place_words(g->arena, up);
    *sentence = is_article ? str_format(g->arena, "%.*s không có %.*s; %.*s có %lld khoản.", STR_ARG(d->head.name),
                                        STR_ARG(words), STR_ARG(holder), (long long)n->children)
                           : str_format(g->arena, "%.*s không có %.*s; %.*s có %lld điểm.", STR_ARG(d->head.name),
                                        STR_ARG(words), STR_ARG(holder), (long long)n->children);
    return OK;
}

/* What is lacking: the article, or only the clause in it. Annexes the library has none of, and articles the codified
   law left out or put elsewhere, may well be there. */
static struct err no_place(struct guard *g, const struct law_cite *c, const struct guard_doc *d) {
    struct law_guard_finding f = of_place(c, d, LAW_GUARD_WRONG, S("no_place"));
    struct str words = law_place_words(g->arena, c->eid);
    if (str_starts(c->eid, S("annex_")) && !d->has_annexes) {
        f.level = LAW_GUARD_UNKNOWN;
        f.code = S("no_text");
        f.sentence = str_format(g->arena, "Thư viện chưa có phụ lục của %.*s.", STR_ARG(d->head.name));
        guard_add(g, f);
        return OK;
    }
    TRY(count_above(g, d, c->eid, &f.sentence));
    if (!f.sentence.len && d->is_partial) {
        f.level = LAW_GUARD_LOOK;
        f.sentence = str_format(g->arena, "Lời văn %.*s mà thư viện có không có %.*s; mời xem bản gốc.",
                                STR_ARG(d->head.name), STR_ARG(words));
    } else if (!f.sentence.len) {
        f.sentence = str_format(g->arena, "%.*s không có %.*s.", STR_ARG(d->head.name), STR_ARG(words));
    }
    guard_add(g, f);
    return OK;
}

static void ended_place(struct guard *g, const struct law_cite *c, const struct guard_doc *d,
                        const struct law_wording *w) {
    bool is_before = w->valid_from.year && date_cmp(w->valid_from, g->on) > 0;
    struct law_guard_finding f = of_place(c, d, LAW_GUARD_WRONG, is_before ? S("pending") : S("repealed"));
    struct str words = law_place_words(g->arena, c->eid);
    f.provision = w->provision;
    f.sentence = is_before ? str_format(g->arena, "%.*s chưa có hiệu lực vào ngày này; có hiệu lực từ %.*s.",
                                        STR_ARG(words), STR_ARG(date_vi(g->arena, w->valid_from)))
                           : str_format(g->arena, "%.*s đã bị bãi bỏ từ %.*s.", STR_ARG(words),
                                        STR_ARG(date_vi(g->arena, w->valid_to)));
    /* The work's own day is told once, with the document. */
    if (!is_before || d->head.status != LAW_PENDING) {
        guard_add(g, f);
    }
}

static void standing_place(struct guard *g, const struct law_cite *c, const struct guard_doc *d, bool is_guessed,
                           const struct law_wording *w) {
    struct law_guard_finding f = of_place(c, d, LAW_GUARD_RIGHT, S("ok"));
    struct str words = law_place_words(g->arena, c->eid);
    f.provision = w->provision;
    f.sentence = str_format(g->arena, "Có %.*s %.*s.", STR_ARG(words), STR_ARG(d->head.name));
    if (w->is_computed) {
        f.code = S("amended");
        f.sentence = str_format(g->arena, "%.*s đã được sửa đổi; nội dung hiện nay áp dụng từ %.*s.", STR_ARG(words),
                                STR_ARG(date_vi(g->arena, w->valid_from)));
    }
    if (is_waiting(d, c->eid)) {
        f.level = LAW_GUARD_LOOK;
        f.code = S("unapplied");
        f.sentence =
            str_format(g->arena, "%.*s có thay đổi chưa áp dụng vào bản đọc; mời xem văn bản sửa đổi.", STR_ARG(words));
    } else if (is_guessed) {
        f.level = LAW_GUARD_LOOK;
        f.code = S("whose");
        f.sentence = str_format(g->arena, "Không ghi của văn bản nào; hiểu là %.*s %.*s.", STR_ARG(words),
                                STR_ARG(d->head.name));
    }
    guard_add(g, f);
}

struct err guard_place(struct guard *g, const struct law_cite *c, size_t doc, bool is_guessed) {
    const struct guard_doc *d = &g->docs[doc];
    struct law_wording w;
    if (!d->has_places) {
        struct law_guard_finding f = of_place(c, d, LAW_GUARD_UNKNOWN, S("no_text"));
        f.sentence = str_format(g->arena, "Thư viện chưa có nội dung của %.*s.", STR_ARG(d->head.name));
        guard_add(g, f);
        return OK;
    }
    struct err e = law_wording(g->db, d->work.id, c->eid, g->on, &w);
    if (err_is(e, ERR_MISSING)) {
        return no_place(g, c, d);
    }
    TRY(e);
    if (!w.is_there) {
        ended_place(g, c, d, &w);
    } else {
        standing_place(g, c, d, is_guessed, &w);
    }
    return OK;
}

/* ---- the whole text ---- */

/* The document a place without one belongs to: the last cited before it in the same paragraph. SIZE_MAX none. */
static size_t doc_before(const struct guard *g, const struct law_cite *c) {
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < g->cites.docs.n && g->cites.docs.at[i].to <= c->from; i++) {
        last = i;
    }
    if (last == SIZE_MAX) {
        return last;
    }
    struct str between = str_slice(g->text, g->cites.docs.at[last].to, c->from);
    return str_find(between, S("\n"), 0) == SIZE_MAX ? last : SIZE_MAX;
}

static bool starts_line(const struct guard *g, size_t at) {
    while (at > 0 && (g->text.at[at - 1] == ' ' || g->text.at[at - 1] == '\t')) {
        at--;
    }
    return at == 0 || g->text.at[at - 1] == '\n';
}

static struct err quote_check(struct guard *g, const struct law_cite *c, size_t doc) {
    size_t open, close, to = c->to;
    const struct law_cite_doc *d = &g->cites.docs.at[doc];
    struct law_guard_finding f;
    to = d->to > to ? (size_t)(d->tail.at ? d->tail.at - g->text.at : (ptrdiff_t)d->to) : to;
    if (!g->docs[doc].has_places || g->compared >= GUARD_QUOTES_MOST ||
        !guard_quote_near(g->text, c->from, to, &open, &close)) {
        return OK;
    }
    /* Another citation stands nearer to it. */
    for (size_t i = 0; i < g->cites.cites.n; i++) {
        const struct law_cite *x = &g->cites.cites.at[i];
        if (x->from >= to && x->from < open && x->whose != LAW_CITE_OWN) {
            return OK;
        }
    }
    g->compared++;
    TRY(guard_quote(g, doc, c->eid, open, close, &f));
    f.work = g->docs[doc].work.id;
    f.work_name = g->docs[doc].head.name;
    f.eid = f.eid.len ? f.eid : c->eid;
    guard_add(g, f);
    return OK;
}

static struct err cite_check(struct guard *g, const struct law_cite *c) {
    bool is_guessed = c->whose == LAW_CITE_UNSAID;
    size_t doc = c->whose == LAW_CITE_DOC ? c->doc - 1 : is_guessed ? doc_before(g, c) : SIZE_MAX;
    if (doc == SIZE_MAX || c->is_quoted || (is_guessed && starts_line(g, c->from))) {
        return OK;
    }
    size_t first = g->out->findings.n;
    bool is_whole = !c->eid.len;
    if (is_whole) {
        TRY(guard_doc(g, doc));
    } else if (g->docs[doc].is_known) {
        TRY(guard_place(g, c, doc, is_guessed));
    } else {
        return OK;
    }
    g->out->citations += g->out->findings.n > first;
    if (g->docs[doc].is_known && !is_guessed) {
        bool has_place = !is_whole;
        for (size_t i = 0; is_whole && i < g->cites.cites.n; i++) {
            has_place |= g->cites.cites.at[i].doc == doc + 1 && g->cites.cites.at[i].eid.len > 0;
        }
        TRY(is_whole && has_place ? OK : quote_check(g, c, doc));
    }
    return OK;
}

static int rank(enum law_guard_level level) {
    return level == LAW_GUARD_WRONG ? 4 : level == LAW_GUARD_UNKNOWN ? 3 : level == LAW_GUARD_LOOK ? 2 : 1;
}

/* One place counts once, by the worst that was found there: the findings are in the order of the text, the worst of one
   place first. */
static void count(struct law_guard *out) {
    for (size_t i = 0; i < out->findings.n; i++) {
        const struct law_guard_finding *f = &out->findings.at[i];
        if (i && out->findings.at[i - 1].from == f->from) {
            continue;
        }
        out->right += f->level == LAW_GUARD_RIGHT;
        out->look += f->level == LAW_GUARD_LOOK;
        out->wrong += f->level == LAW_GUARD_WRONG;
        out->unknown += f->level == LAW_GUARD_UNKNOWN;
    }
}

/* In the order of the text, the worst of one place first. */
static void sort(struct law_guard *out) {
    for (size_t i = 1; i < out->findings.n; i++) {
        struct law_guard_finding f = out->findings.at[i];
        size_t k = i;
        while (k > 0 &&
               (out->findings.at[k - 1].from > f.from ||
                (out->findings.at[k - 1].from == f.from && rank(out->findings.at[k - 1].level) < rank(f.level)))) {
            out->findings.at[k] = out->findings.at[k - 1];
            k--;
        }
        out->findings.at[k] = f;
    }
}

void law_guard_begin(struct arena *a, struct str text, struct date on, struct law_guard_run *run) {
    struct guard *g = arena_take(a, struct guard, 1);
    size_t end = text.len < LAW_GUARD_BYTES ? text.len : LAW_GUARD_BYTES;
    while (end < text.len && end > 0 && ((unsigned char)text.at[end] & 0xC0) == 0x80) {
        end--;
    }
    *run = (struct law_guard_run){.guard = g};
    *g = (struct guard){.arena = a, .text = str_slice(text, 0, end), .on = on, .out = &run->out};
    law_cite_find(a, g->text, S(""), &g->cites);
    run->out.is_cut = g->cites.cites.n > LAW_GUARD_MOST || end < text.len;
    g->cites.cites.n = g->cites.cites.n > LAW_GUARD_MOST ? LAW_GUARD_MOST : g->cites.cites.n;
    g->docs = arena_take(a, struct guard_doc, g->cites.docs.n + 1);
    run->total = 2 * g->cites.cites.n;
}

/* Documents first, so that places know what was found of them. */
struct err law_guard_step(struct law_guard_run *run, struct db_read *db, size_t most) {
    struct guard *g = run->guard;
    size_t n = g->cites.cites.n;
    g->db = db;
    for (size_t end = run->done + most; run->done < run->total && run->done < end; run->done++) {
        const struct law_cite *c = &g->cites.cites.at[run->done % n];
        if ((c->eid.len > 0) == (run->done >= n)) {
            TRY(cite_check(g, c));
        }
    }
    if (run->done == run->total && !run->is_done) {
        run->is_done = true;
        sort(&run->out);
        count(&run->out);
    }
    return OK;
}

struct err law_guard_check(struct db_read *db, struct str text, struct date on, struct law_guard *out) {
    struct law_guard_run *run = arena_take(db_arena(db), struct law_guard_run, 1);
    law_guard_begin(db_arena(db), text, on, run);
    TRY(law_guard_step(run, db, SIZE_MAX / 2));
    *out = run->out;
    return OK;
}
