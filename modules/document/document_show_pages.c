/* One document: the paper on the left, what people decided on the right. */
#include "kernel/queue/job.h"
#include "modules/document/document_facts.h"
#include "modules/document/document_forms.h"
#include "modules/document/document_pages.h"
#include "modules/document/document_pages_gen.h"

#include "base/buf.h"
#include "base/num.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

static struct link file_link(struct arena *a, struct document_doc_id doc, int64_t file) {
    return link_local(a, "/document/%lld/file/%lld", (long long)doc.v, (long long)file);
}

static void head_fill(struct get *g, struct document_show_view *v, const struct document_by_id_row *d) {
    struct arena *a = g->arena;
    const struct document_type *type = document_type_by_code(d->type);
    struct document_row row = {.due_on = d->due_on, .days = date_number(d->due_on) - date_number(clock_today())};
    bool open = document_is_open(d->state) && d->due_on.year;
    *v = (struct document_show_view){
        .id = d->id.v,
        .subject = d->subject.len ? d->subject : S("(chưa có trích yếu)"),
        .code = d->code,
        .state = d->state,
        .state_name = document_word(document_states, d->state),
        .type_name = type ? type->name : d->type,
        .issuer = d->issuer,
        .priority_name = d->priority ? document_priority_name(d->priority) : S(""),
        .note = d->note,
        .field_name = d->field.len ? document_word(document_fields, d->field) : S(""),
        .lead_name = d->lead_name,
        .signer = d->signer_post.len && d->signer.len
                      ? str_format(a, "%.*s, %.*s", STR_ARG(d->signer_post), STR_ARG(d->signer))
                      : d->signer,
        .void_reason = d->void_reason,
        .arrival_no = d->arrival_no,
        .arrival_on = d->arrival_on,
        .issued_on = d->issued_on,
        .due_on = open ? d->due_on : (struct date){0},
        .due_why = d->due_why,
        .due_words = open ? document_due_words(a, &row) : S(""),
        .is_late = open && row.days < 0,
        .is_soon = open && row.days >= 0 && row.days <= DOCUMENT_SOON_DAYS,
        .duplicate_reason = d->duplicate_reason,
        .duplicate =
            d->duplicate_of.v ? link_local(a, "/document/%lld", (long long)d->duplicate_of.v) : (struct link){{0}}};
}

static void tabs_fill(struct get *g, struct document_show_view *v, size_t related) {
    static const struct {
        const char *code;
        struct str label;
    } all[] = {{"", S_INIT("Xử lý")},
               {"facts", S_INIT("Thông tin")},
               {"related", S_INIT("Liên quan")},
               {"log", S_INIT("Nhật ký")}};
    struct str asked = query_param(g->request, S("tab"));
    v->tab = S("");
    v->tabs.at = arena_take(g->arena, struct tab, 4);
    for (size_t i = 0; i < 4; i++) {
        bool current = is(asked, all[i].code);
        if (current) {
            v->tab = str_of(all[i].code);
        }
        struct link to = i ? link_local(g->arena, "/document/%lld?tab=%s", (long long)v->id, all[i].code)
                           : link_local(g->arena, "/document/%lld", (long long)v->id);
        v->tabs.at[v->tabs.n++] = (struct tab){.label = all[i].label,
                                               .link = to,
                                               .is_current = current,
                                               .count = i == 2 ? (int64_t)related : 0,
                                               .is_counted = i == 2 && related};
    }
    if (!v->tab.len) {
        v->tabs.at[0].is_current = true;
    }
}

static void chips_fill(struct get *g, struct document_step_view *s, int64_t directive,
                       const struct document_line_list_rows *lines) {
    for (size_t i = 0; directive && i < lines->n; i++) {
        const struct document_line_list_row *l = &lines->at[i];
        if (l->directive.v == directive) {
            struct str role = document_word(document_roles, l->role);
            LIST_ADD(g->arena, &s->chips,
                     (struct document_chip){
                         .label = str_format(g->arena, "%.*s: %.*s", STR_ARG(role), STR_ARG(l->target_name)),
                         .is_lead = is(l->role, "lead"),
                         .is_done = is(l->state, "done"),
                         .is_returned = is(l->state, "returned") || is(l->state, "recalled")});
        }
    }
}

