/* Deciding: by hands, by name, or on stamped paper; what the rule asks is kept with the vote when it is opened. */
#include "kernel/db/id.h"
#include "modules/meeting/meeting_ballot.h"

#include "base/arena.h"

#define RUNNING "open|paused"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

static struct err may_begin(struct db_write *db, const struct meeting_seen *seen, struct str way,
                            const struct meeting_count *c) {
    struct meeting_vote_open_row *open;
    struct arena *a = db_write_arena(db);
    bool is_paper = is(way, "secret") && meeting_rule_allows(&c->rule, S("paper"));
    if (!meeting_rule_allows(&c->rule, way) && is_paper) {
        return err_refuse(
            a, ERR_INVALID, "way",
            "%.*s bỏ phiếu kín bằng phiếu giấy đóng dấu (%.*s), không bỏ phiếu kín điện tử được. Mời chọn "
            "phiếu kín đóng dấu.",
            STR_ARG(c->rule.name), STR_ARG(c->rule.basis));
    }
    if (!meeting_rule_allows(&c->rule, way)) {
        return err_refuse(a, ERR_INVALID, "way", "Quy định của %.*s không cho cách này (%.*s). Mời chọn cách khác.",
                          STR_ARG(c->rule.name), STR_ARG(c->rule.basis));
    }
    if (!c->is_quorate) {
        return err_refuse(a, ERR_CONFLICT, "", "Chưa đủ túc số: có mặt %lld, cần ít nhất %lld.",
                          (long long)c->heads.present, (long long)c->need);
    }
    TRY(meeting_vote_open(db_reading(db), (struct meeting_vote_open_in){.meeting = seen->m->id}, &open));
    return open ? REFUSE(ERR_CONFLICT, "", "Đang có một lần biểu quyết chưa đóng.") : OK;
}

