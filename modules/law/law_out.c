#include "modules/law/law_out.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "modules/law/law_out_queries.h"

/* Nodes of the same order and number, so that who stands in whom is known. */
static void make_tree(struct arena *a, struct law_out *out) {
    struct law_given *given = arena_take(a, struct law_given, out->places.n + 1);
    for (size_t i = 0; i < out->places.n; i++) {
        const struct law_out_place *p = &out->places.at[i];
        given[i] = (struct law_given){p->level, p->label, p->heading, p->text};
    }
    law_text_make(a, &(struct law_given_paper){S(""), S(""), given, out->places.n}, &out->tree);
}

static struct err take_places(struct db_read *db, struct law_work_id id, struct law_out *out) {
    struct arena *a = db_arena(db);
    struct law_wordings all;
    TRY(law_wordings(db, id, S(""), out->on, &all));
    out->places.n = 0;
    for (size_t i = 0; i < all.n; i++) {
        const struct law_wording *w = &all.at[i];
        LIST_ADD(a, &out->places,
                 (struct law_out_place){.level = law_level_of_code(w->level),
                                        .label = w->label,
                                        .heading = w->heading,
                                        .text = w->text,
                                        .eid = w->eid,
                                        .from_on = w->valid_from,
                                        .until_on = w->valid_to,
                                        .is_computed = w->is_computed});
    }
    return OK;
}

struct err law_out_load(struct db_read *db, struct law_work_id id, struct date on, struct law_out *out) {
    struct law_out_work_row *w;
    struct law_work_head head;
    struct law_type type;
    TRY(law_out_work(db, (struct law_out_work_in){.id = id}, &w));
    if (!w) {
        return FAIL(ERR_MISSING, "no such work");
    }
    TRY(law_work_head(db, id, on, &head));
    bool is_typed = law_type_by_code(w->type, &type);
    *out = (struct law_out){.uri = w->uri,
                            .type = w->type,
                            .code = w->code,
                            .issuer = w->issuer,
                            .title = w->title,
                            .short_title = w->short_title,
                            .signer = w->signer,
                            .signer_post = w->signer_post,
                            .preamble = w->preamble,
                            .closing = w->closing,
                            .gazette = w->gazette,
                            .type_name = is_typed ? type.name : S(""),
                            .issued_on = w->issued_on,
                            .effective_on = w->effective_on,
                            .expired_on = w->expired_on,
                            .on = on,
                            .status = head.status};
    TRY(take_places(db, id, out));
    if (out->places.n == 0 && w->effective_on.year && date_cmp(on, w->effective_on) < 0) {
        out->on = w->effective_on;
        TRY(take_places(db, id, out));
    }
    make_tree(db_arena(db), out);
    return OK;
}

void law_out_of_tree(struct arena *a, const struct law_tree *tree, struct law_out *out) {
    const struct law_head *h = &tree->head;
    *out = (struct law_out){.type_name = h->type_name,
                            .code = h->code,
                            .issuer = h->issuer,
                            .title = h->title,
                            .signer = h->signer,
                            .signer_post = h->signer_post,
                            .preamble = h->preamble,
                            .closing = h->closing,
                            .issued_on = h->issued_on,
                            .effective_on = h->effective_on,
                            .on = h->effective_on};
    for (size_t i = 0; i < tree->nodes.n; i++) {
        const struct law_node *n = &tree->nodes.at[i];
        LIST_ADD(a, &out->places,
                 (struct law_out_place){n->level, n->label, n->heading, n->text, n->eid, {0}, {0}, false});
    }
    make_tree(a, out);
}

struct str law_out_name(struct arena *a, const struct law_out *out) {
    struct str folded = utf8_fold(a, out->code.len ? out->code : out->title);
    struct buf b = buf_in(a);
    for (size_t i = 0; i < folded.len && b.len < 80; i++) {
        char c = folded.at[i];
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (is_plain || (b.len && b.at[b.len - 1] != '-')) {
            buf_put_char(&b, is_plain ? c : '-');
        }
    }
    return b.len ? buf_str(&b) : S("van-ban");
}