/* The thread shows what people decided; looking and reading stand in the journal only. */
static bool is_in_thread(struct str kind) {
    return !is(kind, "read") && !is(kind, "upload") && !is(kind, "seen") && !is(kind, "amend") && !is(kind, "attach");
}

static struct document_step_view step_view(struct get *g, const struct document_show_view *v,
                                           const struct document_step_list_row *s,
                                           const struct document_files_rows *files) {
    struct document_step_view view = {.name = s->by_name,
                                      .post_name = s->by_post_name,
                                      .text = s->text,
                                      .made_at = s->made_at,
                                      .is_system = !s->by_post};
    for (size_t k = 0; s->file && k < files->n; k++) {
        if (files->at[k].id.v == s->file && !is(files->at[k].role, "main")) {
            view.file = file_link(g->arena, (struct document_doc_id){v->id}, s->file);
            view.file_name = files->at[k].name;
        }
    }
    return view;
}

static struct err steps_fill(struct get *g, struct document_show_view *v, const struct document_line_list_rows *lines,
                             const struct document_files_rows *files) {
    struct document_step_list_rows steps;
    bool all = is(v->tab, "log");
    TRY(document_step_list(g->db, (struct document_step_list_in){{v->id}}, &steps));
    for (size_t i = 0; i < steps.n; i++) {
        const struct document_step_list_row *s = &steps.at[i];
        if (!all && !is_in_thread(s->kind)) {
            continue;
        }
        struct document_step_view view = step_view(g, v, s, files);
        if (is(s->kind, "direct")) {
            chips_fill(g, &view, s->directive, lines);
        }
        if (is(s->kind, "direct") && s->directive && !all) {
            struct str rest;
            str_cut(s->text, S("\n"), &view.text, &rest);
        }
        LIST_ADD(g->arena, &v->steps, view);
    }
    return OK;
}

static struct err line_doer(struct get *g, int64_t post, struct str *name) {
    struct org_post p;
    struct err e = post ? org_post(g->db, (struct post_id){post}, &p) : OK;
    if (err_is(e, ERR_MISSING) || !post) {
        return OK;
    }
    TRY(e);
    *name = p.person_name;
    return OK;
}

static struct err line_view(struct get *g, const struct document_by_id_row *d, const struct document_line_list_row *l,
                            bool mine, unsigned bits, struct document_line_view *v) {
    bool informs = is(l->role, "inform"), open = !informs && (is(l->state, "waiting") || is(l->state, "working"));
    bool running = is(d->state, "assigned") || is(d->state, "reported");
    struct document_row row = {.due_on = open ? l->due_on : (struct date){0},
                               .days = date_number(l->due_on) - date_number(clock_today())};
    struct str state = informs && is(l->state, "waiting") ? (l->read_at.ms ? S("Đã xem") : S("Chưa xem"))
                                                          : document_word(document_states, l->state);
    *v = (struct document_line_view){.id = l->id.v,
                                     .role_name = document_word(document_roles, l->role),
                                     .target_name = l->target_name,
                                     .state_name = state,
                                     .report = l->report,
                                     .reason = l->reason,
                                     .due_why = l->due_why,
                                     .due_on = open ? l->due_on : (struct date){0},
                                     .done_on = l->done_on,
                                     .due_words = document_due_words(g->arena, &row),
                                     .is_lead = is(l->role, "lead"),
                                     .is_late = row.due_on.year && row.days < 0,
                                     .is_soon = row.due_on.year && row.days >= 0 && row.days <= DOCUMENT_SOON_DAYS,
                                     .is_working = is(l->state, "working"),
                                     .is_done = is(l->state, "done"),
                                     .is_returned = is(l->state, "returned"),
                                     .is_mine = mine,
                                     .may_accept = mine && open && running && is(l->state, "waiting"),
                                     .may_read = mine && informs && !l->read_at.ms && is(l->state, "waiting"),
                                     .may_report = mine && open && running,
                                     .may_assign = mine && open && running && (g->who->roles & ROLE_HEAD) &&
                                                   is(l->target_kind, "unit") && g->who->unit.v == l->target_unit,
                                     .may_extend = mine && open && running && l->due_on.year,
                                     .may_recall = (bits & CAN_APPROVE) && !is(l->state, "recalled") &&
                                                   !is(l->state, "done") && !is(d->state, "closed") &&
                                                   !is(d->state, "void")};
    return line_doer(g, l->done_by ? l->done_by : l->accepted_by, &v->doer);
}

