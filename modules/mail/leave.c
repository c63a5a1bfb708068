/* Letters that leave the house: each is handed to its way's server once. What was under way when a worker fell is told
   by the state it left: talking, the server has not got it; handing, nobody knows, and a person decides. */
#include "kernel/db/id.h"
#include "kernel/page/json.h"
#include "kernel/queue/event.h"
#include "kernel/record/act.h"
#include "kernel/wire/smtp.h"
#include "modules/mail/way.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/utf8.h"

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

/* ---- Addresses */
static bool one_read(struct arena *a, struct str piece, struct mail_receiver *r) {
    struct str name = S(""), rest;
    struct str address = piece;
    if (str_ends(piece, S(">")) && str_cut(piece, S("<"), &name, &rest)) {
        address = str_slice(rest, 0, rest.len - 1);
    }
    name = str_trim(name);
    if (name.len > 1 && name.at[0] == '"' && str_ends(name, S("\""))) {
        name = str_trim(str_slice(name, 1, name.len - 1));
    }
    r->address = str_lower_ascii(a, str_trim(address));
    r->name = name.len ? utf8_cut(name, 200) : r->address;
    return smtp_address_is_plain(r->address);
}

static bool is_among(const struct mail_outside *all, struct str address) {
    for (size_t i = 0; i < all->to.n; i++) {
        if (str_eq(all->to.at[i].address, address)) {
            return true;
        }
    }
    return false;
}

struct err mail_outside_read(struct arena *a, struct str role, struct str typed, const char *field,
                             struct mail_outside *all) {
    size_t from = 0;
    for (size_t i = 0; i <= typed.len; i++) {
        if (i < typed.len && !memchr(",;\n\r", typed.at[i], 4)) {
            continue;
        }
        struct str piece = str_trim(str_slice(typed, from, i));
        struct mail_receiver r = {.role = role};
        from = i + 1;
        if (!piece.len) {
            continue;
        }
        if (!one_read(a, piece, &r)) {
            return err_refuse(a, ERR_INVALID, field,
                              "“%.*s” không phải địa chỉ thư. Mời viết như ten@coquan.vn, cách nhau bằng dấu phẩy.",
                              STR_ARG(utf8_cut(piece, 60)));
        }
        if (all->to.n == MAIL_TO_MOST) {
            return err_refuse(a, ERR_INVALID, field, "Một thư gửi nhiều nhất 200 nơi.");
        }
        if (!is_among(all, r.address)) {
            LIST_ADD(a, &all->to, r);
        }
    }
    return OK;
}

/* ---- Into the queue */
static struct err job_at(struct db_write *db, int64_t out, struct instant at) {
    return job_add(db, &(struct job_new){.kind = S("mail.out"), .record = out, .not_before = at, .is_single = true},
                   NULL);
}

struct err mail_out_add(struct db_write *db, const struct mail_outside *all, int64_t letter, struct str message_id) {
    struct mail_out_id id = {id_new()};
    struct instant now = clock_now();
    TRY(mail_out_insert(db,
                        (struct mail_out_insert_in){.id = id,
                                                    .way = {all->way},
                                                    .letter = {letter},
                                                    .message_id = message_id,
                                                    .made_at = now,
                                                    .changed_at = now},
                        NULL));
    for (size_t i = 0; i < all->to.n; i++) {
        TRY(mail_out_to_insert(
            db,
            (struct mail_out_to_insert_in){
                .id = {id_new()}, .out = id, .letter = {letter}, .address = all->to.at[i].address, .changed_at = now},
            NULL));
    }
    return job_at(db, id.v, (struct instant){0});
}

