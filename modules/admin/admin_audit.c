/* The audit trail: narrowed by person, record, deed and date; paged by key; to Excel; verified in a job. */
#include "modules/admin/admin_pages.h"

#include "base/buf.h"
#include "base/num.h"
#include "kernel/rights/audit.h"
#include "kernel/db/id.h"
#include "kernel/out/sheet.h"
#include "kernel/verify/verify.h"
#include "modules/admin/admin_pages_gen.h"
#include "modules/admin/admin_queries.h"
#include "modules/org/org.h"

enum { ON_A_PAGE = 50, EXPORT_MOST = 20000 };

const struct field admin_audit_fields[] = {
    {.kind = FIELD_LINE,
     .name = S_INIT("person"),
     .label = S_INIT("Ai"),
     .most = 200,
     .hint = S_INIT("Tên hoặc mã số người")},
    {.kind = FIELD_ID, .name = S_INIT("record"), .label = S_INIT("Hồ sơ"), .hint = S_INIT("Số cuối địa chỉ trang")},
    {.kind = FIELD_LINE,
     .name = S_INIT("verb"),
     .label = S_INIT("Việc"),
     .most = 60,
     .hint = S_INIT("document, auth.signin …")},
    {.kind = FIELD_DATE, .name = S_INIT("from"), .label = S_INIT("Từ ngày")},
    {.kind = FIELD_DATE, .name = S_INIT("to"), .label = S_INIT("Đến ngày")},
    {.kind = FIELD_INT, .name = S_INIT("before"), .label = S_INIT("Trước số"), .most = INT64_MAX},
    {0},
};

struct wanted {
    struct admin_entries_in in;
    struct str query; /* of the address, without the place */
};

static void put_query(struct buf *b, const char *name, struct str value) {
    if (value.len) {
        buf_printf(b, "%s%s=", b->len ? "&" : "", name);
        url_escape(b, value);
    }
}

/* A person by id or name: the first that fits. Nobody: -1, so that nothing is found. */
static struct err person_wanted(struct get *g, struct str typed, int64_t *person) {
    struct org_principals found;
    *person = 0;
    if (!typed.len || id_read(typed, person)) {
        return OK;
    }
    TRY(org_people_like(g->db, typed, 2, &found));
    *person = found.n ? found.at[0].id : -1;
    return OK;
}

static struct err wanted_read(struct get *g, struct wanted *w) {
    struct request *r = g->request;
    struct str names[] = {S("person"), S("record"), S("verb"), S("from"), S("to")};
    struct buf b = buf_in(g->arena);
    struct date from, to;
    *w = (struct wanted){.in = {.below = INT64_MAX,
                                .first = 0,
                                .last = INT64_MAX,
                                .most = ON_A_PAGE,
                                .reader = g->who->post.v,
                                .today = clock_today()}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        put_query(&b, str_z(g->arena, names[i]), query_param(r, names[i]));
    }
    w->query = buf_str(&b);
    TRY(person_wanted(g, query_param(r, S("person")), &w->in.who));
    if (query_param(r, S("record")).len && !id_read(query_param(r, S("record")), &w->in.what)) {
        w->in.what = -1;
    }
    w->in.wanted = str_trim(query_param(r, S("verb")));
    if (date_read_vi(query_param(r, S("from")), &from)) {
        w->in.first = date_start(from).ms;
    }
    if (date_read_vi(query_param(r, S("to")), &to)) {
        w->in.last = date_start(date_plus(to, 1)).ms;
    }
    int64_t before;
    if (num_read(query_param(r, S("before")), &before) && before > 0) {
        w->in.below = before;
    }
    return OK;
}

struct err admin_person_name(struct db_read *db, int64_t id, struct str *name) {
    struct org_person person;
    *name = S("Hệ thống");
    if (!id) {
        return OK;
    }
    struct err e = org_person(db, (struct person_id){id}, &person);
    *name = e.why ? S("(không rõ)") : person.name;
    return err_is(e, ERR_MISSING) ? OK : e;
}

