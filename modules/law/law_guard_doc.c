/* A document cited: is it there, does its name and date belong to its number, was it in force. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "modules/law/law_about.h"
#include "modules/law/law_guard_inside.h"
#include "modules/law/law_guard_queries.h"

/* As one would write it: "Nghị định số 30/2020/NĐ-CP", "Luật Đất đai số 31/2024/QH15". */
static struct str written(struct arena *a, const struct law_work_head *h) {
    bool is_named = str_eq(h->type, S("LUAT")) || str_eq(h->type, S("BLUAT")) || str_eq(h->type, S("PL"));
    struct str name = h->name;
    if (str_eq(h->type, S("HP")) || !h->code.len) {
        return name;
    }
    bool has_year =
        name.len > 5 && name.at[name.len - 5] == ' ' && name.at[name.len - 4] >= '0' && name.at[name.len - 4] <= '9';
    name = has_year ? str_slice(name, 0, name.len - 5) : name;
    return str_format(a, "%.*s số %.*s", STR_ARG(is_named ? name : h->type_name), STR_ARG(h->code));
}

static struct err suggest(struct guard *g, struct law_work_id id, struct law_guard_finding *f) {
    struct law_work_head head;
    if (id.v) {
        TRY(law_work_head(g->db, id, g->on, &head));
        f->suggestion = written(g->arena, &head);
    }
    return OK;
}

/* The share of a title's words that stand in other words. */
static double shared(struct arena *a, struct str title, struct str words) {
    struct str rest = utf8_fold(a, title), word, in = str_format(a, " %.*s ", STR_ARG(utf8_fold(a, words)));
    size_t n = 0, hits = 0;
    while (str_next(&rest, ' ', &word)) {
        while (word.len && (word.at[word.len - 1] == ',' || word.at[word.len - 1] == ';')) {
            word.len--;
        }
        if (word.len) {
            n++;
            hits += str_find(in, str_format(a, " %.*s", STR_ARG(word)), 0) != SIZE_MAX;
        }
    }
    return n ? (double)hits / (double)n : 1;
}

/* What the text says the document is about: "… của Chính phủ về công tác văn thư". '' when it says nothing. */
static struct str about_said(const struct law_cite_doc *doc) {
    bool is_told = doc->issued_on.year || str_starts(str_trim(doc->tail), S("của"));
    size_t about = str_find(doc->tail, S(" về "), 0), says = str_find(doc->tail, S(" quy định "), 0);
    about = says < about ? says : about;
    return is_told && about != SIZE_MAX && about < 120 ? str_slice(doc->tail, about, doc->tail.len) : S("");
}

static int64_t figures(struct str year) {
    int64_t n = 0;
    for (size_t i = 0; i < year.len; i++) {
        n = n * 10 + (year.at[i] - '0');
    }
    return n;
}

/* Two one-form numbers that differ as a slip of the pen does: only the number, or only the year beside it. */
static bool is_slip(struct str said, struct str there) {
    struct str n1, n2, y1, y2, g1, g2, rest1, rest2;
    if (!str_cut(said, S("/"), &n1, &rest1) || !str_cut(there, S("/"), &n2, &rest2)) {
        return false;
    }
    bool has_year = str_cut(rest1, S("/"), &y1, &g1) && str_cut(rest2, S("/"), &y2, &g2);
    if (!has_year || y1.len != 4 || y2.len != 4) {
        return false;
    }
    int64_t by = figures(y1) - figures(y2);
    bool is_year_beside = by >= -1 && by <= 1;
    bool is_term = str_starts(g1, S("qh")) && str_starts(g2, S("qh"));
    return (str_eq(y1, y2) && (str_eq(g1, g2) || is_term)) || (str_eq(n1, n2) && is_year_beside && str_eq(g1, g2));
}

/* The same number of a year beside it, when it is about what the text says. Every year has a 108/…/NĐ-CP. */
static struct err year_beside(struct guard *g, const struct law_cite_doc *doc, struct law_work_id *id) {
    struct str number, rest, year, groups, said = about_said(doc);
    if (!said.len || !str_cut(doc->key, S("/"), &number, &rest) || !str_cut(rest, S("/"), &year, &groups) ||
        year.len != 4) {
        return OK;
    }
    int64_t y = figures(year);
    for (int by = -1; by <= 1 && !id->v; by += 2) {
        struct law_guard_key_row *row;
        struct law_work_head head;
        struct str other = str_format(g->arena, "%.*s/%lld/%.*s", STR_ARG(number), (long long)y + by, STR_ARG(groups));
        TRY(law_guard_key(g->db, (struct law_guard_key_in){.code_key = other}, &row));
        if (row) {
            TRY(law_work_head(g->db, row->id, g->on, &head));
            *id = shared(g->arena, head.title, said) >= 0.8 ? row->id : *id;
        }
    }
    return OK;
}