struct err mail_ways_wake(struct db_write *db, int64_t way) {
    struct mail_outs_left_rows outs;
    struct mail_ways_fetching_rows ways;
    struct db_read *r = db_reading(db);
    TRY(mail_outs_left(r, (struct mail_outs_left_in){.of_way = way, .most = MAIL_LEFT_MOST}, &outs));
    for (size_t i = 0; i < outs.n; i++) {
        TRY(job_at(db, outs.at[i].id.v, (struct instant){0}));
    }
    TRY(mail_ways_fetching(
        r, (struct mail_ways_fetching_in){.after = way ? way - 1 : 0, .most = way ? 1 : MAIL_LEFT_MOST}, &ways));
    for (size_t i = 0; i < ways.n; i++) {
        if (!way || ways.at[i].id.v == way) {
            TRY(job_add(db, &(struct job_new){.kind = S("mail.fetch"), .record = ways.at[i].id.v, .is_single = true},
                        NULL));
        }
    }
    return OK;
}

/* ---- One letter's turn */
struct leaving {
    struct job *job;
    struct mail_out_by_id_row *out;
    struct mail_way_by_id_row *way;
    struct mail_out_to_of_rows rows; /* of all its receivers */
    struct str bytes;
    struct smtp_receiver *to; /* those that wait */
    size_t *row_of;           /* of each the row */
    size_t n;
    struct err fault; /* why it could not be offered */
    int64_t item;     /* the conversation in the box that sends it */
};

static struct err read_it(struct db_read *db, struct leaving *l) {
    struct arena *a = l->job->arena;
    struct mail_letter_by_id_row *letter;
    struct mail_written w;
    TRY(mail_out_by_id(db, (struct mail_out_by_id_in){.id = {l->job->record}}, &l->out));
    if (!l->out) {
        return OK;
    }
    TRY(mail_way_by_id(db, (struct mail_way_by_id_in){.id = l->out->way}, &l->way));
    TRY(mail_out_to_of(db, (struct mail_out_to_of_in){.out = l->out->id}, &l->rows));
    l->to = arena_take(a, struct smtp_receiver, l->rows.n + 1);
    l->row_of = arena_take(a, size_t, l->rows.n + 1);
    for (size_t i = 0; i < l->rows.n; i++) {
        if (is(l->rows.at[i].state, "waiting")) {
            l->row_of[l->n] = i;
            l->to[l->n++].address = l->rows.at[i].address;
        }
    }
    TRY(mail_letter_by_id(db, (struct mail_letter_by_id_in){.id = l->out->letter}, &letter));
    struct mail_item_of_thread_row *item;
    TRY(mail_item_of_thread(db, (struct mail_item_of_thread_in){.box = l->way->box, .thread = letter->thread}, &item));
    l->item = item ? item->id.v : 0;
    TRY(mail_written_of(db, a, letter, l->way->address, &w));
    return mail_write(a, &w, &l->bytes);
}

static struct err look(struct leaving *l) {
    struct db_read *db;
    TRY(db_begin_read(l->job->db, l->job->arena, &db));
    struct err e = read_it(db, l);
    db_end_read(db);
    return e;
}

static struct err state_set(struct db_write *db, struct leaving *l, struct mail_out_set_in in) {
    int64_t n = 0;
    in.id = l->out->id;
    in.was = l->out->state;
    in.changed_at = clock_now();
    TRY(mail_out_set(db, in, &n));
    l->out->state = in.state;
    l->out->tries = in.tries;
    TRY(event_emit(db, &(struct event){.kind = S("mail.out"), .record = l->item}));
    return n ? OK : FAIL(ERR_CONFLICT, "somebody decided about this letter meanwhile");
}

static struct err talking_step(struct db_write *db, void *thing) {
    struct leaving *l = thing;
    return state_set(db, l, (struct mail_out_set_in){.state = S("talking"), .tries = l->out->tries + 1});
}

static struct err handing_step(struct db_write *db, void *thing) {
    struct leaving *l = thing;
    return state_set(db, l, (struct mail_out_set_in){.state = S("handing"), .tries = l->out->tries});
}

