/* The list of a box: which box and tab the address asks for, its rows, its counts, and what is searched for in it. */
#include "kernel/index/here.h"
#include "modules/mail/forms.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/num.h"
#include "base/utf8.h"

enum { ON_A_PAGE = 40, FOUND_MOST = 100 };

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

struct str mail_due_words(struct arena *a, struct instant due, struct instant now) {
    int64_t minutes = (due.ms - now.ms) / 60000, n = minutes < 0 ? -minutes : minutes;
    bool is_late = due.ms < now.ms;
    if (!due.ms) {
        return S("");
    }
    if (n < 60) {
        return str_format(a, is_late ? "Quá %lld phút" : "Còn %lld phút", (long long)n);
    }
    n /= 60;
    if (n < 24) {
        return str_format(a, is_late ? "Quá %lld giờ" : "Còn %lld giờ", (long long)n);
    }
    return str_format(a, is_late ? "Quá %lld ngày" : "Còn %lld ngày", (long long)(n / 24));
}

/* ---- What the address asks for */
struct asked {
    struct mail_boxes_of_post_rows boxes;
    struct db_ids ids; /* those that are looked at */
    int64_t box;       /* 0: all of them */
    bool is_shared;
    struct str tab, q;
    int64_t after_place, after;
};

static void after_read(struct str typed, struct asked *asked) {
    struct str place, id;
    asked->after_place = INT64_MIN;
    asked->after = 0;
    if (str_cut(typed, S("."), &place, &id) && num_read_between(place, INT64_MIN, INT64_MAX, &asked->after_place)) {
        num_read_between(id, 0, INT64_MAX, &asked->after);
    }
}

/* Beside an open conversation its own box and tab, unless the address says another. */
static struct err asked_read(struct get *g, const struct mail_item_by_id_row *item, struct asked *asked) {
    struct str box = query_param(g->request, S("box"));
    int64_t id = 0;
    TRY(mail_boxes(g->db, g->who, &asked->boxes));
    num_read_between(box, 1, INT64_MAX, &id);
    id = !id && item && !is(box, "all") ? item->box.v : id;
    const struct mail_boxes_of_post_rows *b = &asked->boxes;
    int64_t *ids = arena_take(g->arena, int64_t, b->n + 1);
    for (size_t i = 0; i < b->n; i++) {
        ids[i] = b->at[i].id.v;
        bool is_it = id ? b->at[i].id.v == id : !is(box, "all") && b->at[i].owner == g->who->post.v;
        if (is_it) {
            asked->box = b->at[i].id.v;
            asked->is_shared = b->at[i].is_shared;
        }
    }
    if (!asked->box && !is(box, "all") && b->n) {
        asked->box = ids[0];
        asked->is_shared = b->at[0].is_shared;
    }
    asked->ids = asked->box ? (struct db_ids){&asked->box, 1} : (struct db_ids){ids, b->n};
    asked->q = query_param(g->request, S("q"));
    asked->tab = query_param(g->request, S("tab"));
    asked->tab = asked->tab.len ? asked->tab : item ? item->state : S("open");
    after_read(query_param(g->request, S("after")), asked);
    return OK;
}

static struct str box_word(struct arena *a, const struct asked *asked) {
    return asked->box ? str_format(a, "%lld", (long long)asked->box) : S("all");
}

/* ---- Rows */