/* The document meant: of the same name, else of a number beside it. is_sure: the number is a slip of the pen; else it
   may be one the library does not have. */
static struct err nearest(struct guard *g, const struct law_cite_doc *doc, struct law_work_id *id, bool *is_sure) {
    struct law_cite_doc by_name = *doc;
    struct law_cite_work work = {0};
    struct law_work_head head;
    *id = (struct law_work_id){0};
    *is_sure = false;
    if ((doc->key.len && doc->room.len) || doc->year) {
        by_name.key = S("");
        by_name.issued_on = (struct date){0};
        by_name.year = doc->key.len ? doc->year : 0;
        TRY(law_cite_resolve(g->db, &by_name, g->on, &work));
        *id = work.id;
    }
    if (id->v && doc->key.len) {
        TRY(law_work_head(g->db, *id, g->on, &head));
        *is_sure = is_slip(doc->key, law_code_key(g->arena, head.code));
    }
    if (!id->v && doc->key.len) {
        TRY(year_beside(g, doc, id));
        *is_sure = id->v != 0;
    }
    return OK;
}

static struct err unknown(struct guard *g, size_t nth) {
    const struct law_cite_doc *doc = &g->cites.docs.at[nth];
    struct law_guard_finding f = guard_finding(doc->from, doc->to, LAW_GUARD_UNKNOWN, S("no_document"));
    struct str said = str_slice(g->text, doc->from, doc->to);
    struct law_work_id id;
    bool is_sure;
    f.sentence = str_format(g->arena, "Thư viện không có %.*s.", STR_ARG(said));
    TRY(nearest(g, doc, &id, &is_sure));
    g->docs[nth].is_slip = is_sure;
    if (id.v && is_sure) {
        TRY(suggest(g, id, &f));
        f.level = LAW_GUARD_WRONG;
        f.sentence = str_format(g->arena, "Không có %.*s; có thể là %.*s.", STR_ARG(said), STR_ARG(f.suggestion));
    } else if (id.v) {
        struct law_work_head head;
        TRY(law_work_head(g->db, id, g->on, &head));
        f.sentence = str_format(g->arena, "Thư viện chưa có %.*s; chỉ có %.*s.", STR_ARG(said),
                                STR_ARG(written(g->arena, &head)));
    }
    guard_add(g, f);
    return OK;
}

static struct law_guard_finding of_doc(struct guard *g, size_t nth, enum law_guard_level level, struct str code) {
    const struct law_cite_doc *doc = &g->cites.docs.at[nth];
    const struct guard_doc *d = &g->docs[nth];
    size_t to = doc->to;
    if (d->work.is_by_name && !doc->year && d->work.taken) {
        to = doc->from + d->work.taken;
    }
    struct law_guard_finding f = guard_finding(doc->from, to, level, code);
    f.work = d->work.id;
    f.work_name = d->head.name;
    return f;
}

/* ---- name and date ---- */

/* "Luật Đất đai số 45/2020/QH14" whose number is another's. */
static struct err name_check(struct guard *g, size_t nth) {
    const struct law_cite_doc *doc = &g->cites.docs.at[nth];
    const struct guard_doc *d = &g->docs[nth];
    bool is_named = doc->key.len && doc->room.len > doc->type_words.len + 3;
    struct str said = is_named ? doc->room : doc->key.len ? about_said(doc) : S("");
    if (!said.len || !d->head.title.len) {
        return OK;
    }
    struct str title =
        is_named ? str_format(g->arena, "%.*s %.*s", STR_ARG(d->head.name), STR_ARG(d->head.title)) : said;
    double share = shared(g->arena, said, title);
    if (!is_named) {
        /* The text may say less than the title, or go on after it. */
        double back = shared(g->arena, said, d->head.title);
        share = shared(g->arena, d->head.title, said);
        share = back > share ? back : share;
    }
    if (share >= (is_named ? 0.8 : 0.4)) {
        return OK;
    }
    struct law_guard_finding f = of_doc(g, nth, LAW_GUARD_WRONG, S("name"));
    f.sentence =
        str_format(g->arena, "Số và tên không khớp: %.*s là “%.*s”.", STR_ARG(doc->code), STR_ARG(d->head.title));
    if (is_named) {
        struct law_cite_doc by_name = *doc;
        struct law_cite_work work;
        by_name.key = S("");
        TRY(law_cite_resolve(g->db, &by_name, g->on, &work));
        TRY(suggest(g, work.id, &f));
    }
    guard_add(g, f);
    return OK;
}