static struct err went(struct db_write *db, const struct leaving *l, struct str fault) {
    struct instant now = clock_now();
    return mail_way_went(db,
                         (struct mail_way_went_in){.id = l->way->id,
                                                   .out_good_at = fault.len ? l->way->out_good_at : now,
                                                   .out_fault = fault,
                                                   .out_fault_at = fault.len ? now : (struct instant){0}},
                         NULL);
}

static struct err unsure_step(struct db_write *db, void *thing) {
    struct leaving *l = thing;
    struct str why = S("Mất kết nối đúng lúc giao: không rõ máy chủ đã nhận hay chưa.");
    TRY(state_set(db, l, (struct mail_out_set_in){.state = S("unsure"), .tries = l->out->tries, .fault = why}));
    return mail_out_tell(db, l->out->letter, S("nơi nhận ngoài hệ thống"), why);
}

/* Minutes until the next time: soon at first, then ever less often. */
static int64_t pause_of(int64_t tries) {
    static const int64_t minutes[] = {1, 2, 5, 15, 30, 60, 120, 240};
    enum { MOST = sizeof minutes / sizeof *minutes };
    return minutes[tries < 1 ? 0 : tries > MOST ? MOST - 1 : tries - 1];
}

static bool is_too_old(const struct leaving *l) {
    return clock_now().ms - l->out->made_at.ms > INT64_C(86400000) * MAIL_OUT_DAYS;
}

static struct err again_later(struct db_write *db, struct leaving *l, struct str why) {
    struct instant at = {clock_now().ms + 60000 * pause_of(l->out->tries)};
    TRY(state_set(db, l,
                  (struct mail_out_set_in){.state = S("queued"), .tries = l->out->tries, .next_at = at, .fault = why}));
    return job_at(db, l->out->id.v, at);
}

static struct err to_set(struct db_write *db, const struct mail_out_to_of_row *row, struct mail_out_to_set_in in) {
    in.id = row->id;
    in.changed_at = clock_now();
    return mail_out_to_set(db, in, NULL);
}

static struct err refuse(struct db_write *db, struct leaving *l, size_t i, const struct smtp_answer *answer) {
    struct arena *a = db_write_arena(db);
    const struct mail_out_to_of_row *row = &l->rows.at[l->row_of[i]];
    struct str code = answer->code ? str_format(a, "%d", answer->code) : S("");
    TRY(to_set(db, row, (struct mail_out_to_set_in){.state = S("refused"), .code = code, .said = answer->text}));
    return mail_out_tell(db, l->out->letter, row->address, mail_out_advice(code, answer->text));
}

/* The server could not be asked at all. */
static struct err later_step(struct db_write *db, void *thing) {
    struct leaving *l = thing;
    struct fault const *why = l->fault.why;
    struct str words = why->message.len ? why->message : err_sentence(why->kind);
    TRY(went(db, l, words));
    if (!is_too_old(l)) {
        return again_later(db, l, words);
    }
    for (size_t i = 0; i < l->n; i++) {
        TRY(refuse(db, l, i, &(struct smtp_answer){.text = words}));
    }
    return state_set(db, l, (struct mail_out_set_in){.state = S("failed"), .tries = l->out->tries, .fault = words});
}

static bool has_any(const struct mail_out_to_of_rows *rows, const char *state) {
    for (size_t i = 0; i < rows->n; i++) {
        if (is(rows->at[i].state, state)) {
            return true;
        }
    }
    return false;
}

