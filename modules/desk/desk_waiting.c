#include "modules/desk/desk_waiting.h"
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/db/db.h"
#include "kernel/module.h"
#include "kernel/page/html.h"
#include "kernel/port/waiting.h"

enum { ROWS_MOST = 12, ROWS_FEW = 5 };

struct desk_tab {
    struct str code, title, empty_title, empty_words;
};
static const struct desk_tab tabs[WAITING_TABS] = {
    [WAITING_MINE] = {S_INIT(""), S_INIT("Chờ tôi"), S_INIT("Không còn việc nào chờ"),
                      S_INIT("Việc mới tự hiện ở đây, không cần tải lại trang.")},
    [WAITING_SOON] = {S_INIT("soon"), S_INIT("Sắp đến hạn"), S_INIT("Không có việc nào sắp đến hạn"),
                      S_INIT("Việc còn từ ba ngày trở lại nằm ở đây.")},
    [WAITING_LATE] = {S_INIT("late"), S_INIT("Quá hạn"), S_INIT("Không có việc nào quá hạn"), S_INIT("")},
    [WAITING_GIVEN] = {S_INIT("given"), S_INIT("Tôi giao"), S_INIT("Không có việc nào đã giao còn mở"), S_INIT("")},
    [WAITING_INFORM] = {S_INIT("inform"), S_INIT("Để biết"), S_INIT("Không có văn bản nào chưa xem"),
                        S_INIT("Văn bản gửi để biết nằm ở đây đến khi mở xem.")},
};

/* One box of one source, with how many stand in it. */
struct box {
    const struct waiting_source *source;
    size_t at;
    int64_t n;
};
struct gathered {
    LIST(struct box) boxes; /* as the sources press: the first of each, then the second … within a source their order */
    int64_t n[WAITING_TABS];
};

static const struct waiting_box *box_of(const struct box *b) { return &b->source->boxes[b->at]; }

static struct err source_gather(struct db_read *db, const struct who *who, const struct waiting_source *s,
                                struct gathered *all) {
    struct arena *a = db_arena(db);
    size_t n = 0;
    while (s->boxes[n].tab) {
        n++;
    }
    int64_t *counts = arena_take(a, int64_t, n + 1);
    TRY(s->counts(db, who, clock_today(), counts));
    for (size_t i = 0; i < n; i++) {
        all->n[s->boxes[i].tab] += counts[i];
        LIST_ADD(a, &all->boxes, (struct box){s, i, counts[i]});
    }
    return OK;
}

static struct err gather(struct db_read *db, const struct modules *app, const struct who *who, struct gathered *all) {
    for (size_t i = 0; i < app->n; i++) {
        for (const struct waiting_source *s = app->at[i]->waiting; s && s->code.len; s++) {
            TRY(source_gather(db, who, s, all));
        }
    }
    return OK;
}

struct rows {
    struct desk_row *at;
    size_t n;
};

static bool row_is_there(const struct rows *rows, struct link link) {
    for (size_t i = 0; i < rows->n; i++) {
        if (str_eq(rows->at[i].link.v, link.v)) {
            return true;
        }
    }
    return false;
}

static struct desk_row row_of(const struct waiting_line *l) {
    return (struct desk_row){.link = l->link,
                             .subject = l->title,
                             .code = l->number,
                             .issuer = l->from,
                             .what = l->what,
                             .priority_name = l->mark,
                             .due_words = l->due_words,
                             .due_on = l->due_on,
                             .is_late = l->is_late,
                             .is_soon = l->is_soon,
                             .is_new = l->is_new};
}

/* What runs out stands first, by its day; the rest keeps its order. */
static int row_cmp(const void *a, const void *b) {
    const struct desk_row *x = a, *y = b;
    bool x_runs = x->is_late || x->is_soon, y_runs = y->is_late || y->is_soon;
    if (x_runs != y_runs) {
        return x_runs ? -1 : 1;
    }
    int order = x_runs ? date_cmp(x->due_on, y->due_on) : 0;
    return order ? order : (x->place > y->place) - (x->place < y->place);
}

/* The first rows of a tab: each thing once, however many of its boxes it stands in. Empty boxes are not asked. */
static struct err rows_read(struct get *g, const struct gathered *all, enum waiting_tab tab, size_t most,
                            struct rows *rows) {
    for (size_t i = 0; i < all->boxes.n; i++) {
        const struct box *b = &all->boxes.at[i];
        struct waiting_lines lines = {0};
        if (box_of(b)->tab != tab || b->n == 0) {
            continue;
        }
        TRY(b->source->lines(g->db, g->who, b->at, clock_today(), most, &lines));
        for (size_t k = 0; k < lines.n; k++) {
            struct desk_row row = row_of(&lines.at[k]);
            row.place = (int64_t)rows->n;
            if (!row_is_there(rows, row.link)) {
                LIST_ADD(g->arena, rows, row);
            }
        }
    }
    list_sort(rows->at, rows->n, sizeof *rows->at, row_cmp);
    rows->n = rows->n < most ? rows->n : most;
    return OK;
}

