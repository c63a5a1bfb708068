/* Events that a listener failed on too often: what they were, why, and giving them to it again. */
#include "kernel/rights/audit.h"
#include "kernel/queue/event.h"
#include "kernel/queue/event_queries.h"
#include "kernel/db/id.h"
#include "modules/admin/admin_pages.h"
#include "modules/admin/admin_pages_gen.h"

enum { ON_A_PAGE = 50 };

const struct field admin_events_fields[] = {
    {.kind = FIELD_ID, .name = S_INIT("before"), .label = S_INIT("Trước")},
    {0},
};

struct err admin_events_get(struct get *g) {
    struct admin_events v = {0};
    struct event_parked_list_rows rows;
    int64_t before = 0;
    if (!id_read(query_param(g->request, S("before")), &before)) {
        before = INT64_MAX;
    }
    TRY(event_parked_list(g->db, (struct event_parked_list_in){.before = before, .most = ON_A_PAGE}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct event_parked_list_row *e = &rows.at[i];
        LIST_ADD(g->arena, &v.events,
                 (struct admin_event){.id = e->id.v,
                                      .record = e->record,
                                      .what = module_verb_words(g->app, e->kind),
                                      .listener = e->listener,
                                      .fault = e->fault,
                                      .parked_at = e->parked_at,
                                      .is_again = e->is_again});
    }
    if (rows.n == ON_A_PAGE) {
        v.older = link_local(g->arena, "/admin/event?before=%lld", (long long)rows.at[rows.n - 1].id.v);
    }
    return answer_admin_events(g, &v);
}

struct err admin_event_again_post(struct post *p) {
    int64_t id;
    TRY(path_id(p->request, S("id"), &id));
    TRY(event_retry(p->db, id));
    TRY(audit_note(p->db, &(struct audit){.verb = S("event.again"), .record = id}));
    flash(p, "Đã gửi lại. Tin còn ở đây nếu lại hỏng.");
    return see_other(p, "/admin/event");
}
