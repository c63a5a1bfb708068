#include "modules/document/document_secret.h"
#include "modules/document/document_acts.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/page/json.h"
#include "modules/document/document_facts.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

struct str document_secret_words(void) {
    return S("Văn bản có dấu chỉ độ mật không được đưa vào hệ thống này. Tệp đã bị xóa khỏi hệ thống; mời đăng ký trên "
             "sổ riêng theo quy định bảo vệ bí mật nhà nước.");
}

struct str document_sealed_words(struct arena *a, int64_t page, struct date until) {
    struct str where = page ? str_format(a, "Trang %lld có", (long long)page) : S("Văn bản có");
    return str_format(a,
                      "%.*s chữ giống dấu chỉ độ mật. Tệp được tạm giữ, không ai xem được; người đưa lên cần xác nhận "
                      "trước hết ngày %.*s.",
                      STR_ARG(where), STR_ARG(date_vi(a, until)));
}

bool document_bears_stamp(struct arena *a, const struct read_page *page, struct str *seen) {
    struct document_facts facts = {0};
    document_facts_find(a, page, 1, clock_today(), &facts);
    *seen = facts.secret.seen;
    return facts.secret.value.len > 0;
}

/* A text's first lines as words without places: a stamp stands at the head. */
static void head_words(struct arena *a, struct str text, struct read_page *page) {
    enum { LINES = 100 };
    struct str line, word;
    for (int n = 0; n < LINES && str_next(&text, '\n', &line); n++) {
        bool starts_line = true;
        while (str_next(&line, ' ', &word)) {
            word = str_trim(word);
            if (word.len) {
                LIST_ADD(a, &page->words,
                         ((struct read_word){.text = word, .confidence = 100, .starts_line = starts_line}));
                starts_line = false;
            }
        }
    }
}

bool document_text_bears_stamp(struct arena *a, struct str text, struct str *seen) {
    for (struct str page; str_next(&text, '\f', &page);) {
        struct read_page one = {.number = 1, .how = READ_LAYER, .confidence = 100, .text = page};
        head_words(a, page, &one);
        if (one.words.n && document_bears_stamp(a, &one, seen)) {
            return true;
        }
    }
    return false;
}

/* ---- Sealing */

static struct err put_seal(struct db_write *db, const struct document_files_holding_row *held, const struct file *f,
                           const struct document_stamp *stamp, struct date until) {
    return document_seal_put(db,
                             (struct document_seal_put_in){.id = {id_new()},
                                                           .doc = held->doc,
                                                           .was = held->id.v,
                                                           .file = {f->id},
                                                           .role = held->role,
                                                           .line = held->line,
                                                           .name = held->name,
                                                           .size = held->size,
                                                           .sha256 = f->sha256,
                                                           .added_by = held->added_by,
                                                           .added_at = held->added_at,
                                                           .page = stamp->page,
                                                           .seen = stamp->seen,
                                                           .sealed_at = clock_now(),
                                                           .until_on = until},
                             NULL);
}

/* A draft says nothing that was read from its paper; what a clerk has registered is hers. */
static struct err hide_words(struct db_write *db, const struct document_by_id_row *doc) {
    bool is_draft = is(doc->state, "draft");
    TRY(document_fact_clear(db, (struct document_fact_clear_in){doc->id}, NULL));
    return document_seal_mark(
        db,
        (struct document_seal_mark_in){.subject = is_draft ? S("Tệp tạm giữ, chờ xác nhận độ mật") : doc->subject,
                                       .changed_at = clock_now(),
                                       .id = doc->id},
        NULL);
}

static struct err seal_one(struct db_write *db, const struct document_files_holding_row *held, const struct file *f,
                           const struct document_stamp *stamp) {
    struct arena *a = db_write_arena(db);
    struct document_by_id_row *doc;
    struct org_deadline end;
    TRY(org_deadline(db_reading(db), a, clock_today(), 1, &end));
    TRY(put_seal(db, held, f, stamp, end.due_on));
    TRY(document_file_remove(db, (struct document_file_remove_in){held->id}, NULL));
    TRY(document_by_id(db_reading(db), (struct document_by_id_in){held->doc}, &doc));
    if (!doc) {
        return OK;
    }
    if (is(held->role, "main")) {
        TRY(hide_words(db, doc));
    }
    TRY(document_settle(db, doc->id));
    struct str text = document_sealed_words(a, stamp->page, end.due_on);
    struct str audited =
        str_format(a, "{\"page\":%lld,\"brought_by\":\"%lld\"}", (long long)stamp->page, (long long)held->added_by);
    TRY(document_deed(
        db, NULL,
        &(struct document_deed){
            .doc = doc->id, .kind = "seal", .verb = "document.sealed", .text = text, .audited = audited}));
    return document_tell(db, doc->id, held->added_by, "document.sealed", text);
}

struct err document_seal(struct db_write *db, struct file_blob_id file, const struct document_stamp *stamp) {
    struct document_files_holding_rows held;
    struct file f;
    bool is_cleared = false;
    TRY(file_find(db_reading(db), db_write_arena(db), file, &f));
    TRY(document_files_holding(db_reading(db), (struct document_files_holding_in){file}, &held));
    for (size_t i = 0; i < held.n; i++) {
        is_cleared = is_cleared || held.at[i].is_cleared;
        TRY(held.at[i].is_cleared ? OK : seal_one(db, &held.at[i], &f, stamp));
    }
    return is_cleared ? OK : file_unread(db, file);
}

/* ---- What becomes of it */