/* Each receiver by its own answer; what was put off comes again. */
static struct err end_step(struct db_write *db, void *thing) {
    struct leaving *l = thing;
    struct arena *a = db_write_arena(db);
    struct str waits = S("");
    bool is_any = has_any(&l->rows, "handed"), is_old = is_too_old(l);
    for (size_t i = 0; i < l->n; i++) {
        const struct mail_out_to_of_row *row = &l->rows.at[l->row_of[i]];
        const struct smtp_answer *answer = &l->to[i].answer;
        struct mail_out_to_set_in in = {.code = str_format(a, "%d", answer->code), .said = answer->text};
        if (answer->code < 300) {
            in.state = S("handed");
            is_any = true;
            TRY(to_set(db, row, in));
        } else if (answer->code < 500 && !is_old) {
            in.state = S("waiting");
            waits = str_format(a, "Máy chủ hoãn nhận: %d %.*s", answer->code, STR_ARG(answer->text));
            TRY(to_set(db, row, in));
        } else {
            TRY(refuse(db, l, i, answer));
        }
    }
    TRY(went(db, l, S("")));
    if (waits.len) {
        return again_later(db, l, waits);
    }
    return state_set(db, l,
                     (struct mail_out_set_in){.state = is_any ? S("sent") : S("failed"), .tries = l->out->tries});
}

static void answer_all(struct leaving *l, const struct smtp_answer *answer) {
    for (size_t i = 0; i < l->n; i++) {
        if (l->to[i].answer.code < 300) {
            l->to[i].answer = *answer;
        }
    }
}

/* From the first word to the last dot. *is_known false: the line was lost behind the dot. */
static struct err talk(struct leaving *l, struct wire *w, bool *is_known) {
    struct arena *a = l->job->arena;
    struct smtp_letter letter = {.from = l->way->address, .to = l->to, .n = l->n, .bytes = l->bytes};
    struct smtp_answer answer;
    size_t taken = 0;
    *is_known = true;
    wire_limit(w, 300);
    l->fault = smtp_offer(w, a, &letter, &taken);
    if (l->fault.why || !taken) {
        return OK;
    }
    TRY(job_step(l->job, S("handing"), handing_step, l));
    wire_limit(w, 300);
    struct err e = smtp_hand(w, a, &answer);
    *is_known = !e.why;
    if (!e.why) {
        answer_all(l, &answer);
    }
    return OK;
}

struct err mail_out_run(struct job *job) {
    struct leaving l = {.job = job};
    struct wire *w = NULL;
    bool is_known = true;
    TRY(look(&l));
    bool is_off = l.out && (!l.way->is_on || !l.way->out_host.len);
    if (l.out && is(l.out->state, "handing")) {
        return job_finish(job, unsure_step, &l);
    }
    if (!l.out || is_off || !(is(l.out->state, "queued") || is(l.out->state, "talking"))) {
        return OK;
    }
    TRY(job_step(job, S("talking"), talking_step, &l));
    l.fault = mail_way_line(job->arena, l.way, MAIL_END_OUT, &w);
    struct err e = w ? talk(&l, w, &is_known) : OK;
    if (w && !l.fault.why && is_known && !e.why) {
        smtp_end(w);
    }
    wire_close(w);
    TRY(e);
    return job_finish(job, l.fault.why ? later_step : is_known ? end_step : unsure_step, &l);
}

/* ---- What comes back */
static const struct {
    const char *code; /* enhanced status, or the server's own, by its beginning */
    struct str words;
} advices[] = {
    {"5.1.1", S_INIT("Không có địa chỉ này. Mời kiểm tra lại địa chỉ rồi gửi thư mới.")},
    {"5.1.2", S_INIT("Không có máy chủ của địa chỉ này. Mời kiểm tra phần sau dấu @.")},
    {"5.1.3", S_INIT("Địa chỉ viết sai. Mời kiểm tra lại rồi gửi thư mới.")},
    {"5.1.8", S_INIT("Máy chủ không nhận địa chỉ gửi của hộp thư. Nhờ người quản trị xem đường thư.")},
    {"5.2.1", S_INIT("Hộp thư nơi nhận đã khóa. Mời liên hệ nơi nhận bằng cách khác.")},
    {"5.2.2", S_INIT("Hộp thư nơi nhận đã đầy. Mời báo nơi nhận, rồi gửi lại sau.")},
    {"5.2.3", S_INIT("Thư lớn hơn mức nơi nhận cho phép. Mời bỏ bớt tệp rồi gửi lại.")},
    {"5.3.4", S_INIT("Thư lớn hơn mức máy chủ cho phép. Mời bỏ bớt tệp rồi gửi lại.")},
    {"5.7", S_INIT("Máy chủ từ chối vì chính sách. Nhờ người quản trị xem quyền gửi của hộp thư.")},
    {"4.2.2", S_INIT("Hộp thư nơi nhận đã đầy. Mời báo nơi nhận, rồi gửi lại sau.")},
    {"4.4", S_INIT("Máy chủ nơi nhận không trả lời. Mời gửi lại sau, hoặc liên hệ bằng cách khác.")},
    {"552", S_INIT("Thư lớn hơn mức nơi nhận cho phép. Mời bỏ bớt tệp rồi gửi lại.")},
    {"553", S_INIT("Địa chỉ viết sai. Mời kiểm tra lại rồi gửi thư mới.")},
    {"550", S_INIT("Nơi nhận không nhận thư tới địa chỉ này. Mời kiểm tra lại địa chỉ.")},
    {"530", S_INIT("Máy chủ đòi đăng nhập. Nhờ người quản trị xem đường thư.")},
};

