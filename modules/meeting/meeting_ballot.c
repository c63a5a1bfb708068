#include "modules/meeting/meeting_ballot.h"

#include "kernel/db/id.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

enum { NAME_MOST = 200, KEY_HEX = 2 * BALLOT_PUBLIC };

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

static struct err find(struct db_read *db, int64_t id, int64_t vote, struct meeting_ballot_find_row **row) {
    TRY(meeting_ballot_find(db, (struct meeting_ballot_find_in){.vote = {vote}, .meeting = {id}}, row));
    return *row ? OK : FAIL(ERR_MISSING, "no such secret ballot");
}

/* ---- Beginning */

static struct err options_of(struct arena *a, const struct meeting_ballot_new *n, struct ballot_definition *d) {
    struct str rest = n->names, line;
    while (str_next(&rest, '\n', &line)) {
        line = utf8_cut(str_trim(line), NAME_MOST);
        if (line.len) {
            LIST_ADD(a, &d->options, line);
        }
    }
    d->most = n->most ? n->most : 1;
    if (!d->options.n) {
        LIST_ADD(a, &d->options, S("Tán thành"));
        LIST_ADD(a, &d->options, S("Không tán thành"));
        LIST_ADD(a, &d->options, S("Ý kiến khác"));
        d->most = 1;
        return OK;
    }
    for (size_t i = 0; i < d->options.n; i++) {
        for (size_t j = 0; j < i; j++) {
            if (str_eq(d->options.at[i], d->options.at[j])) {
                return err_refuse(a, ERR_INVALID, "names",
                                  "%.*s có hai lần trong danh sách. Mời ghi thêm để phân biệt.",
                                  STR_ARG(d->options.at[i]));
            }
        }
    }
    if (d->options.n > BALLOT_OPTIONS_MOST) {
        return REFUSE(ERR_INVALID, "names", "Danh sách có nhiều nhất 50 người.");
    }
    return d->most <= (int64_t)d->options.n
               ? OK
               : REFUSE(ERR_INVALID, "most", "Số được chọn không thể nhiều hơn số người trong danh sách.");
}

struct seats {
    struct meeting_person_id *at;
    size_t n;
};

