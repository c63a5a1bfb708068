/* No state secret stands on this system (R34; Luật Bảo vệ bí mật nhà nước 2018, điều 5): a paper found to bear the
   stamp is taken out again with its words and pictures. What stays is that it came, who brought it, and that it was
   refused. */
#include "modules/document/document_acts.h"
#include "modules/document/document_secret.h"

#include "base/buf.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

struct str document_secret_words(void) {
    return S("Văn bản có dấu chỉ độ mật không được đưa vào hệ thống này. Tệp đã bị xóa khỏi hệ thống; mời đăng ký trên "
             "sổ riêng theo quy định bảo vệ bí mật nhà nước.");
}

/* Nothing read from the paper stays, nor what was typed from it: only its number in the register, should it have one.
 */
static struct err forget_words(struct db_write *db, const struct document_by_id_row *doc) {
    static const struct document_fact_put_in mark = {
        .name = S_INIT("secret"), .value = S_INIT("1"), .seen = S_INIT("1"), .confidence = 100};
    struct document_fact_put_in fact = mark;
    fact.id = (struct document_fact_id){id_new()};
    fact.doc = doc->id;
    TRY(document_fact_clear(db, (struct document_fact_clear_in){doc->id}, NULL));
    TRY(document_fact_put(db, fact, NULL));
    TRY(document_secret_set(db,
                            (struct document_secret_set_in){.subject = S("Văn bản bị từ chối vì có dấu chỉ độ mật"),
                                                            .void_reason = S("Có dấu chỉ độ mật"),
                                                            .changed_at = clock_now(),
                                                            .id = doc->id},
                            NULL));
    return OK;
}

static struct err refuse_one(struct db_write *db, const struct document_files_holding_row *held, int64_t page) {
    struct arena *a = db_write_arena(db);
    struct document_by_id_row *doc;
    TRY(document_by_id(db_reading(db), (struct document_by_id_in){held->doc}, &doc));
    TRY(document_file_remove(db, (struct document_file_remove_in){held->id}, NULL));
    if (!doc) {
        return OK;
    }
    if (is(held->role, "main")) {
        TRY(forget_words(db, doc));
    }
    TRY(document_settle(db, doc->id));
    TRY(document_deed(db, NULL,
                      &(struct document_deed){.doc = doc->id,
                                              .kind = "refuse",
                                              .verb = "document.secret_refused",
                                              .text = document_secret_words(),
                                              .audited = str_format(a, "{\"page\":%lld,\"brought_by\":\"%lld\"}",
                                                                    (long long)page, (long long)held->added_by)}));
    return document_tell(db, doc->id, held->added_by, "document.secret_refused", document_secret_words());
}

struct err document_secret_refuse(struct db_write *db, struct file_blob_id file, int64_t page) {
    struct document_files_holding_rows held;
    TRY(document_files_holding(db_reading(db), (struct document_files_holding_in){file}, &held));
    for (size_t i = 0; i < held.n; i++) {
        TRY(refuse_one(db, &held.at[i], page));
    }
    return file_forget(db, file);
}
