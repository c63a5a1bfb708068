/* The outline of a work, and which part of a large one is shown: the chapters and articles around a place. */
#include "modules/law/law_pages.h"

#include "base/arena.h"
#include "base/buf.h"

enum { ROWS_MOST = 8000, ARTICLES_WHOLE = 40, ARTICLES_LEAST = 12, ARTICLES_BEFORE = 20 };

struct node {
    const struct law_read_outline_row *row; /* as read on the day */
    bool is_article, is_gone, is_later;
    size_t window;
};
struct nodes {
    struct node *at;
    size_t n;
    size_t articles, windows;
};

static struct node node_of(const struct law_reading *r, const struct law_read_outline_row *rows, size_t n) {
    struct node x = {.row = &rows[0], .is_later = r->line == LAW_LINE_DAY};
    for (size_t i = 0; i < n; i++) {
        const struct law_read_outline_row *v = &rows[i];
        if (r->line == LAW_LINE_DAY && (!v->from_on.year || date_cmp(v->from_on, r->on) <= 0)) {
            x.row = v;
            x.is_later = false;
            x.is_gone = v->until_on.year && date_cmp(v->until_on, r->on) <= 0;
        }
    }
    if (r->line == LAW_LINE_ENACTED) {
        x.is_later = rows[0].born_event.v != 0;
    }
    x.is_article = str_eq(x.row->level, S("article"));
    return x;
}

/* A window begins at a chapter or section after an article; short ones are put together. */
static void windows_fill(struct nodes *all) {
    size_t window = 0, articles = 0;
    for (size_t i = 0; i < all->n; i++) {
        bool is_border = i > 0 && !all->at[i].is_article && all->at[i - 1].is_article;
        if (is_border && articles >= ARTICLES_LEAST) {
            window++;
            articles = 0;
        }
        articles += all->at[i].is_article;
        all->at[i].window = window;
    }
    all->windows = window + 1;
}

static struct nodes nodes_of(struct arena *a, const struct law_reading *r, const struct law_read_outline_rows *rows) {
    struct nodes all = {0};
    for (size_t i = 0, end; i < rows->n; i = end) {
        for (end = i; end < rows->n && rows->at[end].id.v == rows->at[i].id.v; end++) {
        }
        struct node x = node_of(r, &rows->at[i], end - i);
        if (!(r->line == LAW_LINE_ENACTED && x.is_later)) {
            LIST_ADD(a, &all, x);
            all.articles += x.is_article;
        }
    }
    windows_fill(&all);
    return all;
}

/* The node a place is, or lies in; n when there is none. */
static size_t node_at(const struct nodes *all, struct str eid) {
    size_t found = all->n, longest = 0;
    for (size_t i = 0; i < all->n; i++) {
        struct str mine = all->at[i].row->eid;
        bool is_in =
            str_eq(mine, eid) || (str_starts(eid, mine) && str_starts(str_slice(eid, mine.len, eid.len), S("__")));
        if (is_in && mine.len >= longest) {
            longest = mine.len;
            found = i;
        }
    }
    return found;
}

/* The first node of the window a node is in. */
static size_t window_start(const struct nodes *all, size_t i) {
    while (i > 0 && all->at[i - 1].window == all->at[i].window) {
        i--;
    }
    return i;
}

static size_t window_end(const struct nodes *all, size_t i) {
    size_t window = all->at[i].window;
    while (i < all->n && all->at[i].window == window) {
        i++;
    }
    return i;
}

/* From which node to before which: the window of the place asked for, begun nearer to it when that is far in. */
static void window_of(const struct nodes *all, struct str at, struct str part, struct law_outline_view *o, size_t *from,
                      size_t *until) {
    size_t asked = node_at(all, part.len ? part : at);
    asked = asked < all->n ? asked : 0;
    size_t start = window_start(all, asked);
    *until = window_end(all, asked);
    *from = part.len ? asked : asked - start > ARTICLES_BEFORE ? asked - 2 : start;
    if (*from > start) {
        o->before_eid = all->at[start].row->eid;
    } else if (start > 0) {
        o->before_eid = all->at[window_start(all, start - 1)].row->eid;
    }
    o->from = all->at[*from].row->sort_key;
    o->must = at.len && !part.len ? all->at[asked].row->sort_key : S("");
    if (*until < all->n) {
        o->after_eid = all->at[*until].row->eid;
        o->until = all->at[*until].row->sort_key;
    }
    o->is_windowed = true;
}

/* "Điều 5–12" of the articles below a container. */
static struct str span_of(struct arena *a, const struct nodes *all, size_t i) {
    struct str first = {0}, last = {0};
    for (size_t k = i + 1; k < all->n && str_starts(all->at[k].row->sort_key, all->at[i].row->sort_key); k++) {
        if (all->at[k].is_article) {
            first = first.len ? first : all->at[k].row->label;
            last = all->at[k].row->label;
        }
    }
    return !first.len            ? S("")
           : str_eq(first, last) ? str_format(a, "Điều %.*s", STR_ARG(first))
                                 : str_format(a, "Điều %.*s–%.*s", STR_ARG(first), STR_ARG(last));
}

static int64_t depth_in(const struct nodes *all, size_t i) {
    int64_t depth = 0;
    struct str key = all->at[i].row->sort_key;
    for (size_t k = i; k > 0; k--) {
        struct str above = all->at[k - 1].row->sort_key;
        if (str_starts(key, above)) {
            depth++;
            key = above;
        }
    }
    return depth;
}

static void items_fill(struct get *g, const struct law_reading *r, const struct nodes *all, size_t from, size_t until,
                       struct law_outline_view *o) {
    for (size_t i = 0; i < all->n; i++) {
        const struct node *x = &all->at[i];
        bool is_here = i >= from && i < until;
        if (x->is_article && !is_here && o->is_windowed && all->windows > 1) {
            continue;
        }
        struct law_outline_item item = {.label = law_label(g->arena, x->row->level, x->row->label),
                                        .heading = x->row->heading,
                                        .level = x->row->level,
                                        .link = law_same_link(g, r, "at", x->row->eid),
                                        .depth = x->is_article ? 0 : depth_in(all, i),
                                        .is_here = is_here,
                                        .is_gone = x->is_gone,
                                        .is_later = x->is_later && r->status != LAW_PENDING};
        item.span = x->is_article ? S("") : span_of(g->arena, all, i);
        LIST_ADD(g->arena, &o->items, item);
    }
}

struct err law_outline_fill(struct get *g, const struct law_reading *r, struct str at, struct str part,
                            struct law_outline_view *o) {
    struct law_read_outline_rows rows;
    *o = (struct law_outline_view){0};
    TRY(law_read_outline(
        g->db, (struct law_read_outline_in){.work = r->work->id, .line = r->expression, .most = ROWS_MOST}, &rows));
    struct nodes all = nodes_of(g->arena, r, &rows);
    size_t from = 0, until = all.n;
    bool is_whole = str_eq(law_query(g, "all"), S("1"));
    if (!is_whole && all.articles > ARTICLES_WHOLE) {
        window_of(&all, at, part, o, &from, &until);
    } else if (part.len && node_at(&all, part) < all.n) {
        from = node_at(&all, part);
        o->from = all.at[from].row->sort_key;
        o->before_eid = all.at[0].row->eid;
    }
    items_fill(g, r, &all, from, until, o);
    return OK;
}
