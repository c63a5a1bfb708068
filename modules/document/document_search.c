/* What the one search box finds of documents: number, subject, issuer, direction, and every page of their files.
   Facets: type, issuer, field, state. */
#include "kernel/search_feed.h"
#include "modules/document/document_facts.h"
#include "modules/document/document_rules.h"

#include "base/buf.h"

static struct err add_file(struct db_read *db, struct arena *a, struct search_doc *doc, struct file_blob_id id,
                           bool is_main) {
    struct file file;
    TRY(file_find(db, a, id, &file));
    for (int64_t n = 1; n <= file.pages; n++) {
        struct read_page page;
        struct err e = file_page(db, a, id, n, &page);
        if (err_is(e, ERR_MISSING)) {
            continue;
        }
        TRY(e);
        search_doc_add(a, doc, is_main ? n : 0, page.text);
    }
    return OK;
}

static struct err load(struct db_read *db, struct arena *a, int64_t record, struct search_doc *out, bool *is_gone) {
    struct document_by_id_row *d;
    TRY(document_by_id(db, (struct document_by_id_in){{record}}, &d));
    *is_gone = !d || str_eq(d->state, S("void"));
    if (*is_gone) {
        return OK;
    }
    struct access_ids readers;
    TRY(access_readers(db, record, &readers));
    *out = (struct search_doc){.record = record,
                               .kind = S("document"),
                               .number = d->code,
                               .title = d->subject,
                               .date = d->issued_on.year ? d->issued_on : d->arrival_on,
                               .facet = {d->type, d->issuer, d->field, d->state},
                               .principals = {readers.at, readers.n}};
    struct buf about = buf_in(a);
    const struct document_type *type = document_type_by_code(d->type);
    buf_printf(&about, "%.*s %.*s. %.*s %.*s. %.*s", STR_ARG(type ? type->name : S("")), STR_ARG(d->issuer),
               STR_ARG(d->signer_post), STR_ARG(d->signer), STR_ARG(d->lead_name));
    if (d->arrival_no) {
        buf_printf(&about, ". Số đến %lld.", (long long)d->arrival_no);
    }
    search_doc_add(a, out, 0, buf_str(&about));
    struct document_files_rows files;
    TRY(document_files(db, (struct document_files_in){d->id}, &files));
    for (size_t i = 0; i < files.n; i++) {
        TRY(add_file(db, a, out, files.at[i].file, str_eq(files.at[i].role, S("main"))));
    }
    return OK;
}

static struct err each(struct db_read *db, struct arena *a, int64_t after, int64_t limit, struct search_ids *ids) {
    struct document_ids_after_rows rows;
    TRY(document_ids_after(db, (struct document_ids_after_in){.after = after, .most = limit}, &rows));
    ids->at = arena_take(a, int64_t, rows.n + 1);
    ids->n = rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        ids->at[i] = rows.at[i].id.v;
    }
    return OK;
}

static struct str word(enum search_facet facet, struct str value) {
    const struct document_type *type;
    switch (facet) {
    case SEARCH_TYPE: type = document_type_by_code(value); return type ? type->name : value;
    case SEARCH_FIELD: return document_word(document_fields, value);
    case SEARCH_STATE: return document_word(document_states, value);
    case SEARCH_ISSUER:
    case SEARCH_FACETS: break;
    }
    return value;
}

const struct search_source document_sources[] = {
    {.kind = S_INIT("document"), .name = S_INIT("Văn bản"), .load = load, .each = each, .word = word},
    {.kind = S_INIT("")},
};
