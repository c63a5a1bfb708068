/* What the one search box finds of documents: number, subject, issuer, direction, and every page of their files.
   Facets: type, issuer, field, state. */
#include "kernel/index/feed.h"
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

/* "Một hai." of what there is of two words. */
static void put_sentence(struct arena *a, struct buf *b, struct str one, struct str two) {
    struct str words = str_trim(str_format(a, "%.*s %.*s", STR_ARG(one), STR_ARG(two)));
    if (words.len) {
        buf_printf(b, "%s%.*s.", b->len ? " " : "", STR_ARG(words));
    }
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
    put_sentence(a, &about, type ? type->name : S(""), d->issuer);
    put_sentence(a, &about, d->signer_post, d->signer);
    put_sentence(a, &about, d->lead_name, S(""));
    if (d->arrival_no) {
        put_sentence(a, &about, S("Số đến"), str_format(a, "%lld", (long long)d->arrival_no));
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

static struct str word_among(const struct document_word *words, struct str code) {
    struct str word = document_word(words, code);
    return str_eq(word, code) ? S("") : word;
}

static struct str word(enum search_facet facet, struct str value) {
    const struct document_type *type;
    switch (facet) {
    case SEARCH_TYPE: type = document_type_by_code(value); return type ? type->name : S("");
    case SEARCH_FIELD: return word_among(document_fields, value);
    case SEARCH_STATE: return word_among(document_states, value);
    case SEARCH_ISSUER: return value;
    case SEARCH_FACETS: break;
    }
    return S("");
}

const struct search_source document_sources[] = {
    {.kind = S_INIT("document"),
     .name = S_INIT("Văn bản"),
     .library = S_INIT("Văn bản của cơ quan"),
     .load = load,
     .each = each,
     .word = word},
    {.kind = S_INIT("")},
};
