/* What is known of a work: its data, wordings and files, what looks wrong, and the notes and collections of the reader.
 */
#include "modules/law/law_collect.h"
#include "modules/law/law_keep.h"
#include "modules/law/law_pages.h"
#include "modules/law/law_pages_gen.h"

#include "base/arena.h"

static void fact(struct get *g, struct law_facts_view *v, struct str label, struct str value) {
    if (value.len) {
        LIST_ADD(g->arena, &v->facts, (struct law_fact_view){.label = label, .value = value});
    }
}

static struct str day(struct arena *a, struct date d) { return d.year ? date_vi(a, d) : S(""); }

static void facts_fill(struct get *g, const struct law_reading *r, struct law_facts_view *v) {
    const struct law_read_work_row *w = r->work;
    fact(g, v, S("Loại"), law_type_name(w->type));
    fact(g, v, S("Số, ký hiệu"), w->code);
    fact(g, v, S("Trích yếu"), w->title);
    fact(g, v, S("Cơ quan ban hành"), w->issuer);
    fact(g, v, S("Hệ thống"), law_family_name(w->family));
    fact(g, v, S("Người ký"), w->signer);
    fact(g, v, S("Chức vụ"), w->signer_post);
    fact(g, v, S("Ngày ban hành"), day(g->arena, w->issued_on));
    fact(g, v, S("Ngày có hiệu lực"), w->effective_on.year ? date_vi(g->arena, w->effective_on) : S("không rõ"));
    fact(g, v, S("Ngày hết hiệu lực"), day(g->arena, v->head.expired_on));
    fact(g, v, S("Công báo"), w->gazette);
    fact(g, v, S("Nguồn"), w->source);
    fact(g, v, S("Địa chỉ bền"), w->uri);
}

static struct str kind_words(struct str kind) {
    return str_eq(kind, S("original"))   ? S("Lời văn ban hành")
           : str_eq(kind, S("vbhn"))     ? S("Văn bản hợp nhất")
           : str_eq(kind, S("computed")) ? S("Bản đọc, không có giá trị pháp lý")
                                         : S("Bản dịch tham khảo");
}

static void wordings_fill(struct get *g, const struct law_reading *r, struct law_facts_view *v) {
    for (size_t i = 0; i < r->expressions.n; i++) {
        const struct law_read_expressions_row *e = &r->expressions.at[i];
        struct law_fact_view x = {.label = kind_words(e->kind),
                                  .value = e->code.len ? e->code : day(g->arena, e->dated_on)};
        long long id = (long long)r->work->id.v;
        x.link = str_eq(e->kind, S("vbhn")) ? link_local(g->arena, "/law/%lld?view=%lld", id, (long long)e->id.v)
                 : str_eq(e->kind, S("translation")) ? link_local(g->arena, "/law/%lld?lang=en", id)
                 : str_eq(e->kind, S("original"))    ? link_local(g->arena, "/law/%lld?view=enacted", id)
                                                     : link_local(g->arena, "/law/%lld", id);
        LIST_ADD(g->arena, &v->wordings, x);
    }
}

static struct err lists_fill(struct get *g, const struct law_reading *r, struct law_facts_view *v) {
    struct law_read_topics_rows topics;
    struct law_read_flags_rows flags;
    TRY(law_read_topics(g->db, (struct law_read_topics_in){.work = r->work->id}, &topics));
    for (size_t i = 0; i < topics.n; i++) {
        LIST_ADD(g->arena, &v->topics,
                 (struct law_fact_view){.label = law_topic_name(topics.at[i].topic),
                                        .link = link_local(g->arena, "/law?topic=%.*s",
                                                           STR_ARG(law_escaped(g->arena, topics.at[i].topic)))});
    }
    TRY(law_read_flags(g->db, (struct law_read_flags_in){.work = r->work->id}, &flags));
    for (size_t i = 0; i < flags.n; i++) {
        struct str eid = flags.at[i].eid;
        LIST_ADD(g->arena, &v->flags,
                 (struct law_fact_view){.label = flags.at[i].words,
                                        .value = law_place_words(g->arena, eid),
                                        .link = law_link(g->arena, r->work->id.v, eid, (struct date){0})});
    }
    TRY(law_notes_fill(g, r->work->id, 0, &v->notes));
    return law_collections_fill(g, r->work->id, 0, &v->collections);
}

struct err law_facts_get(struct get *g) {
    int64_t id;
    struct law_reading r;
    struct law_facts_view v = {0};
    TRY(path_id(g->request, S("id"), &id));
    TRY(law_reading_begin(g, (struct law_work_id){id}, &r));
    TRY(law_head_fill(g, &r, "/facts", &v.head));
    facts_fill(g, &r, &v);
    wordings_fill(g, &r, &v);
    TRY(lists_fill(g, &r, &v));
    v.note = law_note_form(g, S(""));
    return answer_law_facts(g, &v);
}