static struct err lines_fill(struct get *g, struct document_show_view *v, const struct document_by_id_row *d,
                             unsigned bits, const struct document_line_list_rows *lines) {
    struct document_line_mine_rows mine;
    TRY(document_line_mine(g->db, (struct document_line_mine_in){.doc = d->id, .post = g->who->post.v}, &mine));
    for (size_t i = 0; i < lines->n; i++) {
        bool is_mine = false;
        struct document_line_view line;
        if (is(lines->at[i].state, "recalled")) {
            continue;
        }
        for (size_t k = 0; k < mine.n; k++) {
            is_mine = is_mine || mine.at[k].id.v == lines->at[i].id.v;
        }
        TRY(line_view(g, d, &lines->at[i], is_mine, bits, &line));
        LIST_ADD(g->arena, &v->lines, line);
        bool has_act = line.may_report || line.may_accept || line.may_read;
        if (has_act && (!v->mine.id || (line.is_lead && !v->mine.is_lead))) {
            v->mine = line;
        }
    }
    return OK;
}

static struct err extensions_fill(struct get *g, struct document_show_view *v, unsigned bits) {
    struct document_extension_list_rows rows;
    TRY(document_extension_list(g->db, (struct document_extension_list_in){{v->id}}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct document_extension_list_row *x = &rows.at[i];
        bool waits = is(x->state, "waiting");
        struct document_extension_view view = {.id = x->id.v,
                                               .reason = x->reason,
                                               .note = x->note,
                                               .old_due_on = x->old_due_on,
                                               .new_due_on = x->new_due_on,
                                               .state_name = waits                    ? S("Chờ trả lời")
                                                             : is(x->state, "agreed") ? S("Đồng ý")
                                                                                      : S("Không đồng ý"),
                                               .may_answer =
                                                   waits && (bits & CAN_APPROVE) && x->asked_by != g->who->post.v};
        for (size_t k = 0; k < v->lines.n; k++) {
            if (v->lines.at[k].id == x->line.v) {
                view.line_name = v->lines.at[k].target_name;
            }
        }
        LIST_ADD(g->arena, &v->extensions, view);
    }
    return OK;
}

static void fact_add(struct get *g, struct document_show_view *v, const struct document_fact_list_rows *facts,
                     const char *name, struct str label, struct str value) {
    struct document_fact_view fact = {.label = label, .value = value};
    for (size_t i = 0; i < facts->n; i++) {
        const struct document_fact_list_row *x = &facts->at[i];
        if (!is(x->name, name)) {
            continue;
        }
        fact.is_corrected = x->is_corrected;
        fact.from = x->is_corrected ? str_format(g->arena, "Máy đọc “%.*s”, văn thư đã sửa", STR_ARG(x->value))
                                    : str_format(g->arena, "Đọc từ trang %lld, chắc chắn %lld %%", (long long)x->page,
                                                 (long long)x->confidence);
        if (x->page && x->w > 0) {
            fact.crop = link_local(g->arena, "/document/%lld/crop/%lld", (long long)v->id, (long long)x->id.v);
        }
    }
    if (value.len) {
        LIST_ADD(g->arena, &v->facts, fact);
    }
}

static struct err facts_fill(struct get *g, struct document_show_view *v) {
    struct document_fact_list_rows facts;
    struct arena *a = g->arena;
    TRY(document_fact_list(g->db, (struct document_fact_list_in){{v->id}}, &facts));
    fact_add(g, v, &facts, "code", S("Số, ký hiệu"), v->code);
    fact_add(g, v, &facts, "issued_on", S("Ngày văn bản"), v->issued_on.year ? date_vi(a, v->issued_on) : S(""));
    fact_add(g, v, &facts, "type", S("Loại"), v->type_name);
    fact_add(g, v, &facts, "issuer", S("Cơ quan ban hành"), v->issuer);
    fact_add(g, v, &facts, "signer", S("Người ký"), v->signer);
    fact_add(g, v, &facts, "priority", S("Độ khẩn"), v->priority_name.len ? v->priority_name : S("Thường"));
    fact_add(g, v, &facts, "", S("Lĩnh vực"), v->field_name);
    fact_add(g, v, &facts, "", S("Ngày đến"), v->arrival_on.year ? date_vi(a, v->arrival_on) : S(""));
    fact_add(g, v, &facts, "", S("Ghi chú"), v->note);
    return OK;
}

static struct err related_fill(struct get *g, struct document_show_view *v, const struct document_by_id_row *d) {
    struct document_related_rows rows = {0};
    if (d->issuer.len) {
        TRY(document_related(
            g->db,
            (struct document_related_in){
                .organ = d->organ, .issuer = d->issuer, .id = d->id, .post = g->who->post.v, .today = clock_today()},
            &rows));
    }
    for (size_t i = 0; i < rows.n; i++) {
        const struct document_related_row *r = &rows.at[i];
        LIST_ADD(g->arena, &v->related,
                 (struct document_related_view){.link = link_local(g->arena, "/document/%lld", (long long)r->id.v),
                                                .subject = r->subject,
                                                .code = r->code,
                                                .state_name = document_word(document_states, r->state),
                                                .arrival_no = r->arrival_no,
                                                .arrival_on = r->arrival_on});
    }
    return OK;
}

static struct err files_fill(struct get *g, struct document_show_view *v, const struct document_by_id_row *d,
                             struct document_files_rows *files) {
    int64_t chosen = 0;
    TRY(document_files(g->db, (struct document_files_in){d->id}, files));
    if (!id_read(query_param(g->request, S("file")), &chosen)) {
        chosen = 0;
    }
    TRY(document_paper_fill(g, d, chosen, &v->paper));
    TRY(document_seals_fill(g, d->id, &v->seals));
    for (size_t i = 0; i < files->n; i++) {
        const struct document_files_row *f = &files->at[i];
        if (!is(f->role, "main")) {
            LIST_ADD(g->arena, &v->others,
                     (struct document_paper_view){.name = f->name,
                                                  .size = f->size,
                                                  .file = file_link(g->arena, d->id, f->id.v),
                                                  .type_name = is(f->role, "annex") ? S("Kèm theo") : S("Minh chứng")});
        }
    }
    return OK;
}

struct err document_show_get(struct get *g) {
    struct document_doc_id id;
    struct document_by_id_row *d;
    struct document_line_list_rows lines;
    struct document_files_rows files;
    unsigned bits = 0;
    struct document_show_view v;
    TRY(document_of_path(g->request, &id));
    TRY(document_find(g->db, id, g->who, &d, &bits));
    head_fill(g, &v, d);
    TRY(related_fill(g, &v, d));
    tabs_fill(g, &v, v.related.n);
    TRY(files_fill(g, &v, d, &files));
    TRY(document_line_list(g->db, (struct document_line_list_in){id}, &lines));
    TRY(lines_fill(g, &v, d, bits, &lines));
    TRY(steps_fill(g, &v, &lines, &files));
    TRY(extensions_fill(g, &v, bits));
    TRY(facts_fill(g, &v));
    TRY(document_forms_fill(g, &v, d, bits));
    return answer_document_show(g, &v);
}

struct err document_deadline_get(struct get *g) {
    struct document_deadline_view v = {0};
    int64_t days;
    if (!num_read_between(query_param(g->request, S("days")), 1, 365, &days)) {
        v.fault = S("Số ngày làm việc từ 1 đến 365.");
        return answer_document_deadline(g, &v);
    }
    struct org_deadline d;
    TRY(org_deadline(g->db, g->arena, clock_today(), days, &d));
    v.due_on = d.due_on;
    v.words = d.words;
    return answer_document_deadline(g, &v);
}
