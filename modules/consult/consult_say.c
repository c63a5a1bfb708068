/* What is said, gathered into themes, and answered. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "kernel/db/id.h"
#include "kernel/rights/access.h"
#include "kernel/rights/audit.h"
#include "modules/consult/consult_inside.h"
#include "modules/org/org.h"

enum { PEOPLE_MOST = 100000, ABOUT_MOST = 120, KEY_LEAST = 12, KEY_MOST = 400 };

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

/* Letters and digits without marks: the same words, however they were typed. Too few of them tell nothing. */
static struct str key_of(struct arena *a, struct str text) {
    struct str folded = utf8_fold(a, text);
    struct buf b = buf_in(a);
    for (size_t i = 0; i < folded.len && b.len < KEY_MOST; i++) {
        char c = folded.at[i];
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            buf_put_char(&b, c);
        }
    }
    return b.len < KEY_LEAST ? S("") : buf_str(&b);
}

static struct err check(struct db_read *db, const struct consult_by_id_row *row, const struct who *by,
                        const struct consult_said *s) {
    struct consult_clause_of_row *clause = NULL;
    if (!by && !consult_is_open(row)) {
        return REFUSE(ERR_CONFLICT, "", "Đã hết thời gian lấy ý kiến về dự thảo này.");
    }
    if (by && !is(row->state, "open") && !is(row->state, "answering")) {
        return REFUSE(ERR_CONFLICT, "", "Chỉ nhập ý kiến khi đang lấy ý kiến hoặc đang tổng hợp.");
    }
    if (s->clause) {
        TRY(consult_clause_of(db, (struct consult_clause_of_in){.item = row->id, .n = s->clause}, &clause));
    }
    if (s->clause && !clause) {
        return REFUSE(ERR_INVALID, "clause", "Dự thảo không có điều này.");
    }
    if (!s->text.len && !is(s->stance, "yes")) {
        return REFUSE(ERR_INVALID, "text", "Mời ghi ý kiến: vì sao, và nên sửa thế nào.");
    }
    return OK;
}

/* The same words as somebody's who stands in a theme already join it; whoever only agrees has the clause's own key. */
static struct err theme_find(struct db_read *db, const struct consult_said *s, struct str key, int64_t *theme) {
    struct consult_theme_of_key_row *row = NULL;
    if (key.len) {
        TRY(consult_theme_of_key(db, (struct consult_theme_of_key_in){.item = s->item, .clause = s->clause, .key = key},
                                 &row));
    }
    *theme = row ? row->theme : 0;
    return OK;
}

struct err consult_say(struct db_write *db, const struct who *by, const struct consult_said *s,
                       struct consult_opinion_id *id) {
    struct arena *a = db_write_arena(db);
    struct consult_by_id_row *row;
    struct str key = s->text.len ? key_of(a, s->text) : S("dong y");
    int64_t theme;
    if (by) {
        TRY(consult_for(db_reading(db), s->item, by, CAN_ACT, &row));
    } else {
        TRY(consult_by_id(db_reading(db), (struct consult_by_id_in){.id = s->item}, &row));
    }
    if (!row) {
        return FAIL(ERR_MISSING, "no such consultation");
    }
    TRY(check(db_reading(db), row, by, s));
    TRY(theme_find(db_reading(db), s, key, &theme));
    *id = (struct consult_opinion_id){id_new()};
    TRY(consult_opinion_insert(db,
                               (struct consult_opinion_insert_in){.id = *id,
                                                                  .item = s->item,
                                                                  .clause = s->clause,
                                                                  .via = s->via,
                                                                  .source = s->source,
                                                                  .stance = s->stance,
                                                                  .text = s->text,
                                                                  .key = key,
                                                                  .name = s->name,
                                                                  .place = s->place,
                                                                  .people = s->people > 1 ? s->people : 1,
                                                                  .theme = theme,
                                                                  .entered_by = by ? by->post.v : 0,
                                                                  .made_at = clock_now()},
                               NULL));
    struct str about = utf8_cut(s->text.len ? s->text : S("Đồng ý"), ABOUT_MOST);
    return consult_done(db, by, row, &(struct consult_deed){.verb = "consult.say", .about = about});
}

/* ---- Themes */

static struct err answering(struct db_read *db, struct consult_item_id id, const struct who *who,
                            struct consult_by_id_row **row) {
    TRY(consult_for(db, id, who, CAN_MANAGE, row));
    bool is_now = is((*row)->state, "open") || is((*row)->state, "answering");
    return is_now ? OK : REFUSE(ERR_CONFLICT, "", "Đã trình duyệt hoặc công bố nên không sửa được câu trả lời nữa.");
}

