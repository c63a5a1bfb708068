#include "modules/thread/thread.h"

#include "kernel/db/id.h"
#include "kernel/erase/erase.h"
#include "kernel/file/file.h"
#include "kernel/page/form.h"
#include "kernel/page/html.h"
#include "kernel/page/json.h"
#include "kernel/port/told.h"
#include "kernel/queue/event.h"
#include "kernel/record/act.h"
#include "kernel/rights/access.h"
#include "modules/org/org.h"
#include "modules/thread/thread_inside.h"
#include "modules/thread/thread_queries.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

const struct thread_verb thread_verbs[] = {
    {"thread.opinion", "", false},
    {"thread.note", "Ghi chú riêng", false},
    {"thread.attach", "Thêm tệp", false},
    {NULL, NULL, false},
};

static struct err papers_add(struct db_write *db, struct thread_step_id step, struct thread_papers papers) {
    for (size_t i = 0; i < papers.n; i++) {
        const struct thread_paper *p = &papers.at[i];
        struct thread_file_insert_in in = {.id = {id_new()},
                                           .step = step,
                                           .file = p->file,
                                           .role = p->is_evidence ? S("evidence") : S("attachment"),
                                           .name = p->name,
                                           .size = p->size};
        TRY(thread_file_insert(db, in, NULL));
    }
    return OK;
}

static struct err mentions_add(struct db_write *db, struct thread_step_id step, struct db_ids posts) {
    for (size_t i = 0; i < posts.n; i++) {
        struct org_post post;
        TRY(org_post(db_reading(db), (struct post_id){posts.at[i]}, &post));
        TRY(thread_mention_insert(
            db, (struct thread_mention_insert_in){.step = step, .post = posts.at[i], .name = post.person_name}, NULL));
    }
    return OK;
}

struct err thread_add(struct db_write *db, const struct who *who, const struct thread_new *step,
                      struct thread_step_id *id) {
    struct thread_step_insert_in in = {.id = {id_new()},
                                       .kind = step->kind,
                                       .record = step->record,
                                       .made_at = clock_now(),
                                       .verb = str_of(step->verb),
                                       .by_post = who ? who->post.v : 0,
                                       .by_name = who ? who->name : S(""),
                                       .by_post_name = who ? who->post_name : S(""),
                                       .about = step->about,
                                       .day_on = step->day,
                                       .text = step->text,
                                       .item = step->item,
                                       .is_private = step->is_private};
    TRY(thread_step_insert(db, in, NULL));
    TRY(papers_add(db, in.id, step->papers));
    TRY(mentions_add(db, in.id, step->mentions));
    if (id) {
        *id = in.id;
    }
    return OK;
}

struct err thread_may_read(struct db_read *db, const struct who *who, struct str kind, int64_t record) {
    struct thread_record_of_kind_row *row;
    TRY(access_require(db, record, who->post.v, CAN_READ));
    TRY(thread_record_of_kind(db, (struct thread_record_of_kind_in){.record = record, .kind = kind}, &row));
    return row ? OK : FAIL(ERR_MISSING, "the record is of another kind");
}

static struct err may_be_named(struct db_write *db, const struct thread_new *said) {
    for (size_t i = 0; i < said->mentions.n; i++) {
        bool may = false;
        TRY(access_can(db_reading(db), said->record, said->mentions.at[i], CAN_READ, &may));
        if (!may) {
            return REFUSE(ERR_INVALID, "mention", "Người được nhắc tên chưa được xem hồ sơ này. Mời bỏ chọn.");
        }
    }
    return OK;
}

static struct err tell_named(struct db_write *db, const struct who *who, const struct thread_new *said) {
    struct arena *a = db_write_arena(db);
    struct str words = str_format(a, "%.*s nhắc bạn: %.*s", STR_ARG(who->name), STR_ARG(utf8_cut(said->text, 200)));
    struct buf b = buf_in(a);
    BUF_LIT(&b, "{\"words\":");
    json_str(&b, words);
    BUF_LIT(&b, "}");
    for (size_t i = 0; i < said->mentions.n; i++) {
        TRY(event_emit(db, &(struct event){.kind = str_format(a, "%.*s.mentioned", STR_ARG(said->kind)),
                                           .record = said->record,
                                           .to = said->mentions.at[i],
                                           .body = buf_str(&b)}));
    }
    return OK;
}

