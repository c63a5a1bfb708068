/* The thread as a part of any page, its files, and the page of the form where a refused opinion comes back. */
#include "kernel/file/file.h"
#include "kernel/page/form.h"
#include "kernel/rights/access.h"
#include "modules/org/org.h"
#include "modules/thread/thread.h"
#include "modules/thread/thread_inside.h"
#include "modules/thread/thread_pages_gen.h"
#include "modules/thread/thread_queries.h"
#include "modules/thread/thread_view.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"

enum { ON_A_PAGE = 100, BODY_MOST = 101 * 1024 * 1024, PAPER_MOST = 100 * 1024 * 1024, PEOPLE_MOST = 200 };

static const struct thread_verb *verb_of(const struct thread_verb *table, struct str verb) {
    for (const struct thread_verb *v = table; v && v->verb; v++) {
        if (str_eq(str_of(v->verb), verb)) {
            return v;
        }
    }
    return NULL;
}

static const struct thread_verb *verb_among(const struct thread_asked *asked, struct str verb) {
    const struct thread_verb *found = verb_of(thread_verbs, verb);
    for (size_t i = 0; !found && asked->tables && asked->tables[i]; i++) {
        found = verb_of(asked->tables[i], verb);
    }
    return found;
}

static struct thread_step_view *step_of(struct thread_view *v, struct thread_step_id id) {
    for (size_t i = 0; i < v->steps.n; i++) {
        if (v->steps.at[i].id == id.v) {
            return &v->steps.at[i];
        }
    }
    return NULL;
}

/* Files and names belong to the steps shown: two queries, whatever their number. */
static struct err belongings_fill(struct get *g, struct thread_view *v) {
    int64_t *ids = arena_take(g->arena, int64_t, v->steps.n + 1);
    struct thread_files_of_rows files;
    struct thread_mentions_of_rows names;
    struct thread_step_view *s;
    for (size_t i = 0; i < v->steps.n; i++) {
        ids[i] = v->steps.at[i].id;
    }
    struct db_ids steps = {ids, v->steps.n};
    TRY(thread_files_of(g->db, (struct thread_files_of_in){.steps = steps}, &files));
    for (size_t i = 0; i < files.n; i++) {
        if ((s = step_of(v, files.at[i].step))) {
            bool is_evidence = str_eq(files.at[i].role, S("evidence"));
            LIST_ADD(
                g->arena, &s->files,
                (struct file_chip){.name = files.at[i].name,
                                   .note = is_evidence ? S("Minh chứng") : S(""),
                                   .size = files.at[i].size,
                                   .link = link_local(g->arena, "/thread/file/%lld", (long long)files.at[i].id.v)});
        }
    }
    TRY(thread_mentions_of(g->db, (struct thread_mentions_of_in){.steps = steps}, &names));
    for (size_t i = 0; i < names.n; i++) {
        if ((s = step_of(v, names.at[i].step))) {
            s->mentions = s->mentions.len
                              ? str_format(g->arena, "%.*s, %.*s", STR_ARG(s->mentions), STR_ARG(names.at[i].name))
                              : names.at[i].name;
        }
    }
    return OK;
}

static struct thread_step_view step_view(struct get *g, const struct thread_steps_row *r,
                                         const struct thread_verb *verb) {
    return (struct thread_step_view){.id = r->id.v,
                                     .name = r->by_name,
                                     .post_name = r->by_post_name,
                                     .words = verb ? thread_words(g->arena, verb, r->about, r->day_on) : S(""),
                                     .text = r->text,
                                     .made_at = r->made_at,
                                     .is_system = !r->by_post,
                                     .is_private = r->is_private};
}

static const struct field say_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("kind"), .label = S_INIT("Loại hồ sơ"), .is_required = true, .most = 40},
    {.kind = FIELD_ID, .name = S_INIT("record"), .label = S_INIT("Hồ sơ"), .is_required = true},
    {.kind = FIELD_TEXT, .name = S_INIT("text"), .label = S_INIT("Ý kiến"), .is_required = true, .most = 5000},
    {.kind = FIELD_FILE, .name = S_INIT("file"), .label = S_INIT("Tệp"), .is_many = true, .most = PAPER_MOST},
    {.kind = FIELD_IDS, .name = S_INIT("mention"), .label = S_INIT("Nhắc tên"), .is_many = true},
    {.kind = FIELD_FLAG, .name = S_INIT("is_private"), .label = S_INIT("Ghi chú riêng, chỉ mình tôi xem")},
    {.kind = FIELD_ID, .name = S_INIT("task"), .label = S_INIT("Công việc")},
    {0},
};
static const struct field say_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("kind"), .label = S_INIT("Loại hồ sơ"), .most = 40},
    {.kind = FIELD_LINE, .name = S_INIT("record"), .label = S_INIT("Hồ sơ"), .most = 20},
    {.kind = FIELD_LINE, .name = S_INIT("task"), .label = S_INIT("Công việc"), .most = 20},
    {0},
};
static const struct field file_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("download"), .label = S_INIT("Tải về"), .most = 1},
    {0},
};