static void date_check(struct guard *g, size_t nth) {
    const struct law_cite_doc *doc = &g->cites.docs.at[nth];
    const struct law_work_head *h = &g->docs[nth].head;
    if (!doc->issued_on.year || !h->issued_on.year || date_is(doc->issued_on, h->issued_on)) {
        return;
    }
    struct law_guard_finding f = of_doc(g, nth, LAW_GUARD_WRONG, S("date"));
    f.to = (size_t)(doc->tail.at - g->text.at);
    f.sentence = str_format(g->arena, "Ngày ban hành là %.*s, không phải %.*s.",
                            STR_ARG(date_vi(g->arena, h->issued_on)), STR_ARG(date_vi(g->arena, doc->issued_on)));
    f.suggestion =
        str_format(g->arena, "%.*s ngày %02d tháng %s%d năm %d", STR_ARG(str_slice(g->text, doc->from, doc->to)),
                   h->issued_on.day, h->issued_on.month < 3 ? "0" : "", h->issued_on.month, h->issued_on.year);
    guard_add(g, f);
}

/* ---- force ---- */

static struct err successor(struct guard *g, struct law_work_id id, struct law_work_id *next) {
    struct law_guard_successor_row *event;
    struct law_guard_successor_related_row *relation;
    TRY(law_guard_successor(g->db, (struct law_guard_successor_in){.target_work = id}, &event));
    *next = event ? event->acting_work : (struct law_work_id){0};
    if (!next->v) {
        TRY(law_guard_successor_related(g->db, (struct law_guard_successor_related_in){.to_work = id}, &relation));
        *next = relation ? relation->from_work : *next;
    }
    return OK;
}

/* "thay thế Nghị định số …", "… hết hiệu lực": the sentence is about its end. */
static bool tells_end(const struct guard *g, const struct law_cite_doc *doc) {
    size_t from = doc->from;
    while (from > 0 && g->text.at[from - 1] != '\n' && g->text.at[from - 1] != ';' && doc->from - from < 300) {
        from--;
    }
    struct str before = str_slice(g->text, from, doc->from);
    return str_find(before, S("hay thế"), 0) != SIZE_MAX || str_find(before, S("ãi bỏ"), 0) != SIZE_MAX ||
           str_find(doc->tail, S("hết hiệu lực"), 0) != SIZE_MAX;
}

static struct err expired(struct guard *g, size_t nth) {
    const struct law_work_head *h = &g->docs[nth].head;
    if (tells_end(g, &g->cites.docs.at[nth])) {
        struct law_guard_finding told = of_doc(g, nth, LAW_GUARD_RIGHT, S("ended"));
        told.sentence = str_format(g->arena, "%.*s đã hết hiệu lực, như câu này nói.", STR_ARG(h->name));
        guard_add(g, told);
        return OK;
    }
    struct law_guard_finding f = of_doc(g, nth, LAW_GUARD_WRONG, S("expired"));
    struct law_work_id next;
    TRY(successor(g, h->id, &next));
    TRY(suggest(g, next, &f));
    struct str day = h->expired_on.year ? date_vi(g->arena, h->expired_on) : S("");
    if (f.suggestion.len && day.len) {
        f.sentence = str_format(g->arena, "%.*s đã hết hiệu lực từ ngày %.*s. Văn bản thay thế: %.*s.",
                                STR_ARG(h->name), STR_ARG(day), STR_ARG(f.suggestion));
    } else if (f.suggestion.len) {
        f.sentence = str_format(g->arena, "%.*s đã hết hiệu lực. Văn bản thay thế: %.*s.", STR_ARG(h->name),
                                STR_ARG(f.suggestion));
    } else if (day.len) {
        f.sentence = str_format(g->arena, "%.*s đã hết hiệu lực từ ngày %.*s.", STR_ARG(h->name), STR_ARG(day));
    } else {
        f.sentence = str_format(g->arena, "%.*s đã hết hiệu lực.", STR_ARG(h->name));
    }
    guard_add(g, f);
    return OK;
}