static void row_add(struct get *g, const struct asked *asked, const struct mail_items_by_place_row *r,
                    struct mail_list_view *v, int64_t current) {
    struct instant now = clock_now();
    bool is_open = is(r->state, "open"), is_due = r->is_shared && is_open && r->due_at.ms;
    struct mail_row_view row = {
        .link = link_local(g->arena, "/mail/%lld?box=%.*s&tab=%.*s", (long long)r->id.v,
                           STR_ARG(box_word(g->arena, asked)), STR_ARG(asked->tab)),
        .subject = r->subject,
        .sender = r->sender,
        .excerpt = r->excerpt,
        .box_name = asked->box ? S("") : r->box_name,
        .mark = r->mark,
        .holder_name = r->is_shared ? r->holder_name : S(""),
        .due_words = is_due ? mail_due_words(g->arena, r->due_at, now) : S(""),
        .last_at = r->last_at,
        .snooze_on = r->snooze_on,
        .letters = r->letters,
        .is_late = is_due && r->due_at.ms < now.ms,
        .is_soon = is_due && r->due_at.ms < now.ms + INT64_C(86400000),
        .is_done = is(r->state, "done") && r->is_shared,
        .is_unread = r->is_unread,
        .is_star = r->is_star,
        .has_file = r->has_file,
        .is_current = r->id.v == current,
        .is_free = r->is_shared && is_open && !r->holder,
    };
    LIST_ADD(g->arena, &v->rows, row);
}

static void pages_fill(struct get *g, const struct asked *asked, bool has_more, int64_t place, int64_t id,
                       struct mail_list_view *v) {
    struct str box = box_word(g->arena, asked);
    if (has_more) {
        v->pages.older = link_local(g->arena, "/mail?box=%.*s&tab=%.*s&after=%lld.%lld", STR_ARG(box),
                                    STR_ARG(asked->tab), (long long)place, (long long)id);
    }
    if (asked->after) {
        v->pages.newer = link_local(g->arena, "/mail?box=%.*s&tab=%.*s", STR_ARG(box), STR_ARG(asked->tab));
    }
}

static struct err by_place(struct get *g, const struct asked *asked, int64_t current, struct mail_list_view *v) {
    struct mail_items_by_place_rows rows;
    bool is_mine = is(asked->tab, "mine"), is_free = is(asked->tab, "free"), is_late = is(asked->tab, "late");
    bool is_state = is(asked->tab, "waiting") || is(asked->tab, "snoozed") || is(asked->tab, "done");
    struct mail_items_by_place_in in = {.boxes = asked->ids,
                                        .state = is_state ? asked->tab : S("open"),
                                        .of_holder = is_mine   ? g->who->post.v
                                                     : is_free ? 0
                                                               : -1,
                                        .only_shared = is_free,
                                        .only_unread = is(asked->tab, "unread") ? 2 : 0,
                                        .late_at = is_late ? clock_now() : (struct instant){0},
                                        .after_place = asked->after_place,
                                        .after = asked->after,
                                        .most = ON_A_PAGE + 1};
    TRY(mail_items_by_place(g->db, in, &rows));
    bool has_more = rows.n > ON_A_PAGE;
    rows.n = has_more ? ON_A_PAGE : rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        row_add(g, asked, &rows.at[i], v, current);
    }
    if (rows.n) {
        pages_fill(g, asked, has_more, rows.at[rows.n - 1].place, rows.at[rows.n - 1].id.v, v);
    }
    return OK;
}

static struct mail_items_by_place_row as_place(const struct mail_items_by_recent_row *r) {
    return (struct mail_items_by_place_row){.id = r->id,
                                            .box = r->box,
                                            .state = r->state,
                                            .holder = r->holder,
                                            .holder_name = r->holder_name,
                                            .due_at = r->due_at,
                                            .snooze_on = r->snooze_on,
                                            .is_star = r->is_star,
                                            .is_unread = r->is_unread,
                                            .has_file = r->has_file,
                                            .subject = r->subject,
                                            .sender = r->sender,
                                            .excerpt = r->excerpt,
                                            .mark = r->mark,
                                            .letters = r->letters,
                                            .last_at = r->last_at,
                                            .is_shared = r->is_shared,
                                            .box_name = r->box_name};
}

