/* Who has read and who has answered: counts that open their rows, the map of the communes, the list as a file. */
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/out/sheet.h"
#include "modules/outgoing/outgoing_pages.h"
#include "modules/outgoing/outgoing_pages_gen.h"
#include "modules/place/place.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

static const char *const states[] = {"unsent", "unread", "read", "answered"};
enum { STATES = sizeof states / sizeof *states };

static struct instant last_of(const struct outgoing_deliveries_row *r) {
    return r->answered_at.ms ? r->answered_at : r->read_at.ms ? r->read_at : r->sent_at;
}

/* ---- The map: a colour a state, and what is not among the receivers hatched as nothing. */
static struct err map_fill(struct get *g, struct outgoing_doc_id id, struct outgoing_receivers_view *v) {
    struct outgoing_deliveries_rows all;
    const struct place_index *index = place_open(g->arena);
    struct place_communes communes = place_communes(index);
    int *marks = arena_take(g->arena, int, communes.n);
    static const struct str words[] = {S_INIT("chưa đọc"), S_INIT("đã đọc"), S_INIT("đã trả lời"), S_INIT("")};
    TRY(outgoing_deliveries(g->db, (struct outgoing_deliveries_in){.doc = id, .state = S(""), .place = S("")}, &all));
    for (size_t i = 0; i < all.n; i++) {
        const struct place_commune *c = all.at[i].place.len ? place_commune(index, all.at[i].place) : NULL;
        if (c) {
            marks[c - communes.at] = is(all.at[i].state, "answered") ? 3 : is(all.at[i].state, "read") ? 2 : 1;
            v->has_map = true;
        }
    }
    if (v->has_map) {
        v->map = place_map_marked(
            index, g->arena,
            &(struct place_marks){.at = marks,
                                  .n = communes.n,
                                  .words = words,
                                  .none = S("không gửi"),
                                  .title = S("Tình trạng các xã, phường, đặc khu"),
                                  .path = str_format(g->arena, "/outgoing/%lld/receivers?place=", (long long)id.v)});
    }
    return OK;
}

/* ---- Counts and rows */

static struct err counts_fill(struct get *g, struct outgoing_doc_id id, struct str state,
                              struct outgoing_receivers_view *v) {
    struct outgoing_delivery_counts_rows counts;
    int64_t *const of[STATES] = {&v->unsent, &v->unread, &v->read, &v->answered};
    TRY(outgoing_delivery_counts(g->db, (struct outgoing_delivery_counts_in){id}, &counts));
    for (size_t i = 0; i < counts.n; i++) {
        v->all += counts.at[i].n;
        for (size_t k = 0; k < STATES; k++) {
            *of[k] += is(counts.at[i].state, states[k]) ? counts.at[i].n : 0;
        }
    }
    v->open = v->all - v->answered;
    v->answered_percent = str_format(g->arena, "%lld", (long long)(v->all ? v->answered * 100 / v->all : 0));
    v->tabs.at = arena_take(g->arena, struct tab, STATES + 1);
    v->tabs.at[v->tabs.n++] = (struct tab){.label = S("Tất cả"),
                                           .link = link_local(g->arena, "/outgoing/%lld/receivers", (long long)id.v),
                                           .count = v->all,
                                           .is_counted = true,
                                           .is_current = !state.len && !v->place.len};
    for (size_t k = STATES; k-- > 0;) {
        if (*of[k] || is(state, states[k])) {
            v->tabs.at[v->tabs.n++] = (struct tab){
                .label = outgoing_way_name(str_of(states[k])),
                .link = link_local(g->arena, "/outgoing/%lld/receivers?state=%s", (long long)id.v, states[k]),
                .count = *of[k],
                .is_counted = true,
                .is_current = is(state, states[k])};
        }
    }
    return OK;
}

static void files_of(struct get *g, struct outgoing_doc_id id, const struct outgoing_files_of_rows *files,
                     struct outgoing_receiver_view *r) {
    for (size_t i = 0; i < files->n; i++) {
        const struct outgoing_files_of_row *f = &files->at[i];
        if (f->delivery == r->id) {
            LIST_ADD(g->arena, &r->files,
                     (struct file_chip){
                         .name = f->name,
                         .link = link_local(g->arena, "/outgoing/%lld/file/%lld", (long long)id.v, (long long)f->id.v),
                         .size = f->size});
        }
    }
}