static struct err voters_of(struct db_write *db, struct meeting_item_id id, struct ballot_definition *d,
                            struct seats *seats) {
    struct arena *a = db_write_arena(db);
    struct meeting_people_rows rows;
    *seats = (struct seats){0};
    TRY(meeting_people(db_reading(db), (struct meeting_people_in){.meeting = id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct meeting_people_row *p = &rows.at[i];
        if (!p->is_voter || !p->came_at.ms || p->left_at.ms || is(p->answer, "other")) {
            continue;
        }
        if (!p->post) {
            return err_refuse(a, ERR_CONFLICT, "way",
                              "%.*s biểu quyết nhưng không có tài khoản nên không bỏ phiếu kín điện tử được. Mời dùng "
                              "phiếu kín đóng dấu.",
                              STR_ARG(p->name));
        }
        LIST_ADD(a, &d->voters,
                 p->words.len ? str_format(a, "%.*s, %.*s", STR_ARG(p->name), STR_ARG(p->words)) : p->name);
        LIST_ADD(a, seats, p->id);
    }
    return OK;
}

static struct err rows_add(struct db_write *db, struct meeting_vote_id vote, const struct ballot_definition *d,
                           const struct seats *seats) {
    for (size_t i = 0; i < seats->n; i++) {
        struct meeting_roll_insert_in in = {.vote = vote, .person = seats->at[i], .ordinal = (int64_t)i + 1};
        TRY(meeting_roll_insert(db, in, NULL));
    }
    for (size_t i = 0; i < d->options.n; i++) {
        struct meeting_option_insert_in in = {.vote = vote, .ordinal = (int64_t)i + 1, .name = d->options.at[i]};
        TRY(meeting_option_insert(db, in, NULL));
    }
    return meeting_lots_insert(db, (struct meeting_lots_insert_in){.vote = vote}, NULL);
}

struct err meeting_ballot_begin(struct db_write *db, const struct who *who, int64_t id,
                                const struct meeting_ballot_new *n, int64_t *vote) {
    struct arena *a = db_write_arena(db);
    struct ballot_definition d = {.text = n->text};
    struct ballot_secrets secrets;
    struct meeting_seen seen;
    struct meeting_vote_by_id_row *v;
    struct seats seats;
    struct str board;
    TRY(options_of(a, n, &d));
    TRY(meeting_vote_begin(db, who, id, n->text, S("secret"), vote));
    TRY(meeting_see(db_reading(db), who, id, &seen));
    TRY(voters_of(db, seen.m->id, &d, &seats));
    TRY(meeting_vote_by_id(db_reading(db), (struct meeting_vote_by_id_in){.id = {*vote}, .meeting = {id}}, &v));
    d.number = str_format(a, "%lld", (long long)*vote);
    d.meeting = seen.m->title;
    d.rule = v->rule;
    TRY(ballot_begin(a, &d, &secrets, &board));
    struct meeting_ballot_insert_in in = {.vote = v->id,
                                          .most = d.most,
                                          .is_list = str_trim(n->names).len > 0,
                                          .board = board,
                                          .signer = secrets.signer,
                                          .seed = secrets.seed};
    TRY(meeting_ballot_insert(db, in, NULL));
    return rows_add(db, v->id, &d, &seats);
}

/* ---- Taking a paper */

static struct err stamp(struct db_write *db, const struct meeting_ballot_find_row *b, struct meeting_person_id person,
                        struct str blinded) {
    struct arena *a = db_write_arena(db);
    struct ballot_terms terms;
    struct meeting_roll_take_in in = {.vote = b->vote, .person = person, .blinded = blinded};
    if (!is(b->phase, "issuing")) {
        return REFUSE(ERR_CONFLICT, "", "Đã hết lượt nhận phiếu.");
    }
    TRY(ballot_terms_read(a, b->board, &terms));
    TRY(ballot_stamp(a, &terms, b->signer, blinded, &in.stamp));
    return meeting_roll_take(db, in, NULL);
}

struct err meeting_ballot_take(struct db_write *db, const struct who *who, int64_t id, int64_t vote,
                               struct str blinded) {
    struct meeting_seen seen;
    struct meeting_ballot_find_row *b;
    struct meeting_roll_of_row *r = NULL;
    TRY(meeting_see(db_reading(db), who, id, &seen));
    TRY(find(db_reading(db), id, vote, &b));
    if (seen.seat && !seen.is_stand_in) {
        TRY(meeting_roll_of(db_reading(db), (struct meeting_roll_of_in){.vote = b->vote, .person = seen.seat->id}, &r));
    }
    if (!r) {
        return REFUSE(ERR_DENIED, "", "Chỉ người có tên trong danh sách của lần bỏ phiếu này mới nhận phiếu.");
    }
    if (r->blinded.len) {
        return str_eq(r->blinded, blinded)
                   ? OK
                   : REFUSE(ERR_CONFLICT, "",
                            "Bạn đã nhận phiếu của lần này. Mỗi người một lá, nằm trong máy đã bấm nhận.");
    }
    TRY(stamp(db, b, seen.seat->id, blinded));
    return meeting_done(db, id, "meeting.token");
}

/* ---- The voting begins */

struct err meeting_ballot_start(struct db_write *db, const struct who *who, int64_t id, int64_t vote) {
    struct meeting_seen seen;
    struct meeting_ballot_find_row *b;
    struct meeting_roll_rows rows;
    struct arena *a = db_write_arena(db);
    LIST(int64_t) taken = {0};
    TRY(meeting_run(db, who, id, "open|paused", &seen));
    TRY(find(db_reading(db), id, vote, &b));
    if (!is(b->phase, "issuing")) {
        return REFUSE(ERR_CONFLICT, "", "Lần này đã mở bỏ phiếu, đã đóng hoặc đã hủy.");
    }
    TRY(meeting_roll(db_reading(db), (struct meeting_roll_in){.vote = b->vote}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        if (rows.at[i].is_taken) {
            LIST_ADD(a, &taken, rows.at[i].ordinal);
        }
    }
    if (!taken.n) {
        return REFUSE(ERR_CONFLICT, "", "Chưa ai nhận phiếu.");
    }
    TRY(ballot_taken(a, &b->board, b->seed, taken.at, taken.n));
    struct meeting_ballot_phase_in in = {.vote = b->vote, .phase = S("casting"), .board = b->board, .seed = b->seed};
    TRY(meeting_ballot_phase(db, in, NULL));
    return meeting_done(db, id, "meeting.casting");
}

/* ---- Casting: nothing here knows who, and nothing is told to anybody */

static int64_t lot_of(struct str key) {
    char c = key.at[0];
    return c >= 'a' ? c - 'a' + 10 : c - '0';
}

struct lines {
    struct str *at;
    size_t n;
};

static struct err papers_of(struct arena *a, struct str papers, struct lines *lines) {
    struct str line;
    while (str_cut(papers, S("\n"), &line, &papers)) {
        LIST_ADD(a, lines, line);
    }
    return OK;
}

/* Where a key stands among sorted lines, or would stand. */
static size_t place_of(const struct lines *lines, struct str key) {
    size_t i = 0;
    struct ballot_paper p;
    while (i < lines->n && ballot_paper_read(lines->at[i], &p) && str_cmp(p.key, key) < 0) {
        i++;
    }
    return i;
}

static struct err put(struct db_write *db, const struct meeting_ballot_find_row *b, const struct ballot_paper *paper) {
    struct arena *a = db_write_arena(db);
    struct meeting_lot_find_row *lot;
    struct lines lines = {0};
    struct ballot_paper there = {0};
    struct buf out = buf_in(a);
    struct str line = ballot_paper_line(a, paper);
    int64_t n = lot_of(paper->key);
    TRY(meeting_lot_find(db_reading(db), (struct meeting_lot_find_in){.vote = b->vote, .lot = n}, &lot));
    if (!lot) {
        return FAIL(ERR_BROKEN, "the box lacks a part");
    }
    TRY(papers_of(a, lot->papers, &lines));
    size_t at = place_of(&lines, paper->key);
    if (at < lines.n && ballot_paper_read(lines.at[at], &there) && str_eq(there.key, paper->key)) {
        return str_eq(lines.at[at], line)
                   ? OK
                   : REFUSE(ERR_CONFLICT, "", "Lá phiếu này đã vào hòm với lựa chọn khác, không đổi được nữa.");
    }
    for (size_t i = 0; i <= lines.n; i++) {
        if (i == at) {
            buf_put(&out, line);
            buf_put_char(&out, '\n');
        }
        if (i < lines.n) {
            buf_put(&out, lines.at[i]);
            buf_put_char(&out, '\n');
        }
    }
    struct meeting_lot_put_in in = {.vote = b->vote, .lot = n, .n = lot->n + 1, .papers = buf_str(&out)};
    return meeting_lot_put(db, in, NULL);
}

struct err meeting_ballot_cast(struct db_write *db, int64_t id, int64_t vote, const struct ballot_paper *paper) {
    struct arena *a = db_write_arena(db);
    struct meeting_ballot_find_row *b;
    struct ballot_terms terms;
    TRY(meeting_ballot_find(db_reading(db), (struct meeting_ballot_find_in){.vote = {vote}, .meeting = {id}}, &b));
    /* A vote that is not there and one that is not this paper's are told apart by nobody. */
    if (!b || !b->board.len) {
        return FAIL(ERR_DENIED, "no secret ballot there");
    }
    TRY(ballot_terms_read(a, b->board, &terms));
    struct err e = ballot_paper_check(a, &terms, paper);
    if (err_is(e, ERR_INVALID) && str_eq(e.why->field, S("token"))) {
        return FAIL(ERR_DENIED, "a paper without the stamp of this ballot");
    }
    TRY(e);
    if (is(b->phase, "issuing")) {
        return REFUSE(ERR_CONFLICT, "", "Chưa mở bỏ phiếu. Mời đợi chủ tọa mở.");
    }
    return is(b->phase, "casting") ? put(db, b, paper)
                                   : REFUSE(ERR_CONFLICT, "", "Đã đóng phiếu nên hòm không nhận thêm.");
}

struct err meeting_ballot_slip(struct db_read *db, struct arena *a, int64_t id, int64_t vote, struct str key,
                               struct meeting_slip *slip) {
    struct meeting_ballot_find_row *b;
    struct meeting_lot_find_row *lot;
    struct ballot_terms terms;
    struct ballot_paper p;
    struct lines lines = {0};
    TRY(find(db, id, vote, &b));
    *slip = (struct meeting_slip){.is_closed = is(b->phase, "closed")};
    if (slip->is_closed) {
        return ballot_path(a, b->board, key, &slip->line, &slip->path) ? OK : FAIL(ERR_MISSING, "not on the board");
    }
    if (key.len != KEY_HEX || !is(b->phase, "casting")) {
        return FAIL(ERR_MISSING, "not in the box");
    }
    TRY(meeting_lot_find(db, (struct meeting_lot_find_in){.vote = b->vote, .lot = lot_of(key)}, &lot));
    TRY(papers_of(a, lot ? lot->papers : S(""), &lines));
    size_t at = place_of(&lines, key);
    if (at >= lines.n || !ballot_paper_read(lines.at[at], &p) || !str_eq(p.key, key)) {
        return FAIL(ERR_MISSING, "not in the box");
    }
    TRY(ballot_terms_read(a, b->board, &terms));
    slip->line = lines.at[at];
    slip->receipt = ballot_receipt(a, b->seed, &terms, slip->line);
    return OK;
}

/* ---- Closing */

static struct err box_empty(struct db_write *db, struct meeting_vote_id vote, struct ballot_texts *papers) {
    struct meeting_lots_rows lots;
    struct lines lines = {0};
    TRY(meeting_lots(db_reading(db), (struct meeting_lots_in){.vote = vote}, &lots));
    for (size_t i = 0; i < lots.n; i++) {
        TRY(papers_of(db_write_arena(db), lots.at[i].papers, &lines));
    }
    *papers = (struct ballot_texts){lines.at, lines.n};
    TRY(meeting_lots_delete(db, (struct meeting_lots_delete_in){.vote = vote}, NULL));
    return meeting_roll_clear(db, (struct meeting_roll_clear_in){.vote = vote}, NULL);
}

/* How many options have more votes, and how many at least as many. */
static void rank(const struct ballot_sums *s, size_t options, size_t i, int64_t *above, int64_t *alike) {
    *above = *alike = 0;
    for (size_t o = 0; o < options; o++) {
        *above += s->votes[o] > s->votes[i];
        *alike += s->votes[o] >= s->votes[i];
    }
}

/* Of a list: who has what carries, the most votes first; equal ones for the last place are all left to another vote. */
static struct err list_count(struct db_write *db, struct meeting_vote_by_id_row *v, int64_t most, bool is_list,
                             const struct ballot_sums *s) {
    struct arena *a = db_write_arena(db);
    struct meeting_options_rows rows;
    struct buf chosen = buf_in(a), others = buf_in(a);
    TRY(meeting_options(db_reading(db), (struct meeting_options_in){.vote = v->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        int64_t above, alike;
        rank(s, rows.n, i, &above, &alike);
        bool has_enough = s->votes[i] >= v->need && s->votes[i] > 0;
        struct meeting_option_count_in in = {.vote = v->id,
                                             .ordinal = rows.at[i].ordinal,
                                             .votes = s->votes[i],
                                             .is_chosen = is_list && has_enough && alike <= most,
                                             .is_tied = is_list && has_enough && above < most && alike > most};
        TRY(meeting_option_count(db, in, NULL));
        struct buf *b = in.is_chosen ? &chosen : &others;
        buf_printf(b, "%s%.*s (%lld)", b->len ? ", " : "", STR_ARG(rows.at[i].name), (long long)s->votes[i]);
        v->is_carried = v->is_carried || in.is_chosen;
    }
    v->outcome = !is_list     ? S("")
                 : chosen.len ? str_format(a, others.len ? "trúng: %.*s; còn lại: %.*s" : "trúng: %.*s",
                                           STR_ARG(buf_str(&chosen)), STR_ARG(buf_str(&others)))
                              : str_format(a, "không ai đủ số phiếu: %.*s", STR_ARG(buf_str(&others)));
    return OK;
}

struct err meeting_ballot_close(struct db_write *db, const struct meeting_seen *seen,
                                struct meeting_vote_by_id_row *v) {
    struct arena *a = db_write_arena(db);
    struct meeting_ballot_find_row *b;
    struct ballot_texts papers;
    struct ballot_sums s;
    struct meeting_count c;
    TRY(find(db_reading(db), seen->m->id.v, v->id.v, &b));
    if (is(b->phase, "issuing")) {
        return REFUSE(ERR_CONFLICT, "", "Chưa mở bỏ phiếu. Mời mở bỏ phiếu, hoặc hủy lần này.");
    }
    TRY(box_empty(db, v->id, &papers));
    TRY(ballot_close(a, &b->board, b->seed, papers, &s));
    TRY(meeting_counted(db_reading(db), seen->m, &c));
    v->need = v->need ? v->need : meeting_majority(&c.rule, &(struct meeting_heads){.valid = s.cast});
    TRY(list_count(db, v, b->most, b->is_list, &s));
    v->yes = b->is_list ? 0 : s.votes[0];
    v->no = b->is_list ? 0 : s.votes[1];
    v->other = b->is_list ? 0 : s.votes[2] + s.blank;
    v->is_carried = b->is_list ? v->is_carried : v->yes >= v->need;
    struct meeting_ballot_phase_in in = {.vote = b->vote, .phase = S("closed"), .board = b->board};
    TRY(meeting_ballot_phase(db, in, NULL));
    struct meeting_vote_outcome_in out = {.id = v->id,
                                          .outcome = v->outcome,
                                          .issued = s.taken,
                                          .back = s.cast,
                                          .missed = s.taken - s.cast,
                                          .valid = s.cast - s.blank};
    return meeting_vote_outcome(db, out, NULL);
}

/* Papers and keys of a ballot that is annulled are gone. */
struct err meeting_ballot_annul(struct db_write *db, const struct meeting_vote_by_id_row *v) {
    struct ballot_texts papers;
    TRY(box_empty(db, v->id, &papers));
    return meeting_ballot_phase(db, (struct meeting_ballot_phase_in){.vote = v->id, .phase = S("annulled")}, NULL);
}