static struct link tab_link(struct arena *a, enum waiting_tab tab) {
    return tabs[tab].code.len ? link_local(a, "/desk?tab=%.*s", STR_ARG(tabs[tab].code)) : link_local(a, "/desk");
}

/* While little waits, what is late and what is nearly late stands below it. */
static struct err sections_fill(struct get *g, const struct gathered *all, struct desk_show *v) {
    static const enum waiting_tab below[] = {WAITING_LATE, WAITING_SOON};
    for (size_t i = 0; i < sizeof below / sizeof *below && v->rows.n < ROWS_FEW; i++) {
        struct rows rows = {0};
        if (all->n[below[i]] == 0) {
            continue;
        }
        TRY(rows_read(g, all, below[i], ROWS_FEW, &rows));
        struct desk_section *section = LIST_PUSH(g->arena, &v->sections);
        section->title = tabs[below[i]].title;
        section->link = tab_link(g->arena, below[i]);
        section->count = all->n[below[i]];
        section->rows.at = rows.at;
        section->rows.n = rows.n;
    }
    return OK;
}

static void tabs_fill(struct get *g, const struct gathered *all, enum waiting_tab now, struct desk_show *v) {
    for (enum waiting_tab t = WAITING_MINE; t < WAITING_TABS; t++) {
        LIST_ADD(g->arena, &v->tabs,
                 (struct tab){.label = tabs[t].title,
                              .link = tab_link(g->arena, t),
                              .count = all->n[t],
                              .is_counted = true,
                              .is_current = t == now,
                              .is_hot = t == WAITING_LATE && all->n[t] > 0});
    }
}

/* When not all is shown: the list of each box, which has as many as the box counts. */
static void rest_fill(struct get *g, const struct gathered *all, enum waiting_tab tab, struct desk_show *v) {
    v->hidden = all->n[tab] > (int64_t)v->rows.n ? all->n[tab] - (int64_t)v->rows.n : 0;
    for (size_t i = 0; i < all->boxes.n && v->hidden; i++) {
        const struct box *b = &all->boxes.at[i];
        if (box_of(b)->tab == tab && b->n) {
            LIST_ADD(g->arena, &v->lists,
                     (struct desk_list){box_of(b)->title, link_local(g->arena, "%s", box_of(b)->path), b->n});
        }
    }
}

static struct str live_words(struct get *g) {
    struct buf b = buf_in(g->arena);
    for (size_t i = 0; i < g->app->n; i++) {
        for (const struct waiting_source *s = g->app->at[i]->waiting; s && s->code.len; s++) {
            buf_put(&b, s->code);
            BUF_LIT(&b, " ");
        }
    }
    BUF_LIT(&b, "job");
    return buf_str(&b);
}

static enum waiting_tab tab_read(struct get *g) {
    struct str asked = query_param(g->request, S("tab"));
    enum waiting_tab tab = WAITING_MINE;
    for (enum waiting_tab t = WAITING_SOON; t < WAITING_TABS; t++) {
        tab = str_eq(tabs[t].code, asked) ? t : tab;
    }
    return tab;
}

struct err desk_waiting_fill(struct get *g, struct desk_show *v) {
    struct gathered all = {0};
    struct rows rows = {0};
    enum waiting_tab tab = tab_read(g);
    TRY(gather(g->db, g->app, g->who, &all));
    tabs_fill(g, &all, tab, v);
    TRY(rows_read(g, &all, tab, ROWS_MOST, &rows));
    v->rows.at = rows.at;
    v->rows.n = rows.n;
    v->live = live_words(g);
    v->empty_title = tabs[tab].empty_title;
    v->empty_words = tabs[tab].empty_words;
    rest_fill(g, &all, tab, v);
    return tab == WAITING_MINE ? sections_fill(g, &all, v) : OK;
}

struct err desk_waiting_count(struct db_read *db, const struct who *who, int64_t *n, bool *is_hot) {
    struct gathered all = {0};
    TRY(gather(db, &modules, who, &all));
    *n = all.n[WAITING_MINE];
    *is_hot = all.n[WAITING_LATE] > 0;
    return OK;
}