static struct err current_item(struct db_read *db, struct meeting_item_id id, struct meeting_agenda_id *now) {
    struct meeting_agendas_rows rows;
    TRY(meeting_agendas(db, (struct meeting_agendas_in){.meeting = id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        *now = is(rows.at[i].state, "now") ? rows.at[i].id : *now;
    }
    return OK;
}

struct err meeting_vote_begin(struct db_write *db, const struct who *who, int64_t id, struct str text, struct str way,
                              int64_t *vote) {
    struct arena *a = db_write_arena(db);
    struct meeting_seen seen;
    struct meeting_count c;
    TRY(meeting_run(db, who, id, "open", &seen));
    if (!text.len) {
        return REFUSE(ERR_INVALID, "text", "Mời ghi nội dung biểu quyết.");
    }
    TRY(meeting_counted(db_reading(db), seen.m, &c));
    TRY(may_begin(db, &seen, way, &c));
    bool is_of_valid = is(c.rule.majority_of, "valid");
    struct meeting_vote_insert_in in = {
        .id = {id_new()},
        .meeting = {id},
        .text = text,
        .way = way,
        .rule = str_format(a, "%.*s (%.*s)", STR_ARG(meeting_majority_words(a, &c.rule)), STR_ARG(c.rule.basis)),
        .need = is_of_valid ? 0 : meeting_majority(&c.rule, &c.heads),
        .eligible = c.heads.eligible ? c.heads.eligible : c.heads.summoned,
        .summoned = c.heads.summoned,
        .present = c.heads.present,
        .opened_at = clock_now()};
    TRY(current_item(db_reading(db), seen.m->id, &in.agenda));
    TRY(meeting_vote_insert(db, in, NULL));
    *vote = in.id.v;
    return meeting_done(db, id, "meeting.vote");
}

static struct err find(struct db_write *db, int64_t id, int64_t vote, struct meeting_vote_by_id_row **row) {
    TRY(meeting_vote_by_id(db_reading(db), (struct meeting_vote_by_id_in){.id = {vote}, .meeting = {id}}, row));
    return *row ? OK : FAIL(ERR_MISSING, "no such vote");
}

/* ---- By name: once each, to be changed or taken back until it is closed. */

static struct err may_say(const struct meeting_seen *seen, const struct meeting_vote_by_id_row *v) {
    if (!seen->seat || !seen->seat->is_voter || seen->is_stand_in) {
        return REFUSE(ERR_DENIED, "", "Người dự thay và khách mời không biểu quyết.");
    }
    if (!is(v->way, "open") || !is(v->state, "open")) {
        return REFUSE(ERR_CONFLICT, "", "Lần biểu quyết này đã đóng hoặc không bấm trên máy.");
    }
    if (!seen->seat->came_at.ms || seen->seat->left_at.ms) {
        return REFUSE(ERR_CONFLICT, "", "Mời điểm danh trước khi biểu quyết.");
    }
    return OK;
}

struct err meeting_vote_say(struct db_write *db, const struct who *who, int64_t id, int64_t vote, struct str choice) {
    struct meeting_seen seen;
    struct meeting_vote_by_id_row *v;
    TRY(meeting_see(db_reading(db), who, id, &seen));
    TRY(find(db, id, vote, &v));
    TRY(may_say(&seen, v));
    if (is(choice, "none")) {
        TRY(meeting_voice_take(db, (struct meeting_voice_take_in){.vote = v->id, .person = seen.seat->id}, NULL));
    } else {
        struct meeting_voice_put_in in = {
            .vote = v->id, .person = seen.seat->id, .choice = choice, .said_at = clock_now()};
        TRY(meeting_voice_put(db, in, NULL));
    }
    return meeting_done(db, id, "meeting.voice");
}

/* ---- Counted by hand */

static struct err check_hands(struct arena *a, const struct meeting_vote_by_id_row *v, const struct meeting_tally *t) {
    int64_t sum = t->yes + t->no + t->other;
    return sum == v->present ? OK
                             : err_refuse(a, ERR_INVALID, "yes", "Cộng lại được %lld, có mặt %lld người. Mời đếm lại.",
                                          (long long)sum, (long long)v->present);
}

static struct err check_paper(struct arena *a, const struct meeting_vote_by_id_row *v, const struct meeting_tally *t) {
    if (t->issued > v->present) {
        return err_refuse(a, ERR_INVALID, "issued", "Phát ra nhiều hơn số người có mặt (%lld).", (long long)v->present);
    }
    if (t->back + t->missed != t->issued) {
        return err_refuse(a, ERR_INVALID, "back", "Thu về cộng không thu về là %lld, phát ra %lld. Mời kiểm lại.",
                          (long long)(t->back + t->missed), (long long)t->issued);
    }
    if (t->valid + t->invalid != t->back) {
        return err_refuse(a, ERR_INVALID, "valid", "Hợp lệ cộng không hợp lệ là %lld, thu về %lld. Mời kiểm lại.",
                          (long long)(t->valid + t->invalid), (long long)t->back);
    }
    int64_t sum = t->yes + t->no + t->other;
    return sum == t->valid ? OK
                           : err_refuse(a, ERR_INVALID, "yes", "Cộng lại được %lld, phiếu hợp lệ %lld. Mời kiểm lại.",
                                        (long long)sum, (long long)t->valid);
}

struct err meeting_vote_tally(struct db_write *db, const struct who *who, int64_t id, int64_t vote,
                              const struct meeting_tally *t) {
    struct arena *a = db_write_arena(db);
    struct meeting_seen seen;
    struct meeting_vote_by_id_row *v;
    TRY(meeting_run(db, who, id, RUNNING, &seen));
    TRY(find(db, id, vote, &v));
    bool is_counted_by_hand = is(v->way, "hands") || is(v->way, "paper");
    if (!is_counted_by_hand || (!is(v->state, "open") && !is(v->state, "counted"))) {
        return REFUSE(ERR_CONFLICT, "", "Lần biểu quyết này đã đóng hoặc không đếm bằng tay.");
    }
    TRY(is(v->way, "hands") ? check_hands(a, v, t) : check_paper(a, v, t));
    struct meeting_vote_count_in in = {.id = v->id,
                                       .yes = t->yes,
                                       .no = t->no,
                                       .other = t->other,
                                       .issued = t->issued,
                                       .back = t->back,
                                       .missed = t->missed,
                                       .valid = t->valid,
                                       .invalid = t->invalid,
                                       .counted_by = who->post.v,
                                       .counted_name = who->name};
    TRY(meeting_vote_count(db, in, NULL));
    return meeting_done(db, id, "meeting.tally");
}

/* ---- Closing */

static struct err needed(struct db_write *db, const struct meeting_seen *seen, const struct meeting_vote_by_id_row *v,
                         int64_t *need) {
    struct meeting_count c;
    *need = v->need;
    if (v->need) {
        return OK;
    }
    TRY(meeting_counted(db_reading(db), seen->m, &c));
    *need = meeting_majority(&c.rule, &(struct meeting_heads){.valid = v->yes + v->no + v->other});
    return OK;
}

static struct err voices_into(struct db_write *db, struct meeting_vote_by_id_row *v) {
    struct meeting_voices_row *sum;
    TRY(meeting_voices(db_reading(db), (struct meeting_voices_in){.vote = v->id}, &sum));
    v->yes = sum->yes;
    v->no = sum->no;
    v->other = sum->other;
    return OK;
}

static struct err may_close(const struct who *who, const struct meeting_vote_by_id_row *v) {
    if (!is(v->state, "open") && !is(v->state, "counted")) {
        return REFUSE(ERR_CONFLICT, "", "Lần biểu quyết này đã đóng.");
    }
    if (is(v->way, "open") || is(v->way, "secret")) {
        return OK;
    }
    if (!is(v->state, "counted")) {
        return REFUSE(ERR_CONFLICT, "", "Mời nhập kết quả đếm trước khi xác nhận.");
    }
    return v->counted_by == who->post.v
               ? REFUSE(ERR_CONFLICT, "", "Người nhập kết quả không tự xác nhận. Mời người khác xác nhận.")
               : OK;
}

struct err meeting_vote_close(struct db_write *db, const struct who *who, int64_t id, int64_t vote) {
    struct meeting_seen seen;
    struct meeting_vote_by_id_row *v;
    int64_t need;
    TRY(meeting_run(db, who, id, RUNNING, &seen));
    TRY(find(db, id, vote, &v));
    TRY(may_close(who, v));
    if (is(v->way, "open")) {
        TRY(voices_into(db, v));
    }
    v->is_carried = false;
    bool is_secret = is(v->way, "secret");
    TRY(is_secret ? meeting_ballot_close(db, &seen, v) : OK);
    TRY(needed(db, &seen, v, &need));
    struct meeting_vote_close_row_in in = {.id = v->id,
                                           .yes = v->yes,
                                           .no = v->no,
                                           .other = v->other,
                                           .need = need,
                                           .is_carried = is_secret ? v->is_carried : v->yes >= need,
                                           .confirmed_name = is(v->way, "open") || is_secret ? S("") : who->name,
                                           .closed_at = clock_now()};
    TRY(meeting_vote_close_row(db, in, NULL));
    TRY(meeting_step(db, who, id, "meeting.carried", v->text));
    return meeting_done(db, id, "meeting.carried");
}

struct err meeting_vote_annul(struct db_write *db, const struct who *who, int64_t id, int64_t vote, struct str reason) {
    struct meeting_seen seen;
    struct meeting_vote_by_id_row *v;
    TRY(meeting_run(db, who, id, RUNNING, &seen));
    TRY(find(db, id, vote, &v));
    if (!is(v->state, "open") && !is(v->state, "counted")) {
        return REFUSE(ERR_CONFLICT, "", "Lần biểu quyết này đã đóng.");
    }
    if (!reason.len) {
        return REFUSE(ERR_INVALID, "reason", "Mời ghi lý do hủy.");
    }
    struct meeting_vote_annul_row_in in = {.id = v->id, .reason = reason, .closed_at = clock_now()};
    TRY(is(v->way, "secret") ? meeting_ballot_annul(db, v) : OK);
    TRY(meeting_vote_annul_row(db, in, NULL));
    TRY(meeting_step(db, who, id, "meeting.annulled", reason));
    return meeting_done(db, id, "meeting.annulled");
}
