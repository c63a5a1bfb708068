/* What is done with a conversation in a box: read, claimed, handed on, noted, put off, ended, taken back; and by time.
 */
#include "kernel/db/id.h"
#include "kernel/page/json.h"
#include "kernel/queue/event.h"
#include "modules/mail/way.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/utf8.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

/* Acts are of those who may open the box; who reads it for a task of theirs does not act for it. */
static struct err begin(struct db_write *db, const struct who *who, int64_t id, struct mail_item_by_id_row **item) {
    bool in_box = false;
    TRY(mail_item(db_reading(db), who, id, item, &in_box));
    return in_box ? OK : FAIL(ERR_DENIED, "reads it for a task, and does not act for the box");
}

static struct err end(struct db_write *db, struct mail_item_by_id_row *item, const char *verb) {
    TRY(mail_item_put(db, item));
    return mail_done(db, verb, item->id.v);
}

struct err mail_item_read(struct db_write *db, const struct who *who, int64_t id) {
    struct mail_item_by_id_row *i;
    struct mail_to_seen_rows rows;
    TRY(begin(db, who, id, &i));
    TRY(mail_to_seen(db_reading(db), (struct mail_to_seen_in){.item = i->id}, &rows));
    int64_t *ids = arena_take(db_write_arena(db), int64_t, rows.n + 1);
    for (size_t k = 0; k < rows.n; k++) {
        ids[k] = rows.at[k].id.v;
    }
    if (rows.n) {
        TRY(mail_to_read(
            db, (struct mail_to_read_in){.some = {ids, rows.n}, .read_at = clock_now(), .read_by = who->name}, NULL));
    }
    if (!i->is_unread && !rows.n) {
        return OK;
    }
    i->is_unread = false;
    return end(db, i, "mail.read");
}

struct err mail_item_unread(struct db_write *db, const struct who *who, int64_t id) {
    struct mail_item_by_id_row *i;
    TRY(begin(db, who, id, &i));
    i->is_unread = true;
    return end(db, i, "mail.unread");
}

static struct err shared(const struct mail_item_by_id_row *i) {
    return i->is_shared ? OK : REFUSE(ERR_CONFLICT, "", "Chỉ thư của hộp chung mới cần người nhận.");
}

struct err mail_claim(struct db_write *db, const struct who *who, int64_t id) {
    struct mail_item_by_id_row *i;
    TRY(begin(db, who, id, &i));
    TRY(shared(i));
    if (i->holder && i->holder != who->post.v) {
        return err_refuse(db_write_arena(db), ERR_CONFLICT, "", "%.*s đã nhận thư này trước.", STR_ARG(i->holder_name));
    }
    if (i->holder) {
        return OK;
    }
    i->holder = who->post.v;
    i->holder_name = who->name;
    i->held_at = clock_now();
    return end(db, i, "mail.claim");
}

static void let_go(struct mail_item_by_id_row *i) {
    i->holder = 0;
    i->holder_name = S("");
    i->held_at = (struct instant){0};
}

struct err mail_release(struct db_write *db, const struct who *who, int64_t id) {
    struct mail_item_by_id_row *i;
    TRY(begin(db, who, id, &i));
    TRY(shared(i));
    if (i->holder != who->post.v && !(who->roles & ROLE_HEAD)) {
        return i->holder ? FAIL(ERR_DENIED, "another's claim") : OK;
    }
    let_go(i);
    return end(db, i, "mail.release");
}

static struct err tell_one(struct db_write *db, int64_t item, int64_t to, struct str words) {
    struct buf b = buf_in(db_write_arena(db));
    BUF_LIT(&b, "{\"words\":");
    json_str(&b, utf8_cut(words, 300));
    buf_printf(&b, ",\"path\":\"/mail/%lld\"}", (long long)item);
    return event_emit(db, &(struct event){.kind = S("mail.handed"), .record = item, .to = to, .body = buf_str(&b)});
}

struct err mail_hand(struct db_write *db, const struct who *who, int64_t id, struct post_id to) {
    struct mail_item_by_id_row *i;
    struct org_post post;
    bool may = false;
    struct arena *a = db_write_arena(db);
    TRY(begin(db, who, id, &i));
    TRY(shared(i));
    TRY(access_can(db_reading(db), i->box.v, to.v, CAN_ACT, &may));
    if (!may) {
        return REFUSE(ERR_INVALID, "to", "Người này không trực hộp thư. Mời chọn người khác.");
    }
    TRY(org_post(db_reading(db), to, &post));
    i->holder = to.v;
    i->holder_name = post.person_name;
    i->held_at = clock_now();
    TRY(end(db, i, "mail.hand"));
    return to.v == who->post.v
               ? OK
               : tell_one(db, id, to.v, str_format(a, "%.*s giao thư: %.*s", STR_ARG(who->name), STR_ARG(i->subject)));
}

struct err mail_note(struct db_write *db, const struct who *who, int64_t id, struct str text) {
    struct mail_item_by_id_row *i;
    TRY(begin(db, who, id, &i));
    if (!text.len) {
        return REFUSE(ERR_INVALID, "text", "Mời viết ghi chú.");
    }
    TRY(mail_note_insert(db,
                         (struct mail_note_insert_in){.id = {id_new()},
                                                      .item = i->id,
                                                      .by_post = who->post.v,
                                                      .by_name = who->name,
                                                      .text = text,
                                                      .made_at = clock_now()},
                         NULL));
    return mail_done(db, "mail.note", id);
}

