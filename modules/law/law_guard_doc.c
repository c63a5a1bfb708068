/* A document cited: is it there, does its name and date belong to its number, was it in force. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
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

/* The same number of a year next to it. */
static struct err year_beside(struct guard *g, struct str key, struct law_work_id *id) {
    struct str number, rest, year, groups;
    int64_t y = 0;
    if (!str_cut(key, S("/"), &number, &rest) || !str_cut(rest, S("/"), &year, &groups) || year.len != 4) {
        return OK;
    }
    for (size_t i = 0; i < 4; i++) {
        y = y * 10 + (year.at[i] - '0');
    }
    for (int by = -1; by <= 1 && !id->v; by += 2) {
        struct law_guard_key_row *row;
        struct str other = str_format(g->arena, "%.*s/%lld/%.*s", STR_ARG(number), (long long)y + by, STR_ARG(groups));
        TRY(law_guard_key(g->db, (struct law_guard_key_in){.code_key = other}, &row));
        *id = row ? row->id : *id;
    }
    return OK;
}

/* The nearest number there is: the same without its last groups, else of a year beside. */
static struct err nearest(struct guard *g, const struct law_cite_doc *doc, struct law_work_id *id) {
    struct law_guard_keys_rows rows;
    size_t last = doc->key.len;
    *id = (struct law_work_id){0};
    if (!doc->key.len) {
        return OK;
    }
    while (last > 0 && doc->key.at[last - 1] != '/') {
        last--;
    }
    struct str low = str_slice(doc->key, 0, last);
    if (low.len > 6) {
        TRY(law_guard_keys(
            g->db, (struct law_guard_keys_in){.low = low, .high = str_format(g->arena, "%.*s~", STR_ARG(low))}, &rows));
        *id = rows.n == 1 ? rows.at[0].id : *id;
    }
    return id->v ? OK : year_beside(g, doc->key, id);
}

static struct err unknown(struct guard *g, const struct law_cite_doc *doc) {
    struct law_cite_doc by_name = *doc;
    struct law_cite_work work = {0};
    struct law_guard_finding f = guard_finding(doc->from, doc->to, LAW_GUARD_UNKNOWN, S("no_document"));
    f.sentence = str_format(g->arena, "Thư viện không có %.*s.", STR_ARG(str_slice(g->text, doc->from, doc->to)));
    if (doc->key.len && doc->room.len) {
        by_name.key = S("");
        by_name.issued_on = (struct date){0};
        TRY(law_cite_resolve(g->db, &by_name, g->on, &work));
    } else if (doc->year) {
        by_name.year = 0;
        TRY(law_cite_resolve(g->db, &by_name, g->on, &work));
    }
    if (!work.id.v) {
        TRY(nearest(g, doc, &work.id));
    }
    if (work.id.v) {
        TRY(suggest(g, work.id, &f));
        f.level = LAW_GUARD_WRONG;
        f.sentence = str_format(g->arena, "Không có %.*s; có thể là %.*s.",
                                STR_ARG(str_slice(g->text, doc->from, doc->to)), STR_ARG(f.suggestion));
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

/* "Luật Đất đai số 45/2020/QH14" whose number is another's. */
static struct err name_check(struct guard *g, size_t nth) {
    const struct law_cite_doc *doc = &g->cites.docs.at[nth];
    const struct guard_doc *d = &g->docs[nth];
    bool is_named = doc->key.len && doc->room.len > doc->type_words.len + 3;
    struct str said = is_named ? doc->room : S("");
    size_t about = str_find(doc->tail, S(" về "), 0), says = str_find(doc->tail, S(" quy định "), 0);
    about = says < about ? says : about;
    if (!is_named && doc->key.len && about != SIZE_MAX && about < 120) {
        said = str_slice(doc->tail, about, doc->tail.len);
    }
    if (!said.len || !d->head.title.len) {
        return OK;
    }
    struct str title =
        is_named ? str_format(g->arena, "%.*s %.*s", STR_ARG(d->head.name), STR_ARG(d->head.title)) : said;
    double share = is_named ? shared(g->arena, said, title) : shared(g->arena, d->head.title, said);
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

static struct err expired(struct guard *g, size_t nth) {
    const struct law_work_head *h = &g->docs[nth].head;
    struct law_guard_finding f = of_doc(g, nth, LAW_GUARD_WRONG, S("expired"));
    struct law_work_id next;
    TRY(successor(g, h->id, &next));
    TRY(suggest(g, next, &f));
    struct str since =
        h->expired_on.year ? str_format(g->arena, " từ ngày %.*s", STR_ARG(date_vi(g->arena, h->expired_on))) : S("");
    f.sentence = str_format(g->arena, "%.*s đã hết hiệu lực%.*s.", STR_ARG(h->name), STR_ARG(since));
    if (f.suggestion.len) {
        f.sentence = str_format(g->arena, "%.*s Văn bản thay thế: %.*s.", STR_ARG(f.sentence), STR_ARG(f.suggestion));
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
    return OK;
}

/* The same document cited again is looked up once. */
static size_t known_before(const struct guard *g, size_t nth) {
    const struct law_cite_doc *doc = &g->cites.docs.at[nth];
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
        return doc->is_weak ? OK : unknown(g, doc);
    }
    TRY(name_check(g, nth));
    date_check(g, nth);
    return force_check(g, nth);
}