struct str mail_out_advice(struct str code, struct str said) {
    for (size_t i = 0; i < sizeof advices / sizeof *advices; i++) {
        if (str_starts(said, str_of(advices[i].code)) || str_starts(code, str_of(advices[i].code))) {
            return advices[i].words;
        }
    }
    return S("Nơi nhận không nhận thư. Mời xem lời máy chủ ở dưới thư, hoặc liên hệ bằng cách khác.");
}

struct err mail_out_tell(struct db_write *db, struct mail_letter_id letter, struct str address, struct str why) {
    struct arena *a = db_write_arena(db);
    struct mail_letter_by_id_row *l;
    struct mail_item_of_thread_row *item;
    struct buf b = buf_in(a);
    TRY(mail_letter_by_id(db_reading(db), (struct mail_letter_by_id_in){.id = letter}, &l));
    TRY(mail_item_of_thread(db_reading(db), (struct mail_item_of_thread_in){.box = l->from_box, .thread = l->thread},
                            &item));
    if (!item || !l->by_post) {
        return OK;
    }
    BUF_LIT(&b, "{\"words\":");
    json_str(&b, utf8_cut(str_format(a, "Thư “%.*s” chưa đến %.*s: %.*s", STR_ARG(utf8_cut(l->subject, 80)),
                                     STR_ARG(address), STR_ARG(why)),
                          300));
    buf_printf(&b, ",\"path\":\"/mail/%lld\"}", (long long)item->id.v);
    return event_emit(
        db, &(struct event){.kind = S("mail.failed"), .record = item->id.v, .to = l->by_post, .body = buf_str(&b)});
}

/* delivered: it came; delayed: still on its way; failed, expired: it did not. */
static struct str state_of(struct str action) {
    return is(action, "failed") || is(action, "expired") ? S("bounced")
           : is(action, "delayed")                       ? S("delayed")
           : is(action, "delivered")                     ? S("came")
                                                         : S("");
}

static struct err delivery_match(struct db_write *db, struct mail_letter_id letter,
                                 const struct mail_out_to_of_rows *rows, const struct mail_delivery *d) {
    struct str state = state_of(d->action);
    for (size_t i = 0; i < rows->n && state.len; i++) {
        const struct mail_out_to_of_row *row = &rows->at[i];
        if (!str_eq_ascii_nocase(row->address, d->address) || is(row->state, "bounced")) {
            continue;
        }
        TRY(to_set(db, row, (struct mail_out_to_set_in){.state = state, .code = d->status}));
        TRY(is(state, "bounced") ? mail_out_tell(db, letter, row->address, mail_out_advice(d->status, d->status)) : OK);
    }
    return OK;
}

