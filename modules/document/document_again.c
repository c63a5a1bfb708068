/* Reading a file again by hand: what failed, was stopped, or was left because the rest was too heavy. */
#include "modules/document/document_again.h"

#include "kernel/queue/job.h"
#include "modules/document/document_acts.h"
#include "modules/document/document_pages.h"

#include "base/utf8.h"

struct err document_reading_state(struct db_read *db, struct document_doc_id doc, const struct file *file,
                                  struct document_reading_state *s) {
    struct job_view *job = NULL;
    bool is_open = file->state == FILE_WAITING || file->state == FILE_READING, is_read_now;
    *s = (struct document_reading_state){.fault = file->fault};
    /* The state of a file that is to be read says nothing of whether anybody still does. */
    TRY(job_is_under_way(db, S("document.read"), doc.v, &is_read_now));
    if (is_open && !is_read_now) {
        TRY(job_latest(db, S("document.read"), doc.v, &job));
        s->is_stopped = true;
        s->fault = job && job->fault.len ? job->fault : S("Việc đọc tệp này đã dừng.");
    }
    s->is_reading = is_open && is_read_now;
    s->is_partial = file->state == FILE_READ && file->fault.len;
    s->faulty = file->faulty_pages;
    s->may_again = !is_read_now && (s->is_stopped || file->state == FILE_UNREADABLE || s->is_partial || s->faulty);
    return OK;
}

struct err document_file_again(struct db_write *db, const struct who *who, struct document_doc_id id,
                               struct document_file_id file) {
    struct document_by_id_row *doc;
    struct document_file_by_id_row *row;
    struct document_reading_state s;
    struct file kept;
    struct arena *a = db_write_arena(db);
    TRY(document_for(db, id, who, CAN_MANAGE, &doc));
    TRY(document_file_by_id(db_reading(db), (struct document_file_by_id_in){file}, &row));
    if (!row || row->doc.v != id.v) {
        return FAIL(ERR_MISSING, "the document has no such file");
    }
    TRY(file_find(db_reading(db), a, row->file, &kept));
    TRY(document_reading_state(db_reading(db), id, &kept, &s));
    if (!s.may_again) {
        return REFUSE(ERR_CONFLICT, "", "Tệp này đang được đọc hoặc đã đọc xong, không cần đọc lại.");
    }
    TRY(file_again(db, row->file));
    if (str_eq(row->role, S("main"))) {
        TRY(document_reading_set(db,
                                 (struct document_reading_set_in){
                                     .reading = S("waiting"), .pages = kept.pages, .changed_at = clock_now(), .id = id},
                                 NULL));
    }
    struct job_new j = {.kind = S("document.read"),
                        .record = id.v,
                        .args = str_format(a, "{\"file\":\"%lld\"}", (long long)file.v),
                        .post = who->post.v};
    TRY(job_add(db, &j, NULL));
    struct str text = str_format(a, "Đọc lại tệp %.*s.", STR_ARG(utf8_cut(row->name, 120)));
    return document_deed(db, who,
                         &(struct document_deed){
                             .doc = id, .kind = "read", .verb = "document.read_again", .text = text, .file = file.v});
}

struct err document_file_again_post(struct post *p) {
    struct document_doc_id id;
    struct document_file_id file;
    TRY(document_of_path(p->request, &id));
    TRY(path_id(p->request, S("file"), &file.v));
    TRY(document_file_again(p->db, p->who, id, file));
    flash(p, "Tệp sẽ được đọc lại ngay khi tới lượt.");
    return see_other(p, "/document/%lld?file=%lld", (long long)id.v, (long long)file.v);
}