/* What changed, for a person: {"a":"b","c":1} reads "a: b · c: 1". */
static struct str change_words(struct arena *a, struct str json) {
    struct buf b = buf_in(a);
    bool in_text = false;
    for (size_t i = 0; i < json.len; i++) {
        char c = json.at[i];
        if (in_text && c == '\\' && i + 1 < json.len) {
            buf_put_char(&b, json.at[++i]);
        } else if (c == '"') {
            in_text = !in_text;
        } else if (in_text || (c != '{' && c != '}' && c != ',' && c != ':')) {
            buf_put_char(&b, c);
        } else if (c == ',' || c == ':') {
            buf_put(&b, c == ',' ? S(" · ") : S(": "));
        }
    }
    return buf_str(&b);
}

/* Where a record has its page; the empty link when it has none. */
static struct link record_link(struct get *g, struct str kind, int64_t record) {
    struct str path = record ? module_record_path(g->arena, g->app, kind, record) : S("");
    return path.len ? link_local(g->arena, "%.*s", STR_ARG(path)) : (struct link){0};
}

static struct str kind_words(struct get *g, struct str kind) {
    const struct module *of = module_named(g->app, kind);
    return of ? str_of(of->title) : kind;
}

static struct err entry_of(struct get *g, const struct admin_entries_row *r, const struct wanted *w,
                           struct admin_entry *e) {
    struct arena *a = g->arena;
    *e = (struct admin_entry){.seq = r->seq,
                              .record = r->record,
                              .made_at = r->made_at,
                              .verb = module_verb_words(g->app, r->verb),
                              .what = kind_words(g, r->kind),
                              .before = change_words(a, r->before_json),
                              .after = change_words(a, r->after_json),
                              .ip = r->ip,
                              .is_hidden = r->is_hidden,
                              .is_erased = r->is_erased,
                              .record_link = record_link(g, r->kind, r->record)};
    TRY(admin_person_name(g->db, r->person, &e->person));
    if (r->person) {
        e->person_link = link_local(a, "/person/%lld", (long long)r->person);
    }
    if (r->record && !w->in.what) {
        e->only_record = link_local(a, "/admin/audit?record=%lld", (long long)r->record);
    }
    if (r->post) {
        struct org_post post;
        struct err found = org_post(g->db, (struct post_id){r->post}, &post);
        e->post = found.why ? S("") : post.title;
    }
    return OK;
}

static struct err verified_read(struct get *g, struct admin_audit *v) {
    struct job_view *job;
    TRY(job_latest(g->db, S("admin.verify"), 0, &job));
    if (!job) {
        return OK;
    }
    v->is_verifying = job->state == JOB_QUEUED || job->state == JOB_RUNNING;
    v->is_verified = job->state == JOB_DONE || job->state == JOB_FAILED;
    v->is_sound = job->state == JOB_DONE;
    v->verified = job->state == JOB_FAILED ? job->fault : job->words;
    v->verified_at = job->ended_at;
    return OK;
}