static struct err by_recent(struct get *g, const struct asked *asked, struct mail_items_by_recent_in in,
                            int64_t current, struct mail_list_view *v) {
    struct mail_items_by_recent_rows rows;
    in.boxes = asked->ids;
    in.after_place = asked->after_place;
    in.after = asked->after;
    in.most = ON_A_PAGE + 1;
    TRY(mail_items_by_recent(g->db, in, &rows));
    bool has_more = rows.n > ON_A_PAGE;
    rows.n = has_more ? ON_A_PAGE : rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        struct mail_items_by_place_row row = as_place(&rows.at[i]);
        row_add(g, asked, &row, v, current);
    }
    if (rows.n && !asked->q.len) {
        pages_fill(g, asked, has_more, rows.at[rows.n - 1].recent, rows.at[rows.n - 1].id.v, v);
    }
    return OK;
}

static struct err drafts(struct get *g, const struct asked *asked, struct mail_list_view *v) {
    struct mail_drafts_of_rows rows;
    TRY(mail_drafts_of(g->db,
                       (struct mail_drafts_of_in){.post = g->who->post.v,
                                                  .boxes = asked->ids,
                                                  .before = asked->after ? asked->after : INT64_MAX,
                                                  .most = ON_A_PAGE + 1},
                       &rows));
    bool has_more = rows.n > ON_A_PAGE;
    rows.n = has_more ? ON_A_PAGE : rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        const struct mail_drafts_of_row *r = &rows.at[i];
        struct mail_row_view row = {.link = link_record(g->arena, S("/mail/draft/"), r->id.v, S("")),
                                    .subject = r->subject,
                                    .sender = r->box_name,
                                    .excerpt = utf8_cut(r->fault.len ? r->fault : r->text, 120),
                                    .due_words = is(r->state, "queued") ? S("Chờ gửi") : S(""),
                                    .last_at = r->changed_at,
                                    .is_late = r->fault.len > 0,
                                    .is_draft = true};
        LIST_ADD(g->arena, &v->rows, row);
    }
    if (rows.n) {
        pages_fill(g, asked, has_more, 0, rows.at[rows.n - 1].id.v, v);
    }
    return OK;
}

/* ---- Searching: words, and "từ:", "đến:", "có tệp", "trước:", each up to the next. */
struct sought {
    struct buf words, from, to, before;
    bool has_files;
};

static struct buf *part_of(struct sought *s, struct str word, struct str *rest) {
    static const char *const names[] = {"từ:", "đến:", "trước:"};
    struct buf *const parts[] = {&s->from, &s->to, &s->before};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (str_starts(word, str_of(names[i]))) {
            *rest = str_slice(word, strlen(names[i]), word.len);
            return parts[i];
        }
    }
    return NULL;
}

static void put_word(struct buf *b, struct str word) {
    if (word.len) {
        buf_printf(b, "%s%.*s", b->len ? " " : "", STR_ARG(word));
    }
}

static void sought_read(struct arena *a, struct str q, struct sought *s) {
    struct str rest = utf8_lower(a, q), word, value;
    *s = (struct sought){buf_in(a), buf_in(a), buf_in(a), buf_in(a), false};
    struct buf *at = &s->words;
    while (str_next(&rest, ' ', &word)) {
        struct buf *part = part_of(s, word, &value);
        if (part) {
            at = part;
            put_word(at, value);
        } else if (is(word, "có") && str_starts(rest, S("tệp"))) {
            s->has_files = true;
            str_next(&rest, ' ', &word);
            at = &s->words;
        } else {
            put_word(at, word);
        }
    }
}

static bool holds(struct arena *a, struct str text, struct str part) {
    return !part.len || str_find(utf8_fold(a, text), utf8_fold(a, part), 0) != SIZE_MAX;
}

/* Those of the found in which somebody of that name wrote, or was written to. */
static struct err of_people(struct get *g, const struct sought *s, struct db_ids *ids) {
    struct mail_people_of_rows rows;
    struct str from = buf_str(&s->from), to = buf_str(&s->to);
    size_t n = 0;
    TRY(mail_people_of(g->db, (struct mail_people_of_in){.items = *ids}, &rows));
    int64_t *left = arena_take(g->arena, int64_t, ids->n + 1);
    for (size_t i = 0; i < ids->n; i++) {
        bool is_from = !from.len, is_to = !to.len;
        for (size_t k = 0; k < rows.n; k++) {
            if (rows.at[k].item.v != ids->at[i]) {
                continue;
            }
            is_from =
                is_from || holds(g->arena, rows.at[k].from_name, from) || holds(g->arena, rows.at[k].from_note, from);
            is_to = is_to || (!is(rows.at[k].role, "from") && holds(g->arena, rows.at[k].name, to));
        }
        if (is_from && is_to) {
            left[n++] = ids->at[i];
        }
    }
    *ids = (struct db_ids){left, n};
    return OK;
}