static struct err theme_of(struct db_read *db, struct consult_item_id id, int64_t theme,
                           struct consult_theme_by_id_row **row) {
    TRY(consult_theme_by_id(db, (struct consult_theme_by_id_in){.id = {theme}}, row));
    return *row && (*row)->item.v == id.v ? OK : FAIL(ERR_MISSING, "no such theme of this consultation");
}

/* The clause the first of them is about; the query puts only those of the same clause. */
static struct err clause_of(struct db_read *db, struct consult_item_id id, struct db_ids opinions, int64_t *clause) {
    struct consult_opinion_by_id_row *row;
    if (!opinions.n) {
        return REFUSE(ERR_INVALID, "opinion", "Mời đánh dấu ít nhất một ý kiến.");
    }
    TRY(consult_opinion_by_id(db, (struct consult_opinion_by_id_in){.id = {opinions.at[0]}}, &row));
    if (!row || row->item.v != id.v) {
        return FAIL(ERR_MISSING, "no such opinion of this consultation");
    }
    *clause = row->clause;
    return OK;
}

struct err consult_group(struct db_write *db, const struct who *who, struct consult_item_id id,
                         const struct consult_grouping *g, struct consult_theme_id *theme) {
    struct consult_by_id_row *row;
    struct consult_theme_by_id_row *there = NULL;
    int64_t clause, n = 0;
    TRY(answering(db_reading(db), id, who, &row));
    TRY(clause_of(db_reading(db), id, g->opinions, &clause));
    if (g->theme) {
        TRY(theme_of(db_reading(db), id, g->theme, &there));
        clause = there->clause;
    } else if (!g->title.len) {
        return REFUSE(ERR_INVALID, "title", "Mời ghi các ý kiến này cùng nói điều gì, hoặc chọn một nhóm đã có.");
    }
    *theme = there ? there->id : (struct consult_theme_id){id_new()};
    if (!there) {
        TRY(consult_theme_insert(
            db,
            (struct consult_theme_insert_in){
                .id = *theme, .item = id, .clause = clause, .title = g->title, .changed_at = clock_now()},
            NULL));
    }
    TRY(consult_put(db, (struct consult_put_in){.theme = theme->v, .item = id, .clause = clause, .some = g->opinions},
                    &n));
    if (n != (int64_t)g->opinions.n) {
        return REFUSE(ERR_INVALID, "opinion", "Chỉ gom được ý kiến về cùng một điều.");
    }
    return consult_done(db, who, row,
                        &(struct consult_deed){.verb = "consult.group", .about = there ? there->title : g->title});
}

struct err consult_part(struct db_write *db, const struct who *who, struct consult_item_id id,
                        struct consult_opinion_id opinion) {
    struct consult_by_id_row *row;
    int64_t n = 0;
    TRY(answering(db_reading(db), id, who, &row));
    TRY(consult_take_out(db, (struct consult_take_out_in){.item = id, .id = opinion}, &n));
    return n ? consult_done(db, who, row, &(struct consult_deed){.verb = "consult.part"})
             : FAIL(ERR_MISSING, "no such opinion of this consultation");
}

struct err consult_answer(struct db_write *db, const struct who *who, struct consult_item_id id,
                          struct consult_theme_id theme, const struct consult_answer_new *x) {
    struct consult_by_id_row *row;
    struct consult_theme_by_id_row *there;
    int64_t n = 0;
    TRY(answering(db_reading(db), id, who, &row));
    TRY(theme_of(db_reading(db), id, theme.v, &there));
    if (!consult_word(consult_verdicts, x->verdict).len) {
        return REFUSE(ERR_INVALID, "verdict", "Mời chọn tiếp thu đến đâu.");
    }
    if (!x->reason.len) {
        return REFUSE(ERR_INVALID, "reason", "Mời ghi lý do: người góp ý đọc nguyên văn.");
    }
    TRY(consult_theme_answer(db,
                             (struct consult_theme_answer_in){.id = theme,
                                                              .version = x->version,
                                                              .title = x->title,
                                                              .verdict = x->verdict,
                                                              .reason = x->reason,
                                                              .wording = x->wording,
                                                              .answered_by = who->person.v,
                                                              .changed_at = clock_now()},
                             &n));
    if (!n) {
        return org_stale_audited(db_reading(db), x->version, &(struct audit){.kind = S("consult"), .record = id.v});
    }
    return consult_done(db, who, row,
                        &(struct consult_deed){.verb = "consult.answer", .about = x->title, .text = x->reason});
}