static struct err seal_of(struct db_write *db, const struct who *who, struct document_doc_id doc,
                          struct document_seal_id id, struct document_seal_by_id_row **seal) {
    struct document_by_id_row *row;
    TRY(document_for(db, doc, who, CAN_READ, &row));
    TRY(document_seal_by_id(db_reading(db), (struct document_seal_by_id_in){id}, seal));
    if (!*seal || (*seal)->doc.v != doc.v) {
        return REFUSE(ERR_MISSING, "", "Tệp này không còn được tạm giữ: đã có quyết định về nó.");
    }
    return (*seal)->added_by == who->post.v
               ? OK
               : REFUSE(ERR_DENIED, "", "Chỉ người đưa tệp lên xác nhận được độ mật của nó.");
}

static struct err put_back(struct db_write *db, const struct document_seal_by_id_row *seal,
                           struct document_file_id *file) {
    file->v = seal->was;
    TRY(document_file_insert(db,
                             (struct document_file_insert_in){.id = *file,
                                                              .doc = seal->doc,
                                                              .file = seal->file,
                                                              .role = seal->role,
                                                              .line = seal->line,
                                                              .name = seal->name,
                                                              .size = seal->size,
                                                              .added_by = seal->added_by,
                                                              .added_at = seal->added_at},
                             NULL));
    TRY(document_file_clear(db, (struct document_file_clear_in){*file}, NULL));
    TRY(document_seal_remove(db, (struct document_seal_remove_in){seal->id}, NULL));
    struct str args = str_format(db_write_arena(db), "{\"file\":\"%lld\"}", (long long)file->v);
    return job_add(
        db, &(struct job_new){.kind = S("document.read"), .record = seal->doc.v, .args = args, .post = seal->added_by},
        NULL);
}

static struct err main_again(struct db_write *db, const struct document_seal_by_id_row *seal) {
    struct document_by_id_row *doc;
    TRY(document_by_id(db_reading(db), (struct document_by_id_in){seal->doc}, &doc));
    if (is(doc->state, "draft")) {
        TRY(document_subject_set(
            db, (struct document_subject_set_in){.subject = utf8_cut(seal->name, 300), .id = doc->id}, NULL));
    }
    return document_main_set(
        db,
        (struct document_main_set_in){
            .sha256 = seal->sha256, .reading = S("waiting"), .changed_at = clock_now(), .id = doc->id},
        NULL);
}

struct err document_seal_open(struct db_write *db, const struct who *who, struct document_doc_id doc,
                              struct document_seal_id id, struct str reason) {
    struct arena *a = db_write_arena(db);
    struct document_seal_by_id_row *seal;
    struct document_file_id file;
    TRY(seal_of(db, who, doc, id, &seal));
    if (!str_trim(reason).len) {
        return REFUSE(ERR_INVALID, "reason", "Cần ghi vì sao tệp này không phải tài liệu mật.");
    }
    TRY(put_back(db, seal, &file));
    TRY(is(seal->role, "main") ? main_again(db, seal) : OK);
    TRY(document_settle(db, doc));
    struct buf b = buf_in(a);
    buf_printf(&b, "{\"page\":%lld,\"reason\":", (long long)seal->page);
    json_str(&b, reason);
    BUF_LIT(&b, "}");
    struct str text = str_format(a, "Xác nhận tệp không phải tài liệu mật: %.*s", STR_ARG(reason));
    return document_deed(db, who,
                         &(struct document_deed){.doc = doc,
                                                 .kind = "unseal",
                                                 .verb = "document.unsealed",
                                                 .text = text,
                                                 .audited = buf_str(&b),
                                                 .file = file.v});
}

static struct err destroy(struct db_write *db, const struct who *who, const struct document_seal_by_id_row *seal) {
    struct document_by_id_row *doc;
    TRY(document_by_id(db_reading(db), (struct document_by_id_in){seal->doc}, &doc));
    struct document_removal r = {.who = who, .doc = doc, .page = seal->page, .brought_by = seal->added_by};
    if (is(seal->role, "main")) {
        return document_secret_whole(db, &r);
    }
    TRY(document_seal_remove(db, (struct document_seal_remove_in){seal->id}, NULL));
    return document_secret_file(db, &r, seal->file, seal->was);
}

struct err document_seal_destroy(struct db_write *db, const struct who *who, struct document_doc_id doc,
                                 struct document_seal_id id) {
    struct document_seal_by_id_row *seal;
    TRY(seal_of(db, who, doc, id, &seal));
    return destroy(db, who, seal);
}

struct err document_seal_sweep(struct db_write *db, struct date today) {
    struct document_seal_overdue_rows rows;
    TRY(document_seal_overdue(db_reading(db), (struct document_seal_overdue_in){today}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct document_seal_by_id_row *seal;
        TRY(document_seal_by_id(db_reading(db), (struct document_seal_by_id_in){rows.at[i].id}, &seal));
        TRY(destroy(db, NULL, seal));
    }
    return OK;
}

/* ---- What it stands in the way of */

struct err document_refuse_secret(struct db_write *db, struct document_doc_id id) {
    struct document_fact_list_rows facts;
    struct document_seal_list_rows seals;
    TRY(document_fact_list(db_reading(db), (struct document_fact_list_in){id}, &facts));
    for (size_t i = 0; i < facts.n; i++) {
        if (is(facts.at[i].name, "secret")) {
            return err_refuse(db_write_arena(db), ERR_CONFLICT, NULL, "%.*s", STR_ARG(document_secret_words()));
        }
    }
    TRY(document_seal_list(db_reading(db), (struct document_seal_list_in){id}, &seals));
    for (size_t i = 0; i < seals.n; i++) {
        if (is(seals.at[i].role, "main")) {
            return REFUSE(ERR_CONFLICT, "",
                          "Tệp của văn bản này đang được tạm giữ vì có chữ giống dấu chỉ độ mật. Mời người đưa tệp lên "
                          "xác nhận trước khi vào sổ.");
        }
    }
    return OK;
}