struct err thread_say(struct db_write *db, const struct who *who, const struct thread_new *said,
                      struct thread_step_id *id) {
    struct thread_new step = *said;
    TRY(thread_may_read(db_reading(db), who, said->kind, said->record));
    if (!said->text.len) {
        return REFUSE(ERR_INVALID, "text", "Mời ghi ý kiến.");
    }
    if (said->is_private && said->mentions.n) {
        return REFUSE(ERR_INVALID, "mention", "Ghi chú riêng chỉ mình bạn xem được nên không nhắc tên ai.");
    }
    TRY(may_be_named(db, said));
    step.verb = said->is_private ? "thread.note" : "thread.opinion";
    TRY(thread_add(db, who, &step, id));
    TRY(tell_named(db, who, said));
    /* Of a private note nobody else hears, not even that it was written. */
    return act_done(db, &(struct act){.verb = str_of(step.verb),
                                      .kind = said->kind,
                                      .record = said->record,
                                      .to = said->is_private ? who->post.v : 0});
}

struct err thread_papers_of(struct post *p, const char *field, bool is_evidence, struct thread_papers *papers) {
    const struct form_value *v = form_value(p->form, field);
    struct thread_paper *all = arena_take(p->arena, struct thread_paper, v->uploads.n + 1);
    for (size_t i = 0; i < v->uploads.n; i++) {
        const struct upload *u = v->uploads.at[i];
        all[i] = (struct thread_paper){.name = utf8_cut(u->name, 200), .size = u->size, .is_evidence = is_evidence};
        TRY(file_keep(p->db, p->arena, u, &all[i].file));
    }
    *papers = (struct thread_papers){all, v->uploads.n};
    return OK;
}

struct str thread_words(struct arena *a, const struct thread_verb *verb, struct str about, struct date day) {
    struct str words = str_of(verb->words), head, rest;
    struct str day_words = day.year ? date_vi(a, day) : S("");
    struct str given[] = {about.len ? about : day_words, about.len ? day_words : S("")};
    struct buf b = buf_in(a);
    for (size_t i = 0; i < 2 && str_cut(words, S("%s"), &head, &rest); i++) {
        buf_put(&b, head);
        buf_put(&b, given[i]);
        words = rest;
    }
    buf_put(&b, words);
    return buf_str(&b);
}

/* ---- Erasing and telling who holds a file */

static struct err erase_of_record(struct db_write *db, int64_t record) {
    struct thread_files_erased_rows files;
    TRY(thread_files_erased(db_reading(db), (struct thread_files_erased_in){.record = record}, &files));
    TRY(thread_erase_mentions(db, (struct thread_erase_mentions_in){.record = record}, NULL));
    TRY(thread_erase_files(db, (struct thread_erase_files_in){.record = record}, NULL));
    TRY(thread_erase_steps(
        db, (struct thread_erase_steps_in){.record = record, .text = S("Nội dung đã được xóa theo yêu cầu.")}, NULL));
    for (size_t i = 0; i < files.n; i++) {
        TRY(erase_file(db, files.at[i].file));
    }
    return OK;
}

static struct err thread_forget(struct db_write *db, const struct erase *e) {
    return e->file ? thread_let_go(db, (struct thread_let_go_in){.file = *e->file}, NULL)
                   : erase_of_record(db, e->record);
}

static struct err file_uses_of(struct db_read *db, struct arena *a, struct file_blob_id file, struct file_uses *uses) {
    struct thread_uses_rows rows;
    TRY(thread_uses(db, (struct thread_uses_in){.file = file}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct link to = link_local(a, "/%.*s/%lld", STR_ARG(rows.at[i].kind), (long long)rows.at[i].record);
        LIST_ADD(a, uses, (struct file_use){S("Diễn biến của một hồ sơ"), to.v});
    }
    return OK;
}

static const struct verb_words audit_verbs[] = {
    {"thread.opinion", "Ghi ý kiến"},
    {"thread.note", "Ghi chú riêng"},
    {"thread.attach", "Thêm tệp"},
    {NULL, NULL},
};

/* A mention is told under the kind of its record. */
static const struct told_kind told[] = {
    {.event = "*.mentioned", .group = S_INIT("Được nhắc tên")},
    {.event = NULL},
};

const struct module thread_module = {.name = "thread",
                                     .title = "Diễn biến",
                                     .routes = thread_routes,
                                     .verbs = audit_verbs,
                                     .told = told,
                                     .file_uses = file_uses_of,
                                     .erase = thread_forget};
