/* One document: the paper, how far it has come, what may be done now. */
#include "base/arena.h"
#include "modules/document/document.h"
#include "modules/outgoing/outgoing_pages.h"
#include "modules/outgoing/outgoing_pages_gen.h"
#include "modules/task/task_part.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

/* ---- The way */

/* The last decision about a step in the round that counts. */
static const struct outgoing_approvals_of_row *done_at(const struct outgoing_approvals_of_rows *all, int64_t round,
                                                       struct str step) {
    for (size_t i = all->n; i-- > 0;) {
        const struct outgoing_approvals_of_row *r = &all->at[i];
        if (r->round == round && str_eq(r->step, step) && (is(r->act, "approve") || is(r->act, "skip"))) {
            return r;
        }
    }
    return NULL;
}

static void way_add(struct get *g, struct outgoing_show_view *v, const struct outgoing_by_id_row *doc,
                    const struct outgoing_approvals_of_rows *all, const struct outgoing_step *step) {
    bool is_now = is(doc->state, "waiting") && str_eq(doc->step, step->step);
    const struct outgoing_approvals_of_row *r = is(doc->state, "draft") ? NULL : done_at(all, doc->round, step->step);
    struct outgoing_way_view w = {
        .title = step->title, .is_now = is_now, .is_done = r && !is_now, .is_next = !r && !is_now};
    if (w.is_done) {
        w.at = r->done_at;
        w.text = r->text;
        w.name = is(r->act, "skip") ? S("Bỏ qua: không có người làm bước này")
                                    : str_format(g->arena, "%.*s, %.*s", STR_ARG(r->by_name), STR_ARG(r->by_post_name));
    } else if (is(step->who, "signer")) {
        w.name = doc->signer_name;
    } else {
        w.name =
            is(step->who, "head") ? str_format(g->arena, "Trưởng, phó %.*s", STR_ARG(doc->unit_name)) : S("Văn phòng");
    }
    w.when_words = is_now ? S("đang ở đây") : S("");
    LIST_ADD(g->arena, &v->way, w);
}

static const struct outgoing_approvals_of_row *last_act(const struct outgoing_approvals_of_rows *all, const char *act) {
    for (size_t i = all->n; i-- > 0;) {
        if (is(all->at[i].act, act)) {
            return &all->at[i];
        }
    }
    return NULL;
}

static void way_office(struct get *g, struct outgoing_show_view *v, const struct outgoing_by_id_row *doc,
                       const struct outgoing_approvals_of_rows *all) {
    static const struct {
        const char *act;
        struct str title;
        const char *state;
    } office[] = {{"number", S_INIT("Cấp số"), "approved"}, {"issue", S_INIT("Phát hành"), "numbered"}};
    for (size_t i = 0; i < 2; i++) {
        bool is_past = doc->issued_at.ms || (i == 0 && is(doc->state, "numbered"));
        const struct outgoing_approvals_of_row *r = is_past ? last_act(all, office[i].act) : NULL;
        bool is_now = is(doc->state, office[i].state);
        LIST_ADD(g->arena, &v->way,
                 (struct outgoing_way_view){.title = office[i].title,
                                            .name = r ? r->by_name : S("Văn thư"),
                                            .at = r ? r->done_at : (struct instant){0},
                                            .when_words = is_now ? S("đang ở đây") : S(""),
                                            .is_done = r != NULL,
                                            .is_now = is_now,
                                            .is_next = !r && !is_now});
    }
}

static struct err way_fill(struct get *g, struct outgoing_show_view *v, const struct outgoing_by_id_row *doc) {
    struct outgoing_approvals_of_rows all;
    struct outgoing_steps steps;
    TRY(outgoing_approvals_of(g->db, (struct outgoing_approvals_of_in){doc->id}, &all));
    outgoing_route(g->arena, doc->route, date_of(doc->created_at), &steps);
    bool is_draft = is(doc->state, "draft");
    const struct outgoing_approvals_of_row *sent = is_draft ? NULL : last_act(&all, "submit");
    LIST_ADD(g->arena, &v->way,
             (struct outgoing_way_view){
                 .title = S("Soạn thảo"),
                 .name = str_format(g->arena, "%.*s, %.*s", STR_ARG(doc->author_name), STR_ARG(doc->unit_name)),
                 .at = sent ? sent->done_at : (struct instant){0},
                 .text = doc->is_returned ? doc->reason : S(""),
                 .when_words = is_draft ? S("đang ở đây") : S(""),
                 .is_now = is_draft,
                 .is_back = doc->is_returned,
                 .is_done = !is_draft});
    for (size_t i = 0; i < steps.all.n; i++) {
        way_add(g, v, doc, &all, &steps.all.at[i]);
    }
    way_office(g, v, doc, &all);
    return OK;
}

/* ---- What may be done */

static struct form *form_for(struct get *g, struct outgoing_move_view *v, const struct field *fields,
                             const char *noun) {
    bool is_this = g->form && str_ends(g->path, str_format(g->arena, "/%s", noun));
    if (is_this) {
        v->at_fault = str_of(noun);
    }
    return form_begin(g->arena, fields, is_this ? g->form : NULL);
}

