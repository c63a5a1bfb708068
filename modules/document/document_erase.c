/* A secret's going: what a document said is erased here and, by kernel/erase/erase.h, everywhere else. */
#include "kernel/erase/erase.h"
#include "modules/document/document_acts.h"
#include "modules/document/document_secret.h"

static struct err erase_document(struct db_write *db, struct document_doc_id id) {
    struct document_by_id_row *doc;
    struct str gone = S("Nội dung đã được xóa theo yêu cầu.");
    TRY(document_by_id(db_reading(db), (struct document_by_id_in){id}, &doc));
    if (!doc) {
        return OK;
    }
    TRY(document_fact_clear(db, (struct document_fact_clear_in){id}, NULL));
    TRY(document_forget_directives(db, (struct document_forget_directives_in){id}, NULL));
    TRY(document_forget_lines(db, (struct document_forget_lines_in){id}, NULL));
    TRY(document_forget_extensions(db, (struct document_forget_extensions_in){id}, NULL));
    TRY(document_forget_steps(db, (struct document_forget_steps_in){.text = gone, .doc = id}, NULL));
    return document_forget(db,
                           (struct document_forget_in){.void_reason = S("Tài liệu mật"),
                                                       .subject = S("Tài liệu mật đã được gỡ"),
                                                       .changed_at = clock_now(),
                                                       .id = id},
                           NULL);
}

/* Whoever else holds the same bytes is asked; so long they stay, sealed. */
static struct err erase_file_here(struct db_write *db, const struct erase *e) {
    struct document_holding_row *row;
    struct document_stamp stamp = {.seen = S("Đã được xác nhận là tài liệu mật ở nơi khác")};
    TRY(document_holding(db_reading(db), (struct document_holding_in){*e->file}, &row));
    if (row->n) {
        *e->is_held = true;
        return document_seal(db, *e->file, &stamp);
    }
    return OK;
}

struct err document_erase(struct db_write *db, const struct erase *e) {
    if (e->file) {
        return erase_file_here(db, e);
    }
    return str_eq(e->kind, S("document")) ? erase_document(db, (struct document_doc_id){e->record}) : OK;
}

/* ---- */

static struct str removed_words(struct arena *a, const struct document_removal *r, const char *what) {
    struct str day = date_vi(a, clock_today());
    return r->who ? str_format(a, "%s đã được gỡ ngày %.*s bởi %.*s, %.*s.", what, STR_ARG(day), STR_ARG(r->who->name),
                               STR_ARG(r->who->post_name))
                  : str_format(a, "%s đã được gỡ ngày %.*s bởi hệ thống, vì quá hạn xác nhận.", what, STR_ARG(day));
}

static struct err tell_removed(struct db_write *db, const struct document_removal *r, struct str text) {
    struct arena *a = db_write_arena(db);
    TRY(document_settle(db, r->doc->id));
    TRY(document_deed(db, r->who,
                      &(struct document_deed){.doc = r->doc->id,
                                              .kind = "refuse",
                                              .verb = "document.secret_removed",
                                              .text = text,
                                              .audited = str_format(a, "{\"page\":%lld,\"brought_by\":\"%lld\"}",
                                                                    (long long)r->page, (long long)r->brought_by)}));
    return document_tell(db, r->doc->id, r->brought_by, "document.secret_removed",
                         str_format(a, "%.*s %.*s", STR_ARG(text), STR_ARG(document_secret_words())));
}

/* Takes every file out of the document, sealed or not; they are erased when the document no longer names them. */
static struct err let_go(struct db_write *db, struct document_doc_id id, struct db_ids *files) {
    struct document_files_rows held;
    struct document_seals_of_rows sealed;
    TRY(document_files(db_reading(db), (struct document_files_in){id}, &held));
    TRY(document_seals_of(db_reading(db), (struct document_seals_of_in){id}, &sealed));
    int64_t *ids = arena_take(db_write_arena(db), int64_t, held.n + sealed.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < held.n; i++) {
        ids[n++] = held.at[i].file.v;
        TRY(document_file_remove(db, (struct document_file_remove_in){held.at[i].id}, NULL));
    }
    for (size_t i = 0; i < sealed.n; i++) {
        ids[n++] = sealed.at[i].file.v;
        TRY(document_seal_remove(db, (struct document_seal_remove_in){sealed.at[i].id}, NULL));
    }
    *files = (struct db_ids){ids, n};
    return OK;
}

static struct err erase_files_once(struct db_write *db, struct db_ids files) {
    for (size_t i = 0; i < files.n; i++) {
        bool is_again = false;
        for (size_t k = 0; k < i; k++) {
            is_again = is_again || files.at[k] == files.at[i];
        }
        TRY(is_again ? OK : erase_file(db, (struct file_blob_id){files.at[i]}));
    }
    return OK;
}

struct err document_secret_whole(struct db_write *db, const struct document_removal *r) {
    static const struct document_fact_put_in mark = {
        .name = S_INIT("secret"), .value = S_INIT("1"), .seen = S_INIT("1"), .confidence = 100};
    struct document_fact_put_in fact = mark;
    struct db_ids files;
    TRY(let_go(db, r->doc->id, &files));
    TRY(erase_record(db, &(struct erase){.kind = S("document"),
                                         .record = r->doc->id.v,
                                         .why = S("Tài liệu bí mật nhà nước không được đưa vào hệ thống này."),
                                         .since = r->doc->created_at}));
    fact.id = (struct document_fact_id){id_new()};
    fact.doc = r->doc->id;
    TRY(document_fact_put(db, fact, NULL));
    TRY(erase_files_once(db, files));
    return tell_removed(db, r, removed_words(db_write_arena(db), r, "Tài liệu mật"));
}

struct err document_secret_file(struct db_write *db, const struct document_removal *r, struct file_blob_id file,
                                int64_t was) {
    TRY(document_forget_steps_of_file(
        db,
        (struct document_forget_steps_of_file_in){
            .text = S("Nội dung đã được xóa theo yêu cầu."), .doc = r->doc->id, .file = was},
        NULL));
    TRY(erase_file(db, file));
    /* The index held the file's words with the document's. */
    TRY(search_erase(db, S("document"), r->doc->id.v));
    return tell_removed(db, r, removed_words(db_write_arena(db), r, "Tệp mật của văn bản"));
}

struct err document_secret_remove(struct db_write *db, const struct who *who, struct document_doc_id id, bool is_sure) {
    struct document_by_id_row *doc;
    TRY(document_for(db, id, who, CAN_MANAGE, &doc));
    if (!is_sure) {
        return REFUSE(ERR_INVALID, "is_sure", "Mời đánh dấu xác nhận: việc gỡ không hoàn tác được.");
    }
    if (str_eq(doc->state, S("void"))) {
        return REFUSE(ERR_CONFLICT, "", "Văn bản này đã bị hủy hoặc đã được gỡ.");
    }
    return document_secret_whole(db, &(struct document_removal){.who = who, .doc = doc, .brought_by = doc->created_by});
}