struct err admin_audit_get(struct get *g) {
    struct wanted w;
    struct admin_entries_rows rows;
    struct admin_audit v = {0};
    TRY(wanted_read(g, &w));
    TRY(admin_entries(g->db, w.in, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        TRY(entry_of(g, &rows.at[i], &w, LIST_PUSH(g->arena, &v.entries)));
    }
    if (rows.n == ON_A_PAGE) {
        v.older = link_local(g->arena, "/admin/audit?%.*s%sbefore=%lld", STR_ARG(w.query), w.query.len ? "&" : "",
                             (long long)rows.at[rows.n - 1].seq);
    }
    v.excel = link_local(g->arena, "/admin/audit/export?%.*s", STR_ARG(w.query));
    v.form = form_begin(g->arena, admin_audit_fields, NULL);
    const char *const names[] = {"person", "record", "verb", "from", "to"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        form_set(v.form, names[i], query_param(g->request, str_of(names[i])));
    }
    TRY(verified_read(g, &v));
    return answer_admin_audit(g, &v);
}

static void entry_to_sheet(struct arena *a, struct sheet *s, const struct admin_entry *e) {
    struct str said = e->is_hidden   ? S("(chỉ người được xem hồ sơ mới thấy)")
                      : e->is_erased ? S("(nội dung đã được xóa theo yêu cầu)")
                                     : e->after;
    struct str cells[] = {e->person, e->post, e->verb, e->what, str_format(a, "%lld", (long long)e->record),
                          e->before, said,    e->ip};
    sheet_int(s, e->seq);
    sheet_instant(s, e->made_at);
    for (size_t c = 0; c < sizeof cells / sizeof *cells; c++) {
        sheet_text(s, cells[c]);
    }
    sheet_row(s);
}

struct err admin_audit_export(struct get *g) {
    static const struct sheet_column columns[] = {
        {S_INIT("Số"), 10},   {S_INIT("Lúc"), 18},     {S_INIT("Ai"), 26},    {S_INIT("Chức danh"), 22},
        {S_INIT("Việc"), 26}, {S_INIT("Loại"), 14},    {S_INIT("Hồ sơ"), 22}, {S_INIT("Trước"), 40},
        {S_INIT("Sau"), 40},  {S_INIT("Địa chỉ"), 16}, {.width = 0}};
    struct wanted w;
    struct sheet *s;
    struct str bytes;
    int64_t n = 0;
    TRY(wanted_read(g, &w));
    TRY(audit_view(g->db, &(struct audit){.verb = S("admin.export"),
                                          .person = g->who->person.v,
                                          .post = g->who->post.v,
                                          .ip = request_address(g->request)}));
    TRY(sheet_begin(g->arena, SHEET_XLSX, S("Nhật ký"), S(""), columns, &s));
    for (w.in.most = 500; n < EXPORT_MOST;) {
        struct admin_entries_rows rows;
        TRY(admin_entries(g->db, w.in, &rows));
        for (size_t i = 0; i < rows.n; i++, n++) {
            struct admin_entry e;
            TRY(entry_of(g, &rows.at[i], &w, &e));
            entry_to_sheet(g->arena, s, &e);
            w.in.below = e.seq;
        }
        if ((int64_t)rows.n < w.in.most) {
            break;
        }
    }
    TRY(sheet_end(s, &bytes));
    return answer_download(g, sheet_type(SHEET_XLSX), S("nhat-ky.xlsx"), bytes);
}

/* --- Verifying reads all there is, so it is a job. --- */
struct err admin_verify_post(struct post *p) {
    TRY(job_add(p->db, &(struct job_new){.kind = S("admin.verify"), .is_single = true}, NULL));
    TRY(audit_note(p->db, &(struct audit){.verb = S("admin.verify")}));
    flash(p, "Đang kiểm tra nhật ký, cơ sở dữ liệu, từng tệp và chỉ mục.");
    return see_other(p, "/admin/audit");
}

static struct err tell(void *thing, enum verify_part part, int64_t done, int64_t total) {
    struct job *job = thing;
    TRY(job_beat(job));
    return job_progress(job, done, total > done ? total : done + 1,
                        str_format(job->arena, "Đang kiểm tra: %.*s", STR_ARG(verify_part_words(part))));
}

struct err admin_verify_run(struct job *job) {
    struct verify_report report;
    struct verify v = {
        .db = job->db, .modules = job->modules, .arena = job->arena, .progress = tell, .thing = job, .report = &report};
    TRY(verify_all(&v));
    struct str words = verify_summary(job->arena, &report);
    if (report.found) {
        return err_refuse(job->arena, ERR_INVALID, NULL, "%.*s", STR_ARG(words));
    }
    return job_progress(job, 1, 1, words);
}