static void forms_fill(struct get *g, struct outgoing_move_view *v, const struct outgoing_by_id_row *doc) {
    v->approve = form_for(g, v, outgoing_approve_fields, "approval");
    v->give_back = form_for(g, v, outgoing_return_fields, "return");
    v->drop = form_for(g, v, outgoing_reason_fields, "removal");
    v->number = form_for(g, v, outgoing_number_fields, "number");
    v->unnumber = form_for(g, v, outgoing_reason_fields, "void");
    v->issue = form_for(g, v, outgoing_issue_fields, "issue");
    v->recall = form_for(g, v, outgoing_reason_fields, "recall");
    v->copy = form_for(g, v, outgoing_copy_fields, "copy");
    form_set(v->approve, "hash", doc->draft_hash);
}

/* The steps it may go back to: its author's, and those it has passed. */
static void steps_fill(struct get *g, struct outgoing_move_view *v, const struct outgoing_by_id_row *doc) {
    struct outgoing_steps steps;
    LIST_ADD(g->arena, &v->steps, (struct outgoing_option){S("draft"), S("Soạn thảo"), true});
    outgoing_route(g->arena, doc->route, clock_today(), &steps);
    for (size_t i = 0; i < steps.all.n && !str_eq(steps.all.at[i].step, doc->step); i++) {
        LIST_ADD(g->arena, &v->steps, (struct outgoing_option){steps.all.at[i].step, steps.all.at[i].title, false});
    }
    for (size_t i = 0; i < steps.all.n; i++) {
        if (str_eq(steps.all.at[i].step, doc->step)) {
            v->act = steps.all.at[i].act;
        }
    }
}

struct err outgoing_moves_fill(struct get *g, const struct outgoing_by_id_row *doc, struct outgoing_move_view *v) {
    const struct {
        const char *verb;
        bool *may;
    } all[] = {{"submit", &v->may_submit}, {"redraft", &v->may_redraft},   {"approve", &v->may_approve},
               {"return", &v->may_return}, {"withdraw", &v->may_withdraw}, {"drop", &v->may_drop},
               {"number", &v->may_number}, {"unnumber", &v->may_unnumber}, {"issue", &v->may_issue},
               {"recall", &v->may_recall}, {"remind", &v->may_remind},     {"copy", &v->may_copy}};
    struct moves open;
    TRY(moves_open(g->db, outgoing_moves, g->who, doc->id.v, doc->state, &open));
    for (size_t i = 0; i < open.n; i++) {
        for (size_t k = 0; k < sizeof all / sizeof *all; k++) {
            *all[k].may = *all[k].may || strcmp(open.at[i]->verb, all[k].verb) == 0;
        }
    }
    v->may_remind = v->may_remind && doc->reply_on.year;
    v->is_any = open.n > 0;
    steps_fill(g, v, doc);
    forms_fill(g, v, doc);
    return OK;
}

/* ---- The rest of the page */

static struct err checks_fill(struct get *g, struct outgoing_show_view *v, const struct outgoing_by_id_row *doc) {
    struct outgoing_draft_of_row *d;
    struct outgoing_receivers to;
    struct outgoing_faults faults;
    TRY(outgoing_draft_now(g->db, doc, &d));
    TRY(outgoing_receivers(g->db, doc, &to));
    v->receivers = (int64_t)to.all.n;
    outgoing_check(g->arena, doc, d, v->receivers, &faults);
    v->faults = (int64_t)faults.faults;
    for (size_t i = 0; i < faults.all.n; i++) {
        LIST_ADD(g->arena, &v->checks,
                 (struct outgoing_fault_view){faults.all.at[i].words, faults.all.at[i].why, faults.all.at[i].is_fault});
    }
    return outgoing_number_peek(g->db, g->who, doc->type, &v->next_code);
}

static struct err shares_fill(struct get *g, struct outgoing_show_view *v, const struct outgoing_by_id_row *doc) {
    struct outgoing_delivery_counts_rows counts;
    v->receivers = 0;
    TRY(outgoing_delivery_counts(g->db, (struct outgoing_delivery_counts_in){doc->id}, &counts));
    for (size_t i = 0; i < counts.n; i++) {
        v->receivers += counts.at[i].n;
        v->answered += is(counts.at[i].state, "answered") ? counts.at[i].n : 0;
        LIST_ADD(g->arena, &v->shares,
                 (struct outgoing_share_view){.state = counts.at[i].state,
                                              .name = outgoing_way_name(counts.at[i].state),
                                              .n = counts.at[i].n,
                                              .link = link_local(g->arena, "/outgoing/%lld/receivers?state=%.*s",
                                                                 (long long)doc->id.v, STR_ARG(counts.at[i].state))});
    }
    return OK;
}

