/* One's own boards: made, changed, shared, taken away. */
#include "base/arena.h"
#include "kernel/db/db.h"
#include "kernel/page/form.h"
#include "kernel/rights/access.h"
#include "modules/board/board_own.h"
#include "modules/board/board_pages.h"
#include "modules/board/board_pages_gen.h"
#include "modules/chart/chart_link.h"

#include "base/banned.h"

static const struct choice directions[] = {
    {S_INIT("up"), S_INIT("Lên")}, {S_INIT("down"), S_INIT("Xuống")}, {{0}, {0}}};
const struct field board_none_fields[] = {{0}};
const struct field board_new_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("title"), .label = S_INIT("Tên bảng"), .is_required = true, .most = 80},
    {.kind = FIELD_LINE, .name = S_INIT("copy"), .label = S_INIT("Bắt đầu từ"), .most = 40},
    {0},
};
const struct field board_change_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("title"), .label = S_INIT("Tên bảng"), .is_required = true, .most = 80},
    {.kind = FIELD_FLAG,
     .name = S_INIT("is_shared"),
     .label = S_INIT("Cả đơn vị tôi cùng xem, theo quyền của mỗi người")},
    FORM_VERSION,
    {0},
};
const struct field board_card_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("metric"), .label = S_INIT("Chỉ số"), .is_required = true, .most = 40},
    {.kind = FIELD_LINE, .name = S_INIT("kind"), .label = S_INIT("Cách vẽ"), .is_required = true, .most = 20},
    {0},
};
const struct field board_order_fields[] = {
    {.kind = FIELD_ID, .name = S_INIT("card"), .label = S_INIT("Thẻ"), .is_required = true},
    {.kind = FIELD_CHOICE, .name = S_INIT("to"), .label = S_INIT("Xếp"), .is_required = true, .choices = directions},
    {0},
};
const struct field board_removal_fields[] = {
    {.kind = FIELD_ID, .name = S_INIT("card"), .label = S_INIT("Thẻ"), .is_required = true},
    {0},
};

struct err board_new_get(struct get *g) {
    struct board_new_view v = {.form = form_begin(g->arena, board_new_fields, g->form)};
    struct board_ready ready;
    struct str chosen = form_text(v.form, "copy");
    for (size_t i = 0; board_ready_at(i, &ready); i++) {
        LIST_ADD(g->arena, &v.copies, (struct board_option){ready.code, ready.title, str_eq(ready.code, chosen)});
    }
    return answer_board_new(g, &v);
}

struct err board_new_post(struct post *p) {
    int64_t id;
    struct str copy = form_text(p->form, "copy");
    TRY(board_make_own(p->db, p->who, form_text(p->form, "title"), copy, &id));
    return see_other(p, "/board/%lld/edit", (long long)id);
}

static void options_fill(struct get *g, struct board_edit_view *v) {
    struct board_metrics all;
    struct arena *a = g->arena;
    struct str metric = form_text(v->card, "metric"), kind = form_text(v->card, "kind");
    board_metrics(a, g->app, &all);
    for (size_t i = 0; i < all.n; i++) {
        LIST_ADD(a, &v->metrics,
                 (struct board_option){
                     all.at[i].m->code,
                     str_format(a, "%.*s: %.*s", STR_ARG(all.at[i].of->title), STR_ARG(all.at[i].m->title)),
                     str_eq(all.at[i].m->code, metric)});
    }
    for (enum board_kind k = BOARD_NUMBER; k <= BOARD_MAP; k++) {
        LIST_ADD(a, &v->kinds,
                 (struct board_option){board_drawn_code(k), board_drawn_name(k), str_eq(board_drawn_code(k), kind)});
    }
}

static bool is_typed(const struct get *g, const char *name) {
    for (size_t i = 0; g->form && i < g->form->values.n; i++) {
        if (str_eq(g->form->values.at[i].field->name, str_of(name))) {
            return true;
        }
    }
    return false;
}

struct err board_edit_get(struct get *g) {
    struct board_set set;
    struct arena *a = g->arena;
    int64_t id;
    TRY(path_id(g->request, S("id"), &id));
    TRY(board_own_read(g->db, g->who, id, &set));
    if (!set.is_mine) {
        return FAIL(ERR_DENIED, "only its maker changes a board");
    }
    struct board_edit_view v = {.id = id, .title = set.title, .unit_name = g->who->unit_name};
    v.form = form_begin_at(a, board_change_fields, is_typed(g, "title") ? g->form : NULL, set.version);
    v.card = form_begin(a, board_card_fields, is_typed(g, "metric") ? g->form : NULL);
    form_set(v.form, "title", set.title);
    form_set(v.form, "is_shared", set.unit ? S("1") : S(""));
    options_fill(g, &v);
    for (size_t i = 0; i < set.items.n; i++) {
        struct board_metric m;
        bool is_there = board_metric_find(g->app, set.items.at[i].metric, &m);
        LIST_ADD(a, &v.cards,
                 (struct board_edit_card){.id = set.items.at[i].id,
                                          .title = is_there ? m.m->title : set.items.at[i].metric,
                                          .kind = board_drawn_name(set.items.at[i].kind),
                                          .is_first = i == 0,
                                          .is_last = i + 1 == set.items.n});
    }
    return answer_board_edit(g, &v);
}

struct err board_change_post(struct post *p) {
    int64_t id;
    TRY(path_id(p->request, S("id"), &id));
    TRY(board_change_own(p->db, p->who,
                         &(struct board_set){.id = id,
                                             .title = form_text(p->form, "title"),
                                             .unit = form_flag(p->form, "is_shared") ? p->who->unit.v : 0,
                                             .version = form_version(p->form)}));
    flash(p, "Đã ghi.");
    return see_other(p, "/board/%lld", (long long)id);
}

struct err board_card_post(struct post *p) {
    int64_t id;
    struct board_metric m;
    enum board_kind kind = board_drawn_read(form_text(p->form, "kind"));
    TRY(path_id(p->request, S("id"), &id));
    TRY(access_require(db_reading(p->db), id, p->who->post.v, CAN_READ));
    if (!board_metric_find(p->app, form_text(p->form, "metric"), &m)) {
        form_fault(p->form, "metric", "Không có chỉ số này. Chọn trong danh sách.");
    }
    if (!kind) {
        form_fault(p->form, "kind", "Không có cách vẽ này. Chọn trong danh sách.");
    }
    TRY(form_check(p->form));
    TRY(board_card_add(p->db, p->who, id, m.m->code, kind));
    flash(p, "Đã thêm thẻ.");
    return see_other(p, "/board/%lld/edit", (long long)id);
}

struct err board_order_post(struct post *p) {
    int64_t id;
    TRY(path_id(p->request, S("id"), &id));
    TRY(board_card_move(p->db, p->who, id, form_id(p->form, "card"), str_eq(form_text(p->form, "to"), S("up"))));
    return see_other(p, "/board/%lld/edit", (long long)id);
}

struct err board_removal_post(struct post *p) {
    int64_t id;
    TRY(path_id(p->request, S("id"), &id));
    TRY(board_card_drop(p->db, p->who, id, form_id(p->form, "card")));
    flash(p, "Đã bỏ thẻ.");
    return see_other(p, "/board/%lld/edit", (long long)id);
}

struct err board_ending_post(struct post *p) {
    int64_t id;
    TRY(path_id(p->request, S("id"), &id));
    TRY(board_drop_own(p->db, p->who, id));
    flash(p, "Đã xóa bảng.");
    return see_other(p, "/board");
}
