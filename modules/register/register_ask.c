#include "modules/register/register_ask.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"
#include "kernel/page/html.h"
#include "read/json.h"

#include "base/banned.h"

enum { ON_A_PAGE = 50 };

static void param_add(struct get *g, struct register_address *x, struct str name, struct str value) {
    if (value.len) {
        LIST_ADD(g->arena, &x->params, (struct register_param){name, value});
    }
}

static void query_put(struct buf *b, struct str name, struct str value) {
    buf_put_char(b, memchr(b->at, '?', b->len) ? '&' : '?');
    buf_put(b, name);
    buf_put_char(b, '=');
    url_escape(b, value);
}

struct link register_address_with(struct arena *a, const struct register_address *x, struct str name,
                                  struct str value) {
    struct buf b = buf_in(a);
    struct str more = str_format(a, "%.*s.", STR_ARG(name));
    buf_printf(&b, "/register/%.*s", STR_ARG(x->type.head.code));
    for (size_t i = 0; i < x->params.n; i++) {
        const struct register_param *p = &x->params.at[i];
        bool is_it = str_eq(p->name, name) || (!value.len && str_starts(p->name, more)) || str_eq(p->name, S("after"));
        if (!is_it && !(str_eq(name, S("sort")) && str_eq(p->name, S("down")))) {
            query_put(&b, p->name, p->value);
        }
    }
    if (value.len) {
        bool is_down = str_eq(name, S("sort")) && str_eq(value, x->asked.sort) && !x->asked.is_down;
        query_put(&b, name, value);
        if (is_down) {
            query_put(&b, S("down"), S("1"));
        }
    }
    struct str all = buf_str(&b);
    return link_local(a, "%.*s", STR_ARG(all));
}

struct link register_address_at(struct arena *a, const struct register_address *x, const char *leaf) {
    struct buf b = buf_in(a);
    buf_printf(&b, "/register/%.*s/%s", STR_ARG(x->type.head.code), leaf);
    for (size_t i = 0; i < x->params.n; i++) {
        if (!str_eq(x->params.at[i].name, S("after"))) {
            query_put(&b, x->params.at[i].name, x->params.at[i].value);
        }
    }
    struct str all = buf_str(&b);
    return link_local(a, "%.*s", STR_ARG(all));
}

bool register_may_sort(const struct register_address *x, const struct fields_item *item) {
    return item->pd <= x->may && fields_is_typed(item->kind);
}

struct str register_shown_number(struct arena *a, enum fields_kind kind, int64_t number) {
    struct buf b = buf_in(a);
    bool is_whole = kind == FIELDS_INT || kind == FIELDS_MONEY || number % FIELDS_ONE == 0;
    if (is_whole) {
        num_put_vi(&b, number / FIELDS_ONE);
    } else {
        num_put_vi_fraction(&b, (double)number / FIELDS_ONE, 2);
    }
    return buf_str(&b);
}

struct str register_cell_shown(struct arena *a, const struct fields_answer *x, enum fields_class may) {
    bool is_number = register_is_number(x->item->kind) && x->text.len && x->item->pd <= may;
    return is_number ? register_shown_number(a, x->item->kind, x->number) : fields_masked(a, x, may);
}

/* --- Filters --- */
static bool number_typed(struct arena *a, struct str typed, struct str *sort) {
    int64_t n;
    struct buf b = buf_in(a);
    for (size_t i = 0; i < typed.len; i++) {
        if (typed.at[i] != '.' && typed.at[i] != ' ') {
            buf_put_char(&b, typed.at[i]);
        }
    }
    if (!num_read_between(buf_str(&b), -INT64_C(100000000000000), INT64_C(100000000000000), &n)) {
        return false;
    }
    *sort = register_sort_number(a, n * FIELDS_ONE);
    return true;
}

/* A bound as typed; false when it is no such thing. */
static bool bound_read(struct arena *a, const struct fields_item *k, struct str typed, struct str *sort) {
    struct date d;
    if (register_is_number(k->kind)) {
        return number_typed(a, typed, sort);
    }
    if (!date_read_vi(typed, &d)) {
        return false;
    }
    *sort = date_iso(a, d);
    return true;
}

static struct str between_words(struct arena *a, struct str low, struct str high) {
    return low.len && high.len ? str_format(a, "%.*s – %.*s", STR_ARG(low), STR_ARG(high))
           : low.len           ? str_format(a, "từ %.*s", STR_ARG(low))
                               : str_format(a, "đến %.*s", STR_ARG(high));
}

static void filter_take(struct get *g, struct register_address *x, const struct fields_item *k, struct str low,
                        struct str high, struct str words) {
    struct register_asked *q = &x->asked;
    if (q->n_filters == REGISTER_FILTERS) {
        x->fault = S("Mỗi lần lọc nhiều nhất ba điều kiện; những điều kiện sau chưa được dùng.");
        return;
    }
    q->filters[q->n_filters++] = (struct register_filter){k->name, low, high};
    struct str name = str_format(g->arena, "f.%.*s", STR_ARG(k->name));
    LIST_ADD(g->arena, &x->chips,
             (struct register_chip){k->label, words, register_address_with(g->arena, x, name, S(""))});
}