struct err thread_fill(struct get *g, const struct thread_asked *asked, struct thread_view *v) {
    struct thread_steps_rows rows;
    int64_t before = INT64_MAX;
    if (!num_read_between(query_param(g->request, S("before")), 1, INT64_MAX, &before)) {
        before = INT64_MAX;
    }
    *v = (struct thread_view){.kind = asked->kind, .record = str_format(g->arena, "%lld", (long long)asked->record)};
    TRY(thread_steps(g->db,
                     (struct thread_steps_in){.record = asked->record,
                                              .kind = asked->kind,
                                              .before = before,
                                              .item = asked->item,
                                              .post = g->who->post.v,
                                              .most = ON_A_PAGE + 1},
                     &rows));
    if (rows.n > ON_A_PAGE) {
        rows.n = ON_A_PAGE;
        v->older = link_local(g->arena, "?before=%lld", (long long)rows.at[rows.n - 1].id.v);
    }
    for (size_t i = rows.n; i-- > 0;) {
        const struct thread_verb *verb = verb_among(asked, rows.at[i].verb);
        if (asked->is_log || !verb || !verb->is_quiet) {
            LIST_ADD(g->arena, &v->steps, step_view(g, &rows.at[i], verb));
        }
    }
    v->say = asked->has_form ? form_begin(g->arena, say_fields, NULL) : NULL;
    return v->steps.n ? belongings_fill(g, v) : OK;
}

/* ---- */

static struct err people_fill(struct get *g, int64_t record, struct pick_options *people) {
    struct access_ids posts;
    struct org_principals known;
    TRY(access_posts(g->db, record, &posts));
    TRY(org_assignable(g->db, g->who->organ, S(""), PEOPLE_MOST * 3, &known));
    for (size_t i = 0; i < known.n && people->n < PEOPLE_MOST; i++) {
        const struct org_principal *p = &known.at[i];
        for (size_t k = 0; p->kind == ORG_POST && k < posts.n; k++) {
            if (posts.at[k] == p->id && p->id != g->who->post.v) {
                LIST_ADD(g->arena, people, (struct pick_option){.id = p->id, .label = p->name, .note = p->words});
            }
        }
    }
    return OK;
}

/* Which record is spoken of: as typed before, or as the address says. */
static struct err opinion_begin(struct get *g, struct thread_opinion *v) {
    int64_t record = 0, task = 0;
    v->form = form_begin(g->arena, say_fields, g->form);
    if (g->form) {
        return OK;
    }
    if (!num_read_between(query_param(g->request, S("record")), 1, INT64_MAX, &record)) {
        return FAIL(ERR_MISSING, "no record is named");
    }
    form_set(v->form, "kind", query_param(g->request, S("kind")));
    form_set_id(v->form, "record", record);
    if (num_read_between(query_param(g->request, S("task")), 1, INT64_MAX, &task)) {
        form_set_id(v->form, "task", task);
    }
    return OK;
}

static struct err opinion_get(struct get *g) {
    struct thread_opinion v = {0};
    TRY(opinion_begin(g, &v));
    struct str kind = form_value(v.form, "kind")->text;
    int64_t record = form_value(v.form, "record")->number, task = form_value(v.form, "task")->number;
    TRY(thread_may_read(g->db, g->who, kind, record));
    v.back = task ? link_local(g->arena, "/task/%lld", (long long)task)
                  : link_local(g->arena, "/%.*s/%lld", STR_ARG(kind), (long long)record);
    TRY(people_fill(g, record, &v.people));
    return answer_thread_opinion(g, &v);
}

static struct err opinion_post(struct post *p) {
    struct thread_papers papers;
    TRY(form_check(p->form));
    TRY(thread_papers_of(p, "file", false, &papers));
    const struct form_value *named = form_value(p->form, "mention");
    struct thread_new said = {.kind = form_text(p->form, "kind"),
                              .record = form_id(p->form, "record"),
                              .text = form_text(p->form, "text"),
                              .item = form_id(p->form, "task"),
                              .is_private = form_flag(p->form, "is_private"),
                              .mentions = {named->ids.at, named->ids.n},
                              .papers = papers};
    TRY(thread_say(p->db, p->who, &said, NULL));
    flash(p, "Đã ghi.");
    return said.item ? see_other(p, "/task/%lld", (long long)said.item)
                     : see_other(p, "/%.*s/%lld", STR_ARG(said.kind), (long long)said.record);
}

static struct err file_get(struct get *g) {
    struct thread_file_find_row *row;
    struct file file;
    int64_t id;
    TRY(path_id(g->request, S("file"), &id));
    TRY(thread_file_find(
        g->db, (struct thread_file_find_in){.id = {id}, .post = g->who->post.v, .today = clock_today()}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "no such file, or another's");
    }
    TRY(file_find(g->db, g->arena, row->file, &file));
    return answer_file(g, &file, row->name, str_eq(query_param(g->request, S("download")), S("1")));
}

const struct route thread_routes[] = {
    {.method = METHOD_GET,
     .path = "/thread/opinion",
     .access = ACCESS_SIGNED_IN,
     .get = opinion_get,
     .fields = say_query,
     .name = S_INIT("Ghi ý kiến")},
    {.method = METHOD_POST,
     .path = "/thread/opinion",
     .access = ACCESS_SIGNED_IN,
     .post = opinion_post,
     .fields = say_fields,
     .again = opinion_get,
     .before = file_before,
     .body_limit = BODY_MOST,
     .name = S_INIT("Ghi ý kiến")},
    {.method = METHOD_GET,
     .path = "/thread/file/{file}",
     .access = ACCESS_SIGNED_IN,
     .get = file_get,
     .fields = file_query,
     .name = S_INIT("Tệp của diễn biến")},
    {0},
};
