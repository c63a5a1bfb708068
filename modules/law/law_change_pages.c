/* Duyệt thay đổi: what the rules read in amending acts, with its words, the place before and after, and a decision. */
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/page/form.h"
#include "kernel/http/http.h"
#include "modules/law/law_change.h"
#include "modules/law/law_change_pages_queries.h"
#include "modules/law/law_guard_file.h"
#include "modules/law/law_pages.h"
#include "modules/law/law_pages_gen.h"

enum { PAGE = 40 };

const struct field law_decision_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("what"), .label = S_INIT("Quyết định"), .is_required = true, .most = 10},
    {.kind = FIELD_LINE,
     .name = S_INIT("place"),
     .label = S_INIT("Điều, khoản, điểm bị tác động"),
     .hint = S_INIT("Ví dụ: Điều 5 khoản 2 điểm đ; để trống là toàn bộ văn bản.")},
    {.kind = FIELD_DATE, .name = S_INIT("on"), .label = S_INIT("Có hiệu lực từ ngày")},
    {.kind = FIELD_LINE, .name = S_INIT("why"), .label = S_INIT("Ghi chú"), .most = 500},
    FORM_VERSION,
    {0},
};
const struct field law_change_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("state"), .label = S_INIT("Trạng thái"), .most = 10},
    {.kind = FIELD_LINE, .name = S_INIT("after"), .label = S_INIT("Sau"), .most = 20},
    {0},
};

static struct str state_name(struct str state) {
    return str_eq(state, S("auto"))       ? S("Tự áp dụng")
           : str_eq(state, S("verified")) ? S("Đã duyệt")
           : str_eq(state, S("rejected")) ? S("Đã bác")
                                          : S("Chờ duyệt");
}

#define ITEM_OF(a_, e_)                                                                                                \
    ((struct law_change_item){                                                                                         \
        .id = (e_)->id,                                                                                                \
        .op_name = law_op_words((e_)->op),                                                                             \
        .place = (e_)->target_eid.len ? law_place_words((a_), (e_)->target_eid) : S("toàn bộ văn bản"),                \
        .target_name = (e_)->target_code,                                                                              \
        .acting_name = law_name((a_), (e_)->type, (e_)->code, (e_)->short_title, (e_)->title, (e_)->issued_on),        \
        .why = (e_)->why,                                                                                              \
        .state = (e_)->state,                                                                                          \
        .state_name = state_name((e_)->state),                                                                         \
        .tone = str_eq((e_)->state, S("review"))     ? S("gold")                                                       \
                : str_eq((e_)->state, S("rejected")) ? S("red")                                                        \
                                                     : S("green"),                                                     \
        .on = (e_)->effective_on})

struct err law_change_index_get(struct get *g) {
    struct law_change_index_view v = {.state = law_query(g, "state")};
    struct law_change_page_rows rows;
    int64_t after = 0;
    bool is_known = str_eq(v.state, S("auto")) || str_eq(v.state, S("verified")) || str_eq(v.state, S("rejected"));
    v.state = is_known ? v.state : S("review");
    err_ignore(id_read(law_query(g, "after"), &after) ? OK : FAIL(ERR_INVALID, "no key"));
    TRY(law_change_page(g->db, (struct law_change_page_in){.state = v.state, .after = after, .most = PAGE}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        *LIST_PUSH(g->arena, &v.items) = ITEM_OF(g->arena, &rows.at[i]);
    }
    if (rows.n == PAGE) {
        v.pages.older = link_local(g->arena, "/law/change?state=%.*s&after=%lld", STR_ARG(v.state),
                                   (long long)rows.at[rows.n - 1].id.v);
    }
    return answer_law_change_index(g, &v);
}

static struct str words_of(struct get *g, struct law_work_id work, struct str eid, struct date on) {
    struct law_wordings all;
    struct buf b = buf_in(g->arena);
    if (!eid.len || !on.year || law_wordings(g->db, work, eid, on, &all).why) {
        return S("");
    }
    for (size_t i = 0; i < all.n && b.len < 20000; i++) {
        buf_printf(&b, "%s%.*s%s%.*s", b.len ? "\n" : "", STR_ARG(all.at[i].heading), all.at[i].heading.len ? "\n" : "",
                   STR_ARG(all.at[i].text));
    }
    return buf_str(&b);
}

static void form_fill(struct get *g, struct law_change_show_view *v, const struct law_change_one_row *e) {
    v->form = form_begin_at(g->arena, law_decision_fields, g->form, e->version);
    form_set(v->form, "place", e->target_eid.len ? law_eid_words(g->arena, e->target_eid) : S(""));
    form_set_date(v->form, "on", v->item.on);
}

struct err law_change_show_get(struct get *g) {
    struct law_change_one_row *e;
    struct law_event_id id;
    TRY(path_id(g->request, S("event"), &id.v));
    TRY(law_change_one(g->db, (struct law_change_one_in){.id = id}, &e));
    if (!e) {
        return FAIL(ERR_MISSING, "no such event");
    }
    struct law_change_show_view v = {.item = ITEM_OF(g->arena, e),
                                     .evidence = e->evidence,
                                     .new_text = e->new_text,
                                     .heading = e->heading,
                                     .acting_link =
                                         law_link(g->arena, e->acting_work.v, e->acting_eid, (struct date){0}),
                                     .has_target = e->target_work.v != 0,
                                     .may_accept = !str_eq(e->state, S("verified")) && e->target_work.v != 0,
                                     .may_reject = !str_eq(e->state, S("rejected")),
                                     .may_undo = !str_eq(e->state, S("review"))};
    if (v.has_target) {
        v.target_link = law_link(g->arena, e->target_work.v, e->target_eid, e->effective_on);
        v.before = words_of(g, e->target_work, e->target_eid,
                            e->effective_on.year ? date_plus(e->effective_on, -1) : clock_today());
        v.after = e->is_applied ? words_of(g, e->target_work, e->target_eid, e->effective_on) : e->new_text;
    }
    form_fill(g, &v, e);
    return answer_law_change_show(g, &v);
}

struct err law_change_post(struct post *p) {
    struct law_decision d = {
        .on = form_date(p->form, "on"), .why = form_text(p->form, "why"), .version = form_version(p->form)};
    struct str what = form_text(p->form, "what"), place = form_text(p->form, "place");
    TRY(path_id(p->request, S("event"), &d.event.v));
    d.what = str_eq(what, S("accept")) ? LAW_ACCEPT : str_eq(what, S("reject")) ? LAW_REJECT : LAW_UNDO;
    d.eid = place.len ? law_eid_of_words(p->arena, place) : S("");
    d.is_corrected = d.what == LAW_ACCEPT;
    if (d.is_corrected && place.len && !d.eid.len) {
        form_fault(p->form, "place", "Không hiểu “%.*s”. Ghi như: Điều 5 khoản 2 điểm đ.", STR_ARG(place));
    }
    if (d.is_corrected && !d.on.year) {
        form_fault(p->form, "on", "Cần ngày có hiệu lực để áp dụng.");
    }
    TRY(form_check(p->form));
    TRY(law_change_decide(p->db, &d));
    flash(p, d.what == LAW_ACCEPT ? "Đã duyệt." : d.what == LAW_REJECT ? "Đã bác." : "Đã hoàn tác, chờ xem lại.");
    return see_other(p, "/law/change/%lld", (long long)d.event.v);
}
