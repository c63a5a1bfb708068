/* What another office of the system sends arrives as a draft with all that is known of it, without being typed: nobody
   of the sender's gets any right on it. What the sender says of it later is told there too. */
#include "base/arena.h"
#include "base/utf8.h"
#include "kernel/db/id.h"
#include "modules/document/document_acts.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

static struct err paper_put(struct db_write *db, struct document_doc_id id, const struct document_delivery *d) {
    return document_file_insert(db,
                                (struct document_file_insert_in){.id = {id_new()},
                                                                 .doc = id,
                                                                 .file = d->file,
                                                                 .role = S("main"),
                                                                 .name = d->file_name,
                                                                 .size = d->file_size,
                                                                 .added_at = clock_now()},
                                NULL);
}

static struct err facts_put(struct db_write *db, struct document_doc_id id, const struct document_delivery *d) {
    int64_t number = 0, changed;
    struct str notation = S("");
    (void)document_code_split(d->code, &number, &notation);
    TRY(document_fill(db,
                      (struct document_fill_in){.type = d->type,
                                                .number = number,
                                                .notation = notation,
                                                .code = d->code,
                                                .issued_on = d->issued_on,
                                                .subject = d->subject,
                                                .issuer_unit = d->issuer.v,
                                                .issuer = d->issuer_name,
                                                .signer = d->signer,
                                                .signer_post = S(""),
                                                .priority = d->priority,
                                                .field = d->field,
                                                .note = S(""),
                                                .due_on = d->due_on,
                                                .due_why = d->due_on.year ? S("Thời hạn ghi trong văn bản.") : S(""),
                                                .duplicate_key =
                                                    document_key(db_write_arena(db), d->code, d->issuer_name),
                                                .changed_at = clock_now(),
                                                .version = 1,
                                                .id = id},
                      &changed));
    return changed ? OK : FAIL(ERR_BROKEN, "a document changed within the transaction that made it");
}

struct err document_receive(struct db_write *db, const struct document_delivery *d, struct document_doc_id *id) {
    int64_t clerks;
    *id = (struct document_doc_id){id_new()};
    TRY(document_insert(db,
                        (struct document_insert_in){.id = *id,
                                                    .organ = d->organ.v,
                                                    .subject = d->subject,
                                                    .sha256 = d->file.v ? d->sha256 : S(""),
                                                    .reading = S("none"),
                                                    .created_at = clock_now()},
                        NULL));
    TRY(facts_put(db, *id, d));
    if (d->file.v) {
        TRY(paper_put(db, *id, d));
    }
    TRY(document_settle(db, *id));
    TRY(document_deed(db, NULL,
                      &(struct document_deed){
                          .doc = *id, .kind = "receive", .verb = "document.drafted", .text = d->provenance}));
    TRY(org_group(db_reading(db), d->organ, ROLE_CLERK, &clerks));
    return document_tell(db, *id, clerks, "document.arrived",
                         str_format(db_write_arena(db), "Văn bản mới: %.*s", STR_ARG(utf8_cut(d->subject, 200))));
}

struct err document_sender_says(struct db_write *db, struct document_doc_id id, struct str words) {
    struct document_by_id_row *doc;
    int64_t clerks;
    TRY(document_by_id(db_reading(db), (struct document_by_id_in){id}, &doc));
    if (!doc || is(doc->state, "void")) {
        return OK;
    }
    TRY(document_deed(db, NULL,
                      &(struct document_deed){
                          .doc = id, .kind = "receive", .verb = "document.sender_said", .text = words}));
    TRY(org_group(db_reading(db), (struct unit_id){doc->organ}, ROLE_CLERK, &clerks));
    TRY(document_tell(db, id, clerks, "document.sender_said", words));
    return document_tell(db, id, doc->lead, "document.sender_said", words);
}
