/* What who wrote sees of their letter, and what they say of it: their own words are masked for the office when they
   denounce. */
#include "base/arena.h"
#include "base/buf.h"
#include "kernel/db/id.h"
#include "kernel/page/json.h"
#include "kernel/record/act.h"
#include "modules/petition/petition_office.h"

enum { RATING_MOST = 5 };

struct err petition_road_add(struct db_write *db, const struct petition_by_id_row *l, const struct petition_said *said,
                             struct str *working) {
    struct petition_authors_rows authors = {0};
    struct str copy = said->text;
    if (l->is_protected) {
        TRY(petition_authors(db_reading(db), (struct petition_authors_in){.letter = l->id}, &authors));
    }
    for (size_t i = 0; i < authors.n; i++) {
        const struct petition_authors_row *w = &authors.at[i];
        copy =
            petition_mask(db_write_arena(db), copy, &(struct petition_writer){w->name, w->address, w->phone, w->email});
    }
    if (working) {
        *working = copy;
    }
    return petition_road_insert(db,
                                (struct petition_road_insert_in){.id = {id_new()},
                                                                 .letter = l->id,
                                                                 .verb = str_of(said->verb),
                                                                 .about = said->about,
                                                                 .text = said->text,
                                                                 .working = copy,
                                                                 .files = said->files,
                                                                 .made_at = clock_now()},
                                NULL);
}

struct err petition_question(struct db_read *db, struct petition_letter_id id, struct str *question) {
    struct petition_road_last_row *row;
    TRY(petition_road_last(db, (struct petition_road_last_in){.letter = id}, &row));
    *question = row && str_eq(row->verb, S("petition.ask")) ? row->text : S("");
    return OK;
}

static struct err papers_keep(struct db_write *db, struct petition_letter_id id, const struct petition_addition *x) {
    for (size_t i = 0; i < x->papers.n; i++) {
        const struct petition_paper *p = &x->papers.at[i];
        TRY(petition_file_insert(db,
                                 (struct petition_file_insert_in){.id = {id_new()},
                                                                  .letter = id,
                                                                  .file = p->file,
                                                                  .name = p->name,
                                                                  .size = p->size,
                                                                  .added_at = clock_now()},
                                 NULL));
    }
    return OK;
}

static struct err tell(struct db_write *db, const struct petition_by_id_row *l, struct str words) {
    struct buf b = buf_in(db_write_arena(db));
    int64_t to = l->holder;
    if (!to) {
        TRY(petition_told_to(db_reading(db), l->organ, l->is_protected, &to));
    }
    BUF_LIT(&b, "{\"words\":");
    json_str(&b, str_format(db_write_arena(db), "Đơn số %lld: %.*s", (long long)l->number, STR_ARG(words)));
    BUF_LIT(&b, "}");
    return act_done(db, &(struct act){.verb = S("petition.word"), .record = l->id.v, .to = to, .body = buf_str(&b)});
}

struct err petition_add(struct db_write *db, struct petition_letter_id id, const struct petition_addition *x) {
    struct petition_by_id_row *l;
    struct str working, question;
    TRY(petition_by_id(db_reading(db), (struct petition_by_id_in){.id = id}, &l));
    if (!l) {
        return FAIL(ERR_MISSING, "no such letter");
    }
    if (petition_is_over(l->state)) {
        return REFUSE(ERR_CONFLICT, "",
                      "Đơn đã kết thúc nên không bổ sung được nữa. Mời gửi đơn mới, ghi mã của đơn này.");
    }
    if (!str_trim(x->text).len && !x->papers.n) {
        return REFUSE(ERR_INVALID, "text", "Mời ghi vài lời hoặc chọn một tệp.");
    }
    TRY(petition_question(db_reading(db), id, &question));
    TRY(papers_keep(db, id, x));
    TRY(petition_road_add(
        db, l, &(struct petition_said){.verb = "petition.word", .text = x->text, .files = (int64_t)x->papers.n},
        &working));
    TRY(thread_add(
        db, NULL, &(struct thread_new){.kind = S("petition"), .record = id.v, .verb = "petition.word", .text = working},
        NULL));
    return tell(db, l, question.len ? S("người gửi trả lời câu hỏi") : S("người gửi bổ sung"));
}

struct err petition_opine(struct db_write *db, struct petition_letter_id id, const struct petition_opinion *o) {
    if (o->rating < 0 || o->rating > RATING_MOST) {
        return REFUSE(ERR_INVALID, "rating", "Mời chọn từ 1 đến 5.");
    }
    TRY(petition_act_by_writer(db, id, &(struct petition_act){.verb = "confirm", .kind = o->kind, .text = o->text}));
    return o->rating ? petition_rate(db, (struct petition_rate_in){.id = id, .rating = o->rating}, NULL) : OK;
}