static void range_read(struct get *g, struct register_address *x, const struct fields_item *k,
                       struct register_filter_view *f) {
    struct arena *a = g->arena;
    struct str low = S(""), high = S("\x7f");
    f->low = query_param(g->request, str_format(a, "%.*s.from", STR_ARG(f->name)));
    f->high = query_param(g->request, str_format(a, "%.*s.to", STR_ARG(f->name)));
    if (!f->low.len && !f->high.len) {
        return;
    }
    if ((f->low.len && !bound_read(a, k, f->low, &low)) || (f->high.len && !bound_read(a, k, f->high, &high))) {
        x->fault = str_format(a, "Điều kiện của “%.*s” chưa đọc được; mời ghi lại.", STR_ARG(k->label));
        return;
    }
    low = low.len ? low : S(" "); /* what is empty is not among them */
    filter_take(g, x, k, low, high, between_words(a, f->low, f->high));
}

static void choice_read(struct get *g, struct register_address *x, const struct fields_item *k,
                        struct register_filter_view *f) {
    static const struct fields_option both[] = {{S_INIT("true"), S_INIT("Có"), {0}},
                                                {S_INIT("false"), S_INIT("Không"), {0}}};
    const struct fields_option *options = k->kind == FIELDS_BOOL ? both : k->options.at;
    size_t n = k->kind == FIELDS_BOOL ? 2 : k->options.n;
    struct str chosen = query_param(g->request, f->name);
    f->is_choice = true;
    for (size_t i = 0; i < n; i++) {
        bool is_it = str_eq(options[i].value, chosen);
        LIST_ADD(g->arena, &f->options, (struct register_option){options[i].value, options[i].label, is_it});
        if (is_it) {
            filter_take(g, x, k, chosen, chosen, options[i].label);
        }
    }
}

static void filters_read(struct get *g, struct register_address *x, bool is_first) {
    for (size_t i = 0; i < x->type.page->items.n; i++) {
        const struct fields_item *k = &x->type.page->items.at[i];
        bool is_choice = k->kind == FIELDS_ENUM || k->kind == FIELDS_BOOL;
        if (!register_may_sort(x, k) || !register_has(&x->type, "columns", k->name) ||
            !(is_choice || register_is_number(k->kind) || register_is_date(k->kind))) {
            continue;
        }
        struct register_filter_view f = {.name = str_format(g->arena, "f.%.*s", STR_ARG(k->name)),
                                         .label = k->label,
                                         .is_date = register_is_date(k->kind)};
        if (is_first) { /* what stands in the address is known before links are made of it */
            struct str from = str_format(g->arena, "%.*s.from", STR_ARG(f.name)),
                       to = str_format(g->arena, "%.*s.to", STR_ARG(f.name));
            param_add(g, x, f.name, query_param(g->request, f.name));
            param_add(g, x, from, query_param(g->request, from));
            param_add(g, x, to, query_param(g->request, to));
            continue;
        }
        if (is_choice) {
            choice_read(g, x, k, &f);
        } else {
            range_read(g, x, k, &f);
        }
        LIST_ADD(g->arena, &x->filters, f);
    }
}

/* Whose rows: one organ's, or all that may be read. */
static void books_choose(struct get *g, struct register_address *x) {
    struct register_asked *q = &x->asked;
    int64_t owner = 0;
    int64_t *books = arena_take(g->arena, int64_t, x->seat.books.n + 1);
    bool is_own = x->seat.books.n > 0;
    (void)num_read_between(query_param(g->request, S("owner")), 1, INT64_MAX, &owner);
    for (size_t i = 0; i < x->seat.books.n; i++) {
        const struct register_book_seen *b = &x->seat.books.at[i];
        books[i] = b->id.v;
        is_own = is_own && b->owner == g->who->organ.v;
        if (b->owner == owner) {
            q->book = b->id.v;
            param_add(g, x, S("owner"), query_param(g->request, S("owner")));
        }
    }
    q->books = (struct db_ids){books, x->seat.books.n};
    q->book = x->seat.books.n == 1 ? x->seat.books.at[0].id.v : q->book;
    const struct register_book_seen *one = q->book ? register_book_seen(&x->seat, q->book) : NULL;
    x->may = one ? register_class(g->who, one->owner) : is_own ? register_class(g->who, g->who->organ.v) : FIELDS_BASIC;
    if (q->book && x->seat.books.n > 1) {
        LIST_ADD(g->arena, &x->chips,
                 (struct register_chip){S("Đơn vị"), one->name, register_address_with(g->arena, x, S("owner"), S(""))});
    }
}

static void order_read(struct get *g, struct register_address *x) {
    struct register_asked *q = &x->asked;
    struct str sort = query_param(g->request, S("sort"));
    int at = register_field(&x->type, sort);
    q->sort = json_member_text(x->type.more, "title");
    if (at >= 0 && register_may_sort(x, &x->type.page->items.at[at])) {
        q->sort = sort;
        q->is_down = query_param(g->request, S("down")).len > 0;
        param_add(g, x, S("sort"), sort);
        param_add(g, x, S("down"), q->is_down ? S("1") : S(""));
    }
    (void)num_read_between(query_param(g->request, S("after")), 1, INT64_MAX, &q->after);
}

struct err register_address(struct get *g, struct register_address *x) {
    *x = (struct register_address){0};
    TRY(register_type(g->arena, path_param(g->request, S("type")), &x->type));
    TRY(register_seat(g->db, g->who, &x->type.head, &x->seat));
    x->asked.type = &x->type;
    x->asked.most = ON_A_PAGE + 1;
    x->asked.words = utf8_cut(query_param(g->request, S("q")), 100);
    param_add(g, x, S("q"), x->asked.words);
    x->may = FIELDS_RESTRICTED;
    filters_read(g, x, true);
    books_choose(g, x);
    order_read(g, x);
    filters_read(g, x, false);
    return OK;
}