struct err mail_snooze(struct db_write *db, const struct who *who, int64_t id, struct date on) {
    struct mail_item_by_id_row *i;
    TRY(begin(db, who, id, &i));
    if (!on.year || date_cmp(on, clock_today()) <= 0) {
        return REFUSE(ERR_INVALID, "on", "Ngày hẹn lại phải sau hôm nay.");
    }
    i->state = S("snoozed");
    i->snooze_on = on;
    return end(db, i, "mail.snooze");
}

struct err mail_end(struct db_write *db, const struct who *who, int64_t id) {
    struct mail_item_by_id_row *i;
    TRY(begin(db, who, id, &i));
    if (is(i->state, "done")) {
        return OK;
    }
    i->state = S("done");
    i->is_unread = false;
    i->snooze_on = (struct date){0};
    return end(db, i, "mail.end");
}

struct err mail_reopen(struct db_write *db, const struct who *who, int64_t id) {
    struct mail_item_by_id_row *i;
    TRY(begin(db, who, id, &i));
    if (is(i->state, "open")) {
        return OK;
    }
    i->state = S("open");
    i->snooze_on = (struct date){0};
    return end(db, i, "mail.reopen");
}

struct err mail_star(struct db_write *db, const struct who *who, int64_t id, bool is_star) {
    struct mail_item_by_id_row *i;
    TRY(begin(db, who, id, &i));
    i->is_star = is_star;
    return end(db, i, "mail.star");
}

/* ---- Taking back */

/* Where it was the last letter, the list no longer says what it said. */
static struct err stub(struct db_write *db, struct mail_item_id id) {
    struct mail_item_by_id_row *i;
    TRY(mail_item_by_id(db_reading(db), (struct mail_item_by_id_in){.id = id}, &i));
    i->excerpt = S("Thư đã được người gửi thu hồi.");
    i->subject = i->letters == 1 ? S("Thư đã thu hồi") : i->subject;
    i->is_unread = false;
    return end(db, i, "mail.recalled");
}

struct err mail_recall(struct db_write *db, const struct who *who, int64_t id, int64_t letter, size_t *n,
                       size_t *kept) {
    struct mail_item_by_id_row *i;
    struct mail_letter_by_id_row *l;
    struct mail_to_of_rows rows;
    *n = *kept = 0;
    TRY(begin(db, who, id, &i));
    TRY(mail_letter_by_id(db_reading(db), (struct mail_letter_by_id_in){.id = {letter}}, &l));
    if (!l || l->thread.v != i->thread.v) {
        return FAIL(ERR_MISSING, "no such letter here");
    }
    if (l->from_box.v != i->box.v) {
        return FAIL(ERR_DENIED, "another box sent it");
    }
    TRY(mail_to_of(db_reading(db), (struct mail_to_of_in){.letters = {&letter, 1}}, &rows));
    for (size_t k = 0; k < rows.n; k++) {
        bool is_theirs = rows.at[k].box.v && rows.at[k].box.v != i->box.v && !rows.at[k].recalled_at.ms;
        if (is_theirs && rows.at[k].read_at.ms) {
            ++*kept;
        } else if (is_theirs) {
            ++*n;
            TRY(mail_to_recall(
                db, (struct mail_to_recall_in){.some = {&rows.at[k].id.v, 1}, .recalled_at = clock_now()}, NULL));
            TRY(stub(db, rows.at[k].item));
        }
    }
    if (!*n) {
        return REFUSE(ERR_CONFLICT, "", "Mọi nơi nhận đã xem thư, không thu hồi được nữa.");
    }
    return mail_done(db, "mail.recall", id);
}

/* ---- Time */

static struct err wake(struct db_write *db, struct mail_item_id id, bool is_claim) {
    struct mail_item_by_id_row *i;
    TRY(mail_item_by_id(db_reading(db), (struct mail_item_by_id_in){.id = id}, &i));
    if (is_claim) {
        let_go(i);
        return end(db, i, "mail.lapse");
    }
    i->state = S("open");
    i->is_unread = true;
    i->snooze_on = (struct date){0};
    return end(db, i, "mail.wake");
}

struct err mail_wake_at(struct db_write *db, struct instant at) {
    enum { MINUTE_MS = 60000 };
    int64_t minute = at.ms / MINUTE_MS + 1;
    return job_add(db,
                   &(struct job_new){.kind = S("mail.wake"),
                                     .record = minute, /* what falls into one minute is one look */
                                     .not_before = {minute * MINUTE_MS},
                                     .is_single = true},
                   NULL);
}

struct err mail_tick(struct db_write *db, size_t *done) {
    struct mail_snooze_over_rows woken;
    struct mail_claims_over_rows claims;
    struct mail_drafts_due_rows drafts;
    struct db_read *r = db_reading(db);
    TRY(mail_snooze_over(r, (struct mail_snooze_over_in){.today = clock_today()}, &woken));
    TRY(mail_claims_over(r, (struct mail_claims_over_in){.now_at = clock_now()}, &claims));
    TRY(mail_drafts_due(r, (struct mail_drafts_due_in){.now_at = clock_now()}, &drafts));
    for (size_t i = 0; i < woken.n; i++) {
        TRY(wake(db, woken.at[i].id, false));
    }
    for (size_t i = 0; i < claims.n; i++) {
        TRY(wake(db, claims.at[i].id, true));
    }
    for (size_t i = 0; i < drafts.n; i++) {
        TRY(mail_draft_go(db, drafts.at[i].id.v));
    }
    *done = woken.n + claims.n + drafts.n;
    return mail_ways_wake(db, 0);
}