static struct err force_check(struct guard *g, size_t nth) {
    const struct law_work_head *h = &g->docs[nth].head;
    struct law_guard_finding f = of_doc(g, nth, LAW_GUARD_LOOK, S("undated"));
    switch (h->status) {
    case LAW_EXPIRED: return expired(g, nth);
    case LAW_PENDING:
        f.code = S("pending");
        f.sentence = str_format(g->arena, "%.*s chưa có hiệu lực vào ngày này; có hiệu lực từ %.*s.", STR_ARG(h->name),
                                STR_ARG(date_vi(g->arena, h->effective_on)));
        break;
    case LAW_SUSPENDED:
        f.code = S("suspended");
        f.sentence = str_format(g->arena, "%.*s đang ngưng hiệu lực.", STR_ARG(h->name));
        break;
    case LAW_UNKNOWN: f.sentence = str_format(g->arena, "Thư viện chưa rõ hiệu lực của %.*s.", STR_ARG(h->name)); break;
    case LAW_PARTLY:
        f.level = LAW_GUARD_RIGHT;
        f.code = S("partly");
        f.sentence = str_format(g->arena, "%.*s còn hiệu lực, đã được sửa đổi một phần.", STR_ARG(h->name));
        break;
    case LAW_IN_FORCE:
    default:
        f.level = LAW_GUARD_RIGHT;
        f.code = S("ok");
        f.sentence = str_format(g->arena, "%.*s đang có hiệu lực.", STR_ARG(h->name));
    }
    guard_add(g, f);
    return OK;
}

static struct err waiting_load(struct guard *g, struct guard_doc *d) {
    struct law_guard_waiting_rows rows;
    struct law_guard_articles_row *articles;
    TRY(law_guard_waiting(g->db, (struct law_guard_waiting_in){.target_work = d->work.id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        LIST_ADD(g->arena, &d->unapplied.eids, rows.at[i].target_eid);
    }
    TRY(law_guard_articles(g->db, (struct law_guard_articles_in){.id = d->work.id}, &articles));
    d->has_places = articles && articles->articles > 0;
    d->is_partial = articles && articles->partial > 0;
    d->has_annexes = articles && articles->annexes > 0;
    return OK;
}

/* "Luật Đất đai" after "Luật Đất đai số 31/2024/QH15": the one that was named with its number. */
static size_t numbered_before(const struct guard *g, size_t nth) {
    const struct law_cite_doc *doc = &g->cites.docs.at[nth];
    struct str name = utf8_fold(g->arena, doc->room);
    for (size_t i = nth; i > 0 && !doc->key.len && !doc->year && !doc->issued_on.year; i--) {
        const struct law_cite_doc *other = &g->cites.docs.at[i - 1];
        struct str full = other->key.len ? utf8_fold(g->arena, other->name) : S("");
        if (full.len > other->type_words.len + 2 && str_starts(name, full) &&
            (name.len == full.len || name.at[full.len] == ' ' || name.at[full.len] == ',')) {
            return g->docs[i - 1].is_slip ? nth : i - 1;
        }
    }
    return nth;
}

/* The same document cited again is looked up once. */
static size_t known_before(const struct guard *g, size_t nth) {
    const struct law_cite_doc *doc = &g->cites.docs.at[nth];
    size_t numbered = numbered_before(g, nth);
    if (numbered < nth) {
        return numbered;
    }
    for (size_t i = 0; i < nth; i++) {
        const struct law_cite_doc *other = &g->cites.docs.at[i];
        bool is_same = doc->key.len ? str_eq(doc->key, other->key) : !other->key.len && str_eq(doc->room, other->room);
        if (is_same && doc->year == other->year && date_is(doc->issued_on, other->issued_on)) {
            return i;
        }
    }
    return nth;
}

struct err guard_doc(struct guard *g, size_t nth) {
    const struct law_cite_doc *doc = &g->cites.docs.at[nth];
    struct guard_doc *d = &g->docs[nth];
    size_t before = known_before(g, nth);
    if (before < nth) {
        *d = g->docs[before];
    } else {
        TRY(law_cite_resolve(g->db, doc, g->on, &d->work));
        d->is_known = d->work.id.v != 0;
        if (d->is_known) {
            TRY(law_work_head(g->db, d->work.id, g->on, &d->head));
            TRY(waiting_load(g, d));
        }
    }
    if (!d->is_known) {
        return doc->is_weak ? OK : unknown(g, nth);
    }
    TRY(name_check(g, nth));
    date_check(g, nth);
    return force_check(g, nth);
}
