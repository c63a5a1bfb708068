#include "modules/law/law_index.h"
#include "modules/law/law_pages.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"

void law_filter_read(struct get *g, struct law_filter *f) {
    *f = (struct law_filter){.q = law_query(g, "q"),
                             .family = law_query(g, "family"),
                             .type = law_query(g, "type"),
                             .issuer = law_query(g, "issuer"),
                             .topic = law_query(g, "topic"),
                             .state = law_query(g, "state"),
                             .sort = law_query(g, "sort"),
                             .after = law_query(g, "after")};
    if (!date_read_vi(law_query(g, "from"), &f->from)) {
        f->from = (struct date){0};
    }
    if (!date_read_vi(law_query(g, "to"), &f->to)) {
        f->to = (struct date){0};
    }
    if (!str_eq(f->sort, S("changed")) && !str_eq(f->sort, S("name"))) {
        f->sort = S("");
    }
    f->has_narrowing =
        f->family.len || f->type.len || f->issuer.len || f->topic.len || f->state.len || f->from.year || f->to.year;
}

static void put_pair(struct buf *b, const char *name, struct str value) {
    if (value.len) {
        buf_printf(b, "%c%s=", str_find(buf_str(b), S("?"), 0) == SIZE_MAX ? '?' : '&', name);
        url_escape(b, value);
    }
}

struct link law_filter_link(struct arena *a, const char *path, const struct law_filter *f, const char *key,
                            struct str value) {
    const struct {
        const char *name;
        struct str value;
    } pairs[] = {{"q", f->q},
                 {"family", f->family},
                 {"type", f->type},
                 {"issuer", f->issuer},
                 {"topic", f->topic},
                 {"state", f->state},
                 {"sort", f->sort},
                 {"from", f->from.year ? date_iso(a, f->from) : S("")},
                 {"to", f->to.year ? date_iso(a, f->to) : S("")}};
    struct buf b = buf_in(a);
    buf_put(&b, str_of(path));
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (!str_eq(str_of(pairs[i].name), str_of(key))) {
            put_pair(&b, pairs[i].name, pairs[i].value);
        }
    }
    put_pair(&b, key, value);
    return link_local(a, "%.*s", STR_ARG(buf_str(&b)));
}

/* Where a page begins: "day.id", "stamp.id" or "name.id"; anything else is the first page. */
struct place {
    struct str day, name;
    int64_t stamp, id;
};

static struct place place_of(const struct law_filter *f) {
    struct place p = {.day = S("9999-12-31"), .stamp = INT64_MAX, .id = INT64_MAX};
    size_t dot = f->after.len;
    int64_t id, stamp;
    while (dot > 0 && f->after.at[dot - 1] != '.') {
        dot--;
    }
    bool is_named = str_eq(f->sort, S("name"));
    if (!dot || !num_read(str_slice(f->after, dot, f->after.len), &id)) {
        p.id = is_named ? 0 : p.id;
        return p;
    }
    struct str key = str_slice(f->after, 0, dot - 1);
    struct date day;
    if (is_named) {
        p.name = key;
        p.id = id;
    } else if (str_eq(f->sort, S("changed")) && num_read(key, &stamp)) {
        p.stamp = stamp;
        p.id = id;
    } else if (!f->sort.len && (!key.len || date_read_iso(key, &day))) {
        p.day = key;
        p.id = id;
    }
    return p;
}

/* The three queries give the same columns. */
static void take(struct law_list *list, const void *rows, size_t n) {
    list->rows = (struct law_list_newest_rows){(struct law_list_newest_row *)(uintptr_t)rows, n};
}

/* The three orders share every condition. */
#define CONDITIONS(f_, a_)                                                                                             \
    .family = (f_)->family, .type = (f_)->type, .issuer = (f_)->issuer, .topic = (f_)->topic, .state = (f_)->state,    \
    .since = (f_)->from.year ? date_iso((a_), (f_)->from) : S(""),                                                     \
    .upto = (f_)->to.year ? date_iso((a_), (f_)->to) : S(""), .today = date_iso((a_), clock_today())

static struct err by_name(struct db_read *db, const struct law_filter *f, const struct place *p, size_t n,
                          struct law_list *list) {
    struct law_list_named_rows rows;
    struct arena *a = db_arena(db);
    TRY(law_list_named(
        db, (struct law_list_named_in){CONDITIONS(f, a), .name = p->name, .last = p->id, .most = (int64_t)n + 1},
        &rows));
    _Static_assert(sizeof *rows.at == sizeof *list->rows.at, "the orders give the same columns");
    take(list, rows.at, rows.n);
    if (rows.n > n) {
        list->after = str_format(a, "%.*s.%lld", STR_ARG(rows.at[n - 1].name_key), (long long)rows.at[n - 1].id.v);
    }
    return OK;
}

static struct err by_change(struct db_read *db, const struct law_filter *f, const struct place *p, size_t n,
                            struct law_list *list) {
    struct law_list_changed_rows rows;
    struct arena *a = db_arena(db);
    TRY(law_list_changed(
        db, (struct law_list_changed_in){CONDITIONS(f, a), .stamp = p->stamp, .last = p->id, .most = (int64_t)n + 1},
        &rows));
    _Static_assert(sizeof *rows.at == sizeof *list->rows.at, "the orders give the same columns");
    take(list, rows.at, rows.n);
    if (rows.n > n) {
        list->after =
            str_format(a, "%lld.%lld", (long long)rows.at[n - 1].changed_at.ms, (long long)rows.at[n - 1].id.v);
    }
    return OK;
}

struct err law_list_read(struct db_read *db, const struct law_filter *f, size_t n, struct law_list *list) {
    struct arena *a = db_arena(db);
    struct place p = place_of(f);
    *list = (struct law_list){0};
    if (str_eq(f->sort, S("name"))) {
        return by_name(db, f, &p, n, list);
    }
    if (str_eq(f->sort, S("changed"))) {
        return by_change(db, f, &p, n, list);
    }
    TRY(law_list_newest(
        db, (struct law_list_newest_in){CONDITIONS(f, a), .day = p.day, .last = p.id, .most = (int64_t)n + 1},
        &list->rows));
    if (list->rows.n > n) {
        const struct law_list_newest_row *last = &list->rows.at[n - 1];
        list->after = str_format(a, "%.*s.%lld", STR_ARG(last->issued_key), (long long)last->id.v);
    }
    return OK;
}

struct law_item law_item_of(struct arena *a, const struct law_list_newest_row *r) {
    struct law_force force = LAW_FORCE_OF(r);
    enum law_status status = law_status_on(&force, clock_today());
    struct str name = law_name(a, r->type, r->code, r->short_title, r->title, r->issued_on);
    return (struct law_item){.link = law_link(a, r->id.v, S(""), (struct date){0}),
                             .name = name,
                             .title = law_title_beside(name, r->title),
                             .type_name = law_type_name(r->type),
                             .code = r->code,
                             .issuer = r->issuer,
                             .status_name = law_status_name(status),
                             .status_tone = law_status_tone(status),
                             .issued_on = r->issued_on,
                             .effective_on = r->effective_on};
}