static struct err found(struct get *g, const struct sought *s, struct db_ids *ids) {
    struct str kinds[] = {S("mail")};
    struct buf all = buf_in(g->arena);
    put_word(&all, buf_str(&s->words));
    put_word(&all, buf_str(&s->from));
    put_word(&all, buf_str(&s->to));
    struct search_query q = {.text = buf_str(&all), .kinds = {kinds, 1}, .limit = FOUND_MOST, .is_strict = true};
    struct search_result result;
    *ids = (struct db_ids){0};
    TRY(search_as(g->db, g->who->post.v, &q, &result));
    int64_t *at = arena_take(g->arena, int64_t, result.hits.n + 1);
    for (size_t i = 0; i < result.hits.n; i++) {
        at[i] = result.hits.at[i].record;
    }
    *ids = (struct db_ids){at, result.hits.n};
    return s->from.len || s->to.len ? of_people(g, s, ids) : OK;
}

static struct err search(struct get *g, const struct asked *asked, struct mail_list_view *v) {
    struct sought s;
    struct date day = {0};
    struct mail_items_by_recent_in in = {0};
    sought_read(g->arena, asked->q, &s);
    v->is_searched = true;
    if (s.before.len && !date_read_vi(buf_str(&s.before), &day)) {
        v->search_fault = S("Ngày sau “trước:” viết như 01/12/2026.");
        return OK;
    }
    in.before_at = day.year ? date_start(day) : (struct instant){0};
    in.only_files = s.has_files;
    if (s.words.len || s.from.len || s.to.len) {
        in.only_some = 1;
        TRY(found(g, &s, &in.some));
    }
    return by_recent(g, asked, in, 0, v);
}

/* ---- Tabs */

struct tab_of {
    const char *code;
    struct str label;
    int64_t n;
    bool is_counted, is_hot;
};

static void tabs_put(struct get *g, const struct asked *asked, const struct tab_of *all, struct mail_list_view *v) {
    v->tabs.at = arena_take(g->arena, struct tab, 10);
    for (const struct tab_of *t = all; t->code; t++) {
        v->tabs.at[v->tabs.n++] = (struct tab){
            .label = t->label,
            .link = link_local(g->arena, "/mail?box=%.*s&tab=%s", STR_ARG(box_word(g->arena, asked)), t->code),
            .count = t->n,
            .is_current = !v->is_searched && is(asked->tab, t->code),
            .is_counted = t->is_counted && t->n > 0,
            .is_hot = t->is_hot && t->n > 0};
    }
}

struct sums {
    int64_t open, mine, free_n, unread, late, waiting, snoozed;
};

static void sums_add(struct sums *s, const struct mail_counts_row *r) {
    if (is(r->state, "open")) {
        s->open += r->n;
        s->mine += r->mine_n;
        *(r->is_shared ? &s->free_n : &s->unread) += r->is_shared ? r->free_n : r->unread_n;
        s->late += r->late_n;
    } else if (is(r->state, "waiting")) {
        s->waiting += r->n;
    } else if (is(r->state, "snoozed")) {
        s->snoozed += r->n;
    }
}