struct err mail_report_match(struct db_write *db, struct mail_box_id box, const struct mail_report *report) {
    struct mail_out_of_message_row *out;
    struct mail_out_to_of_rows rows;
    TRY(mail_out_of_message(db_reading(db),
                            (struct mail_out_of_message_in){.message_id = report->message_id, .box = box}, &out));
    if (!out) {
        return OK;
    }
    TRY(mail_out_to_of(db_reading(db), (struct mail_out_to_of_in){.out = out->id}, &rows));
    for (size_t i = 0; i < report->n; i++) {
        TRY(delivery_match(db, out->letter, &rows, &report->gone[i]));
    }
    return OK;
}

/* ---- By hand */
static struct err out_open(struct db_write *db, const struct who *who, int64_t way, int64_t id,
                           struct mail_out_by_id_row **out) {
    struct mail_way_by_id_row *w;
    TRY(mail_way_open(db_reading(db), who, way, &w));
    TRY(mail_out_by_id(db_reading(db), (struct mail_out_by_id_in){.id = {id}}, out));
    return *out && (*out)->way.v == way ? OK : FAIL(ERR_MISSING, "no such letter on this way");
}

static struct err decide(struct db_write *db, const struct mail_out_by_id_row *out, const char *verb,
                         struct mail_out_set_in in) {
    in.id = out->id;
    in.was = out->state;
    in.changed_at = clock_now();
    TRY(mail_out_set(db, in, NULL));
    return act_done(db, &(struct act){.verb = str_of(verb), .kind = S("mail_way"), .record = out->way.v});
}

static struct err unfit(void) {
    return REFUSE(ERR_CONFLICT, "", "Thư này không còn ở tình trạng ấy. Mời mở lại trang.");
}

struct err mail_out_again(struct db_write *db, const struct who *who, int64_t way, int64_t id) {
    struct mail_out_by_id_row *out;
    struct mail_out_to_of_rows rows;
    TRY(out_open(db, who, way, id, &out));
    if (!is(out->state, "queued") && !is(out->state, "unsure") && !is(out->state, "failed")) {
        return unfit();
    }
    TRY(mail_out_to_of(db_reading(db), (struct mail_out_to_of_in){.out = out->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        TRY(is(rows.at[i].state, "refused")
                ? to_set(db, &rows.at[i], (struct mail_out_to_set_in){.state = S("waiting")})
                : OK);
    }
    TRY(decide(db, out, "mail.out_again", (struct mail_out_set_in){.state = S("queued")}));
    TRY(job_cancel_about(db, S("mail.out"), id));
    return job_at(db, id, (struct instant){0});
}

struct err mail_out_settle(struct db_write *db, const struct who *who, int64_t way, int64_t id) {
    struct mail_out_by_id_row *out;
    struct mail_out_to_of_rows rows;
    TRY(out_open(db, who, way, id, &out));
    if (!is(out->state, "unsure")) {
        return unfit();
    }
    TRY(mail_out_to_of(db_reading(db), (struct mail_out_to_of_in){.out = out->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        TRY(is(rows.at[i].state, "waiting") ? to_set(db, &rows.at[i], (struct mail_out_to_set_in){.state = S("handed")})
                                            : OK);
    }
    return decide(db, out, "mail.out_settle", (struct mail_out_set_in){.state = S("sent"), .tries = out->tries});
}

struct err mail_out_drop(struct db_write *db, const struct who *who, int64_t way, int64_t id) {
    struct mail_out_by_id_row *out;
    TRY(out_open(db, who, way, id, &out));
    if (!is(out->state, "queued") && !is(out->state, "unsure") && !is(out->state, "failed")) {
        return unfit();
    }
    TRY(job_cancel_about(db, S("mail.out"), id));
    TRY(decide(db, out, "mail.out_drop", (struct mail_out_set_in){.state = S("dropped"), .tries = out->tries}));
    return mail_out_tell(db, out->letter, S("nơi nhận ngoài hệ thống"), S("Người quản trị đã bỏ thư khỏi hàng chờ."));
}
