#include "kernel/page/html.h"
#include "modules/document/document_rules.h"
#include "modules/document/document_pages.h"

#include "base/buf.h"

struct err document_find(struct db_read *db, struct document_doc_id id, const struct who *who,
                         struct document_by_id_row **doc, unsigned *bits) {
    unsigned may = 0;
    if (!who->post.v) {
        return FAIL(ERR_MISSING, "no post is worn");
    }
    TRY(access_bits(db, id.v, who->post.v, &may));
    if (!(may & CAN_READ)) {
        return FAIL(ERR_MISSING, "no such document for this post");
    }
    TRY(document_by_id(db, (struct document_by_id_in){id}, doc));
    if (bits) {
        *bits = may;
    }
    return *doc ? OK : FAIL(ERR_MISSING, "no such document");
}

struct err document_for(struct db_write *db, struct document_doc_id id, const struct who *who, unsigned can,
                        struct document_by_id_row **doc) {
    unsigned bits = 0;
    TRY(document_find(db_reading(db), id, who, doc, &bits));
    return (bits & can) == can ? OK : FAIL(ERR_DENIED, "the post may read the document, not do this");
}

static const struct nav_entry nav[] = {
    {.area = AREA_WORK,
     .order = 10,
     .title = "Văn phòng điện tử",
     .path = "/document",
     .icon = ICON("files"),
     .is_on_phone = true,
     .count = document_nav_count},
    {0},
};

const struct module document_module = {
    .name = "document",
    .title = "Văn phòng điện tử",
    .routes = document_routes,
    .nav = nav,
    .job_kinds = document_job_kinds,
    .metrics = document_metrics,
    .waiting = document_waiting,
    .told = document_told,
    .papers = document_papers,
    .offers = document_offers,
    .sources = document_sources,
    .file_uses = document_file_uses,
    .demo = document_demo,
    .seed = document_seed,
    .erase = document_erase,
};