static struct err rows_fill(struct get *g, const struct outgoing_by_id_row *doc, struct str state, bool may_manage,
                            struct outgoing_receivers_view *v) {
    struct outgoing_deliveries_rows rows;
    struct outgoing_files_of_rows files;
    TRY(outgoing_deliveries(g->db, (struct outgoing_deliveries_in){.doc = doc->id, .state = state, .place = v->place},
                            &rows));
    TRY(outgoing_files_of(g->db, (struct outgoing_files_of_in){doc->id}, &files));
    for (size_t i = 0; i < rows.n; i++) {
        const struct outgoing_deliveries_row *r = &rows.at[i];
        bool is_outside = is(r->kind, "outside"), is_answered = is(r->state, "answered");
        struct outgoing_receiver_view line = {.id = r->id.v,
                                              .name = r->name,
                                              .state = r->state,
                                              .state_name = outgoing_way_name(r->state),
                                              .answer = r->answer,
                                              .by = r->answered_by,
                                              .kind_name = is_outside ? S("ngoài hệ thống") : S(""),
                                              .at = last_of(r),
                                              .reminded = is_answered ? 0 : r->reminded,
                                              .is_late = v->is_late && !is_answered,
                                              .may_send = may_manage && is_outside && is(r->state, "unsent"),
                                              .may_answer = may_manage && is_outside && !is_answered};
        files_of(g, doc->id, &files, &line);
        LIST_ADD(g->arena, &v->items, line);
    }
    return OK;
}

static struct err find_issued(struct get *g, struct outgoing_by_id_row **doc) {
    struct outgoing_doc_id id;
    TRY(outgoing_of_path(g->request, &id));
    TRY(outgoing_find(g->db, id, g->who, doc));
    return (*doc)->issued_at.ms ? OK : REFUSE(ERR_CONFLICT, "", "Văn bản này chưa phát hành.");
}

static struct outgoing_receivers_view head_of(struct get *g, const struct outgoing_by_id_row *doc) {
    bool is_held = is(doc->state, "issued");
    int64_t days = date_number(doc->reply_on) - date_number(clock_today());
    return (struct outgoing_receivers_view){
        .id = doc->id.v,
        .code = doc->code,
        .subject = doc->subject,
        .state = is_held ? S("") : outgoing_state_name(doc->state),
        .issued_at = doc->issued_at,
        .reply_on = doc->reply_on,
        .place = query_param(g->request, S("place")),
        .is_late = is_held && doc->reply_on.year && days < 0,
        .is_soon = is_held && doc->reply_on.year && days >= 0 && days <= 3,
        .answer = form_begin(g->arena, outgoing_text_fields, outgoing_came_back(g) ? g->form : NULL)};
}

struct err outgoing_receivers_get(struct get *g) {
    struct outgoing_by_id_row *doc;
    struct outgoing_move_view moves = {0};
    bool may_manage;
    TRY(find_issued(g, &doc));
    struct str state = query_param(g->request, S("state"));
    struct outgoing_receivers_view v = head_of(g, doc);
    TRY(access_can(g->db, doc->id.v, g->who->post.v, CAN_MANAGE, &may_manage));
    TRY(outgoing_moves_fill(g, doc, &moves));
    TRY(counts_fill(g, doc->id, state, &v));
    TRY(rows_fill(g, doc, state, may_manage && !v.state.len, &v));
    TRY(map_fill(g, doc->id, &v));
    v.may_remind = moves.may_remind && v.open > 0;
    if (outgoing_came_back(g) && path_param(g->request, S("delivery")).len) {
        TRY(path_id(g->request, S("delivery"), &v.answer_of));
    }
    return answer_outgoing_receivers(g, &v);
}

static const struct sheet_column columns[] = {
    {S_INIT("Nơi nhận"), 44},      {S_INIT("Tình trạng"), 16},     {S_INIT("Gửi lúc"), 18},
    {S_INIT("Đọc lúc"), 18},       {S_INIT("Trả lời lúc"), 18},    {S_INIT("Trả lời"), 60},
    {S_INIT("Người trả lời"), 24}, {S_INIT("Số lần đôn đốc"), 14}, {.width = 0}};

static void row_put(struct sheet *s, const struct outgoing_deliveries_row *r) {
    sheet_text(s, r->name);
    sheet_text(s, outgoing_way_name(r->state));
    sheet_instant(s, r->sent_at);
    sheet_instant(s, r->read_at);
    sheet_instant(s, r->answered_at);
    sheet_text(s, r->answer);
    sheet_text(s, r->answered_by);
    sheet_int(s, r->reminded);
    sheet_row(s);
}

struct err outgoing_receivers_export_get(struct get *g) {
    struct outgoing_by_id_row *doc;
    struct outgoing_deliveries_rows rows;
    struct sheet *s;
    struct str bytes;
    TRY(find_issued(g, &doc));
    TRY(outgoing_deliveries(
        g->db,
        (struct outgoing_deliveries_in){.doc = doc->id, .state = query_param(g->request, S("state")), .place = S("")},
        &rows));
    struct str notes = str_format(g->arena, "%.*s\n%.*s", STR_ARG(doc->code), STR_ARG(doc->subject));
    TRY(sheet_begin(g->arena, SHEET_XLSX, S("Nơi nhận"), notes, columns, &s));
    for (size_t i = 0; i < rows.n; i++) {
        row_put(s, &rows.at[i]);
    }
    TRY(sheet_end(s, &bytes));
    return answer_download(g, sheet_type(SHEET_XLSX), S("noi-nhan.xlsx"), bytes);
}