static struct err papers_fill(struct get *g, struct outgoing_show_view *v, const struct outgoing_by_id_row *doc) {
    struct outgoing_files_of_rows files;
    struct outgoing_copies_of_rows copies;
    struct outgoing_drafts_of_rows drafts;
    TRY(outgoing_files_of(g->db, (struct outgoing_files_of_in){doc->id}, &files));
    for (size_t i = 0; i < files.n; i++) {
        const struct outgoing_files_of_row *f = &files.at[i];
        if (!is(f->role, "answer")) {
            LIST_ADD(g->arena, &v->files,
                     (struct file_chip){.name = f->name,
                                        .note = is(f->role, "issued") ? S("Bản phát hành") : S("Phụ lục"),
                                        .link = link_local(g->arena, "/outgoing/%lld/file/%lld", (long long)doc->id.v,
                                                           (long long)f->id.v),
                                        .size = f->size});
        }
    }
    TRY(outgoing_copies_of(g->db, (struct outgoing_copies_of_in){doc->id}, &copies));
    for (size_t i = 0; i < copies.n; i++) {
        const struct outgoing_copies_of_row *c = &copies.at[i];
        struct str kind = is(c->kind, "SY") ? S("Sao y") : is(c->kind, "SL") ? S("Sao lục") : S("Trích sao");
        LIST_ADD(g->arena, &v->copies,
                 (struct outgoing_copy_view){c->code, kind, c->receivers, c->by_name, c->made_at, c->copies});
    }
    TRY(outgoing_drafts_of(g->db, (struct outgoing_drafts_of_in){doc->id}, &drafts));
    for (size_t i = 0; i < drafts.n; i++) {
        LIST_ADD(g->arena, &v->versions,
                 (struct outgoing_version_view){.no = drafts.at[i].draft_no,
                                                .by = drafts.at[i].made_by_name,
                                                .file = drafts.at[i].file_name,
                                                .at = drafts.at[i].made_at,
                                                .is_now = drafts.at[i].draft_no == doc->draft_no});
    }
    return OK;
}

/* What it replaces, corrects or answers, as far as the reader may see that. */
static struct err related_fill(struct get *g, struct outgoing_show_view *v, const struct outgoing_by_id_row *doc) {
    struct outgoing_by_id_row *other;
    bool may = false;
    if (!doc->relation.len) {
        return OK;
    }
    TRY(access_can(g->db, doc->related, g->who->post.v, CAN_READ, &may));
    if (is(doc->relation, "answers")) {
        v->relation_words = S("Trả lời văn bản đã nhận");
        v->related = may ? link_record(g->arena, S("/outgoing/delivery/"), doc->related, S("")) : (struct link){{0}};
        return OK;
    }
    TRY(outgoing_by_id(g->db, (struct outgoing_by_id_in){{doc->related}}, &other));
    v->relation_words =
        str_format(g->arena, is(doc->relation, "replaces") ? "Thay thế văn bản %.*s" : "Đính chính văn bản %.*s",
                   STR_ARG(other->code));
    v->related = may ? link_record(g->arena, S("/outgoing/"), doc->related, S("")) : (struct link){{0}};
    return OK;
}

static void head_fill(struct get *g, struct outgoing_show_view *v, const struct outgoing_by_id_row *doc) {
    *v = (struct outgoing_show_view){
        .id = doc->id.v,
        .draft_no = doc->draft_no,
        .subject = doc->subject,
        .type_name = outgoing_type(g->arena, doc->type).name,
        .code = doc->code,
        .state = doc->state,
        .state_name = doc->is_returned ? S("Bị trả lại") : outgoing_state_name(doc->state),
        .unit_name = doc->unit_name,
        .author_name = doc->author_name,
        .field_name = doc->field.len ? document_word(document_fields, doc->field) : S(""),
        .priority_name = doc->priority ? document_priority_name(doc->priority) : S(""),
        .reason = doc->reason,
        .hash = doc->draft_hash,
        .reply_on = doc->reply_on,
        .issued_at = doc->issued_at,
        .is_issued = doc->issued_at.ms != 0,
        .is_returned = doc->is_returned,
        .opinion = link_local(g->arena, "/thread/opinion?kind=outgoing&record=%lld", (long long)doc->id.v)};
}

struct err outgoing_show_get(struct get *g) {
    static const struct thread_verb *const tables[] = {outgoing_thread, task_verbs, NULL};
    struct outgoing_doc_id id;
    struct outgoing_by_id_row *doc;
    struct outgoing_show_view v;
    TRY(outgoing_of_path(g->request, &id));
    TRY(outgoing_find(g->db, id, g->who, &doc));
    head_fill(g, &v, doc);
    TRY(outgoing_paper_fill(g, doc, &v.paper));
    TRY(way_fill(g, &v, doc));
    TRY(v.is_issued ? shares_fill(g, &v, doc) : checks_fill(g, &v, doc));
    TRY(papers_fill(g, &v, doc));
    TRY(related_fill(g, &v, doc));
    TRY(outgoing_moves_fill(g, doc, &v.acts));
    TRY(task_items_fill(g, S("outgoing"), id.v, &v.tasks));
    TRY(thread_fill(g, &(struct thread_asked){.kind = S("outgoing"), .record = id.v, .tables = tables}, &v.thread));
    v.is_late = is(doc->state, "issued") && doc->reply_on.year && date_cmp(doc->reply_on, clock_today()) < 0 &&
                v.answered < v.receivers;
    return answer_outgoing_show(g, &v);
}