static struct err tabs_fill(struct get *g, const struct asked *asked, struct mail_list_view *v) {
    struct mail_counts_rows rows;
    struct sums n = {0};
    TRY(mail_counts(g->db, (struct mail_counts_in){.boxes = asked->ids, .post = g->who->post.v, .now_at = clock_now()},
                    &rows));
    for (size_t i = 0; i < rows.n; i++) {
        sums_add(&n, &rows.at[i]);
    }
    const struct tab_of shared[] = {{"open", S("Chờ xử lý"), n.open, true, n.late > 0},
                                    {"mine", S("Của tôi"), n.mine, true, false},
                                    {"waiting", S("Chờ trả lời"), n.waiting, true, false},
                                    {"snoozed", S("Hẹn lại"), n.snoozed, true, false},
                                    {"done", S("Xong"), 0, false, false},
                                    {"draft", S("Nháp"), 0, false, false},
                                    {0}};
    const struct tab_of own[] = {
        {"open", S("Thư đến"), n.open, true, false}, {"unread", S("Chưa đọc"), n.unread, true, false},
        {"star", S("Gắn sao"), 0, false, false},     {"snoozed", S("Hẹn lại"), n.snoozed, true, false},
        {"sent", S("Đã gửi"), 0, false, false},      {"draft", S("Nháp"), 0, false, false},
        {"done", S("Đã xong"), 0, false, false},     {0}};
    const struct tab_of every[] = {{"open", S("Chờ xử lý"), n.open, true, false},
                                   {"mine", S("Của tôi"), n.mine, true, false},
                                   {"free", S("Chưa ai nhận"), n.free_n, true, false},
                                   {"unread", S("Chưa đọc"), n.unread, true, false},
                                   {"late", S("Quá giờ"), n.late, true, true},
                                   {"draft", S("Nháp"), 0, false, false},
                                   {0}};
    tabs_put(g, asked, !asked->box && asked->boxes.n ? every : asked->is_shared ? shared : own, v);
    return OK;
}

static void boxes_fill(struct get *g, const struct asked *asked, struct mail_list_view *v) {
    v->title = asked->boxes.n ? S("Tất cả hộp thư") : S("Hộp thư của tôi");
    for (size_t i = 0; i < asked->boxes.n; i++) {
        const struct mail_boxes_of_post_row *b = &asked->boxes.at[i];
        struct str name = b->owner == g->who->post.v ? S("Hộp thư của tôi") : b->name;
        struct mail_choice_view choice = {.link = link_local(g->arena, "/mail?box=%lld", (long long)b->id.v),
                                          .name = name,
                                          .is_current = b->id.v == asked->box,
                                          .is_shared = b->is_shared};
        v->title = choice.is_current ? name : v->title;
        LIST_ADD(g->arena, &v->boxes, choice);
    }
    if (asked->boxes.n > 1) {
        LIST_ADD(g->arena, &v->boxes,
                 (struct mail_choice_view){.link = link_local(g->arena, "/mail?box=all"),
                                           .name = S("Tất cả hộp thư"),
                                           .is_current = !asked->box});
    }
}

struct err mail_list_fill(struct get *g, const struct mail_item_by_id_row *item, struct mail_list_view *v) {
    struct asked asked = {0};
    int64_t current = item ? item->id.v : 0;
    TRY(asked_read(g, item, &asked));
    v->box = box_word(g->arena, &asked);
    v->box_id = asked.box;
    v->is_shared = asked.is_shared;
    v->tab = asked.tab;
    v->q = asked.q;
    v->clear = link_local(g->arena, "/mail?box=%.*s", STR_ARG(v->box));
    boxes_fill(g, &asked, v);
    v->is_searched = asked.q.len > 0;
    TRY(tabs_fill(g, &asked, v));
    if (!asked.boxes.n) {
        return OK;
    }
    if (asked.q.len) {
        return search(g, &asked, v);
    }
    if (is(asked.tab, "draft")) {
        return drafts(g, &asked, v);
    }
    if (is(asked.tab, "star") || is(asked.tab, "sent")) {
        struct mail_items_by_recent_in in = {.only_star = is(asked.tab, "star"), .only_mine = is(asked.tab, "sent")};
        return by_recent(g, &asked, in, current, v);
    }
    return by_place(g, &asked, current, v);
}
