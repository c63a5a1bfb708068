#include "modules/law/law_guard_keep.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/db/db.h"
#include "modules/law/law_guard_queries.h"

/* Of one compared quotation: more words than anybody reads side by side would make its page too large. */
enum { PIECES_BYTES = 2000, WORDS_MOST = 600, SENTENCE_MOST = 600 };

static struct str pieces_text(struct arena *a, const struct law_guard_finding *f) {
    struct buf b = buf_in(a);
    for (size_t i = 0; i < f->pieces.n && b.len < PIECES_BYTES; i++) {
        const struct law_guard_piece *p = &f->pieces.at[i];
        struct str words = utf8_cut(p->words, WORDS_MOST);
        buf_put_char(&b, p->kind == LAW_GUARD_EXTRA ? '-' : p->kind == LAW_GUARD_LACKS ? '+' : '=');
        buf_put(&b, words);
        BUF_LIT(&b, "\n");
    }
    if (b.len >= PIECES_BYTES) {
        BUF_LIT(&b, "=…\n");
    }
    return buf_str(&b);
}

struct err law_guard_keep(struct db_write *db, struct law_check_id check, const struct law_guard *out) {
    TRY(law_findings_clear(db, (struct law_findings_clear_in){.of_check = check}, NULL));
    db_write_ahead(db);
    for (size_t i = 0; i < out->findings.n; i++) {
        const struct law_guard_finding *f = &out->findings.at[i];
        struct law_finding_add_in in = {.of_check = check,
                                        .nth = (int64_t)i + 1,
                                        .level = f->level,
                                        .from_byte = (int64_t)f->from,
                                        .to_byte = (int64_t)f->to,
                                        .code = f->code,
                                        .sentence = utf8_cut(f->sentence, SENTENCE_MOST),
                                        .suggestion = f->suggestion,
                                        .work = f->work.v,
                                        .work_name = utf8_cut(f->work_name, SENTENCE_MOST),
                                        .eid = f->eid,
                                        .pieces = pieces_text(db_write_arena(db), f)};
        TRY(law_finding_add(db, in, NULL));
    }
    struct law_check_done_in done = {.id = check,
                                     .right_n = (int64_t)out->right,
                                     .look_n = (int64_t)out->look,
                                     .wrong_n = (int64_t)out->wrong,
                                     .unknown_n = (int64_t)out->unknown,
                                     .is_cut = out->is_cut};
    return law_check_done(db, done, NULL);
}

static void pieces_read(struct arena *a, struct str text, struct law_guard_finding *f) {
    struct str line, rest = text;
    while (str_next(&rest, '\n', &line)) {
        if (line.len > 1) {
            struct law_guard_piece *p = LIST_PUSH(a, &f->pieces);
            p->kind = line.at[0] == '-' ? LAW_GUARD_EXTRA : line.at[0] == '+' ? LAW_GUARD_LACKS : LAW_GUARD_SAME;
            p->words = str_slice(line, 1, line.len);
        }
    }
}

static void kept_add(struct arena *a, struct law_kept *kept, const struct law_findings_row *r) {
    struct law_guard_finding *f = LIST_PUSH(a, &kept->findings);
    *f = (struct law_guard_finding){.from = (size_t)r->from_byte,
                                    .to = (size_t)r->to_byte,
                                    .level = (enum law_guard_level)r->level,
                                    .code = r->code,
                                    .sentence = r->sentence,
                                    .suggestion = r->suggestion,
                                    .work = {r->work},
                                    .work_name = r->work_name,
                                    .eid = r->eid};
    pieces_read(a, r->pieces, f);
    *LIST_PUSH(a, &kept->numbers) = r->nth;
}

struct err law_guard_kept(struct db_read *db, const struct law_kept_asked *asked, struct law_kept *kept) {
    struct law_findings_rows rows;
    struct law_findings_in in = {
        .of_check = asked->check, .only = asked->level, .after = asked->after, .most = asked->most};
    TRY(law_findings(db, in, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        kept_add(db_arena(db), kept, &rows.at[i]);
    }
    return OK;
}
