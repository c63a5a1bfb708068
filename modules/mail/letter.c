/* Boxes, who may open them, and working hours; and how a letter comes into them: its thread, whom it came from and went
   to, and how each conversation then stands. */
#include "kernel/db/id.h"
#include "kernel/page/json.h"
#include "kernel/queue/event.h"
#include "kernel/record/act.h"
#include "modules/mail/rules.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

/* ---- Boxes */
static struct err standing(struct db_read *db, int64_t principal, struct org_principal *p) {
    bool stands = false;
    TRY(org_principal(db, principal, p));
    if (p->kind == ORG_POST) {
        struct org_post post;
        TRY(org_post(db, (struct post_id){principal}, &post));
        stands = post.is_in_force;
        p->unit = post.unit;
        p->organ = post.organ;
        p->name = str_format(db_arena(db), "%.*s", STR_ARG(post.person_name));
    } else if (p->kind == ORG_UNIT) {
        struct org_unit unit;
        TRY(org_unit(db, (struct unit_id){principal}, &unit));
        stands = !unit.until_on.year || date_cmp(unit.until_on, clock_today()) >= 0;
        p->organ = unit.organ;
        p->name = unit.short_name;
    }
    return stands ? OK : REFUSE(ERR_INVALID, "to", "Có nơi nhận không còn hoạt động. Mời chọn lại.");
}

static struct err give(struct db_write *db, int64_t box, int64_t principal) {
    return access_give(
        db, &(struct access_grant_new){
                .kind = S("mail_box"), .record = box, .principal = principal, .can = CAN_READ | CAN_ACT | CAN_MANAGE});
}

/* A board's letters are read by the board; those of a whole committee by its clerks and leaders. */
static struct err readers_give(struct db_write *db, int64_t box, const struct org_principal *p) {
    int64_t clerks, leaders;
    if (p->kind == ORG_POST || p->id != p->organ.v) {
        return give(db, box, p->id);
    }
    TRY(org_group(db_reading(db), p->organ, ROLE_CLERK, &clerks));
    TRY(org_group(db_reading(db), p->organ, ROLE_LEADER, &leaders));
    TRY(give(db, box, clerks));
    return give(db, box, leaders);
}

struct err mail_box_get(struct db_write *db, int64_t principal, struct mail_box_by_id_row **box) {
    struct mail_box_of_owner_row *row;
    struct org_principal p;
    struct db_read *r = db_reading(db);
    TRY(mail_box_of_owner(r, (struct mail_box_of_owner_in){.owner = principal}, &row));
    if (row) {
        return mail_box_by_id(r, (struct mail_box_by_id_in){.id = row->id}, box);
    }
    TRY(standing(r, principal, &p));
    struct mail_box_id id = {id_new()};
    TRY(mail_box_insert(db,
                        (struct mail_box_insert_in){.id = id,
                                                    .owner = principal,
                                                    .is_shared = p.kind == ORG_UNIT,
                                                    .organ = p.organ.v,
                                                    .unit = p.unit.v,
                                                    .name = p.name,
                                                    .answer_hours = MAIL_ANSWER_HOURS,
                                                    .made_at = clock_now()},
                        NULL));
    TRY(readers_give(db, id.v, &p));
    return mail_box_by_id(r, (struct mail_box_by_id_in){.id = id}, box);
}

struct err mail_box_open(struct db_read *db, const struct who *who, int64_t box, struct mail_box_by_id_row **row) {
    TRY(mail_box_by_id(db, (struct mail_box_by_id_in){.id = {box}}, row));
    return *row ? access_require(db, box, who->post.v, CAN_READ) : FAIL(ERR_MISSING, "no such box");
}

struct err mail_boxes(struct db_read *db, const struct who *who, struct mail_boxes_of_post_rows *boxes) {
    return mail_boxes_of_post(db, (struct mail_boxes_of_post_in){.post = who->post.v, .today = clock_today()}, boxes);
}

/* ---- Working hours */

/* The office's hours of a day, in minutes. */
static const struct { int from, to; } hours_of[] = {{8 * 60, 12 * 60}, {13 * 60 + 30, 17 * 60 + 30}};
enum { DAYS_MOST = 400, MINUTE_MS = 60000 };

/* How much of what is left passes on this day, from a minute of it on; where it ends when it does. */
static bool day_pass(int from, int64_t *left, int *end) {
    for (size_t i = 0; i < sizeof hours_of / sizeof *hours_of; i++) {
        int begin = from > hours_of[i].from ? from : hours_of[i].from;
        int64_t there = hours_of[i].to - begin;
        if (there <= 0) {
            continue;
        }
        if (*left <= there) {
            *end = begin + (int)*left;
            return true;
        }
        *left -= there;
    }
    return false;
}

struct err mail_due(struct db_read *db, struct instant from, int64_t hours, struct instant *due) {
    int hour, minute, second, end = 0;
    int64_t left = hours * 60;
    struct date on = date_of(from);
    instant_clock(from, &hour, &minute, &second);
    int begin = hour * 60 + minute;
    for (int i = 0; i < DAYS_MOST; i++, on = date_plus(on, 1), begin = 0) {
        struct org_day day;
        TRY(org_day(db, on, &day));
        if (day.is_work && day_pass(begin, &left, &end)) {
            *due = date_at(on, end / 60, end % 60);
            return OK;
        }
    }
    *due = (struct instant){from.ms + hours * 60 * MINUTE_MS};
    return OK;
}

/* ---- Conversations */
struct err mail_done(struct db_write *db, const char *verb, int64_t item) {
    return act_done(db, &(struct act){.verb = str_of(verb), .kind = S("mail"), .record = item});
}

struct err mail_item(struct db_read *db, const struct who *who, int64_t id, struct mail_item_by_id_row **item,
                     bool *in_box) {
    TRY(mail_item_by_id(db, (struct mail_item_by_id_in){.id = {id}}, item));
    if (!*item) {
        return FAIL(ERR_MISSING, "no such conversation");
    }
    TRY(access_require(db, id, who->post.v, CAN_READ));
    return in_box ? access_can(db, (*item)->box.v, who->post.v, CAN_ACT, in_box) : OK;
}

/* Of a shared box what has to be answered first; else the newest first. */
static int64_t place_of(const struct mail_item_by_id_row *i) {
    if (is(i->state, "snoozed")) {
        return date_number(i->snooze_on);
    }
    if (i->is_shared && is(i->state, "open")) {
        return i->due_at.ms ? i->due_at.ms : i->last_at.ms;
    }
    return -i->last_at.ms;
}

/* When time will have something to do with it; none: never. */
static struct instant wake_of(const struct mail_item_by_id_row *i) {
    if (is(i->state, "snoozed")) {
        return date_start(i->snooze_on);
    }
    return is(i->state, "open") && i->holder ? i->due_at : (struct instant){0};
}

struct err mail_item_put(struct db_write *db, struct mail_item_by_id_row *i) {
    struct instant at = wake_of(i);
    TRY(at.ms ? mail_wake_at(db, at) : OK);
    return mail_item_write(db,
                           (struct mail_item_write_in){.id = i->id,
                                                       .state = i->state,
                                                       .holder = i->holder,
                                                       .holder_name = i->holder_name,
                                                       .held_at = i->held_at,
                                                       .due_at = i->due_at,
                                                       .snooze_on = i->snooze_on,
                                                       .is_star = i->is_star,
                                                       .is_unread = i->is_unread,
                                                       .has_mine = i->has_mine,
                                                       .has_file = i->has_file,
                                                       .subject = i->subject,
                                                       .sender = i->sender,
                                                       .excerpt = i->excerpt,
                                                       .mark = i->mark,
                                                       .letters = i->letters,
                                                       .first_at = i->first_at,
                                                       .answered_at = i->answered_at,
                                                       .last_at = i->last_at,
                                                       .place = place_of(i),
                                                       .recent = -i->last_at.ms},
                           NULL);
}

struct err mail_item_get(struct db_write *db, struct mail_box_by_id_row *box, int64_t thread, struct str subject,
                         struct mail_item_by_id_row **item) {
    struct mail_item_of_thread_row *row;
    struct mail_box_principals_rows who;
    struct db_read *r = db_reading(db);
    TRY(mail_item_of_thread(r, (struct mail_item_of_thread_in){.box = box->id, .thread = {thread}}, &row));
    struct mail_item_id id = row ? row->id : (struct mail_item_id){id_new()};
    if (!row) {
        TRY(mail_item_insert(
            db,
            (struct mail_item_insert_in){
                .id = id, .box = box->id, .thread = {thread}, .subject = subject, .last_at = clock_now()},
            NULL));
        TRY(mail_box_principals(r, (struct mail_box_principals_in){.box = box->id.v}, &who));
        for (size_t i = 0; i < who.n; i++) {
            TRY(access_give(db, &(struct access_grant_new){.kind = S("mail"),
                                                           .record = id.v,
                                                           .principal = who.at[i].principal,
                                                           .can = CAN_READ | CAN_ACT}));
        }
    }
    return mail_item_by_id(r, (struct mail_item_by_id_in){.id = id}, item);
}

/* ---- How a conversation stands after one more letter */

static struct str excerpt_of(struct arena *a, struct str text) {
    struct buf b = buf_in(a);
    struct str cut = utf8_cut(text, 160);
    for (size_t i = 0; i < cut.len; i++) {
        char c = cut.at[i] == '\n' || cut.at[i] == '\t' ? ' ' : cut.at[i];
        if (c != ' ' || (b.len && b.at[b.len - 1] != ' ')) {
            buf_put_char(&b, c);
        }
    }
    return str_trim(buf_str(&b));
}

/* What comes from others opens it again; a machine's letter opens nothing. */
static struct err came(struct db_write *db, struct mail_item_by_id_row *i, const struct mail_new *l) {
    bool was_open = is(i->state, "open") && i->first_at.ms;
    i->is_unread = true;
    i->sender = l->row.from_name;
    if (!i->first_at.ms) {
        i->first_at = l->row.sent_at;
    }
    if (l->row.is_machine) {
        i->state = i->letters > 1 ? i->state : S("open");
        return OK;
    }
    if (is(i->state, "done")) {
        i->holder = 0;
        i->holder_name = S("");
        i->held_at = (struct instant){0};
    }
    i->state = S("open");
    i->snooze_on = (struct date){0};
    return i->is_shared && !(was_open && i->due_at.ms)
               ? mail_due(db_reading(db), l->row.sent_at, i->answer_hours, &i->due_at)
               : OK;
}

/* What we send waits for the others; one's own letter does not lie in one's own inbox. */
static void went(struct mail_item_by_id_row *i, const struct mail_new *l) {
    bool is_first = i->letters == 1;
    i->has_mine = true;
    if (i->first_at.ms && !i->answered_at.ms) {
        i->answered_at = l->row.sent_at;
    }
    if (is_first) {
        i->sender = l->n_to ? l->to[0].name : S("");
    }
    if (i->is_shared) {
        i->state = S("waiting");
    } else if (is_first) {
        i->state = S("done");
    }
}

struct settling {
    const struct mail_new *letter;
    int64_t id;
    bool is_mine;
};

static struct err item_settle(struct db_write *db, struct mail_item_by_id_row *i, const struct settling *s) {
    const struct mail_new *l = s->letter;
    i->letters++;
    i->has_file = i->has_file || l->n_papers > 0;
    i->excerpt = excerpt_of(db_write_arena(db), l->row.own_text);
    i->last_at = l->row.sent_at.ms > i->last_at.ms || i->letters == 1 ? l->row.sent_at : i->last_at;
    if (s->is_mine) {
        went(i, l);
    } else {
        TRY(came(db, i, l));
    }
    TRY(mail_item_put(db, i));
    return mail_done(db, s->is_mine ? "mail.send" : "mail.arrive", i->id.v);
}

/* Whoever has a box of their own is told; a shared box is looked at by those on duty. */
static struct err tell(struct db_write *db, const struct mail_item_by_id_row *i, const struct mail_new *l) {
    struct arena *a = db_write_arena(db);
    struct buf b = buf_in(a);
    if (i->is_shared || l->row.is_machine) {
        return OK;
    }
    BUF_LIT(&b, "{\"words\":");
    json_str(&b,
             utf8_cut(str_format(a, "%.*s gửi thư: %.*s", STR_ARG(l->row.from_name), STR_ARG(l->row.subject)), 300));
    buf_printf(&b, ",\"path\":\"/mail/%lld\"}", (long long)i->id.v);
    return event_emit(db,
                      &(struct event){.kind = S("mail.new"), .record = i->id.v, .to = i->owner, .body = buf_str(&b)});
}

static struct err to_put(struct db_write *db, const struct settling *s, struct mail_to_insert_in in) {
    in.id = (struct mail_to_id){id_new()};
    in.letter = (struct mail_letter_id){s->id};
    in.delivered_at = in.box.v ? clock_now() : (struct instant){0};
    return mail_to_insert(db, in, NULL);
}

static struct err receiver_put(struct db_write *db, const struct mail_new *l, int64_t id,
                               const struct mail_receiver *to, int64_t *item) {
    struct settling s = {l, id, false};
    struct mail_box_by_id_row *box;
    struct mail_item_by_id_row *i;
    if (!to->principal) {
        return to_put(db, &s, (struct mail_to_insert_in){.role = to->role, .name = to->name, .address = to->address});
    }
    TRY(mail_box_get(db, to->principal, &box));
    TRY(mail_item_get(db, box, l->row.thread.v, l->row.subject, &i));
    TRY(to_put(db, &s, (struct mail_to_insert_in){.role = to->role, .box = box->id, .item = i->id, .name = box->name}));
    *item = *item ? *item : i->id.v;
    if (box->id.v == l->from_box) {
        return OK;
    }
    TRY(item_settle(db, i, &s));
    return tell(db, i, l);
}

static struct err papers_put(struct db_write *db, const struct mail_new *l, struct mail_letter_id id) {
    for (size_t i = 0; i < l->n_papers; i++) {
        const struct mail_paper *p = &l->papers[i];
        TRY(mail_paper_insert(
            db,
            (struct mail_paper_insert_in){
                .id = {id_new()}, .letter = id, .file = p->file, .name = p->name, .size = p->size, .danger = p->danger},
            NULL));
    }
    return OK;
}

static struct err thread_put(struct db_write *db, struct mail_new *l) {
    l->row.thread.v = l->thread;
    if (l->thread) {
        return OK;
    }
    l->row.thread.v = id_new();
    return mail_thread_insert(
        db, (struct mail_thread_insert_in){.id = l->row.thread, .subject = l->row.subject, .made_at = l->row.sent_at},
        NULL);
}

struct err mail_deliver(struct db_write *db, struct mail_new *l, int64_t *id, int64_t *item) {
    struct mail_letter_insert_in *row = &l->row;
    struct mail_box_by_id_row *box;
    struct mail_item_by_id_row *i;
    *item = 0;
    TRY(thread_put(db, l));
    row->id.v = id_new();
    row->from_box.v = l->from_box;
    if (!row->message_id.len) {
        row->message_id = str_format(db_write_arena(db), "<%lld@doanket>", (long long)row->id.v);
    }
    TRY(mail_letter_insert(db, *row, NULL));
    TRY(papers_put(db, l, row->id));
    *id = row->id.v;
    if (l->from_box) {
        TRY(mail_box_by_id(db_reading(db), (struct mail_box_by_id_in){.id = {l->from_box}}, &box));
        TRY(mail_item_get(db, box, row->thread.v, row->subject, &i));
        struct settling s = {l, row->id.v, true};
        TRY(to_put(db, &s,
                   (struct mail_to_insert_in){.role = S("from"), .box = box->id, .item = i->id, .name = box->name}));
        TRY(item_settle(db, i, &s));
        *item = i->id.v;
    }
    for (size_t k = 0; k < l->n_to; k++) {
        TRY(receiver_put(db, l, row->id.v, &l->to[k], item));
    }
    return OK;
}

struct err mail_place(struct db_write *db, int64_t letter, int64_t box) {
    struct db_read *r = db_reading(db);
    struct mail_letter_by_id_row *was;
    struct mail_box_by_id_row *row;
    struct mail_item_by_id_row *i;
    struct mail_papers_of_rows papers;
    TRY(mail_letter_by_id(r, (struct mail_letter_by_id_in){.id = {letter}}, &was));
    TRY(mail_box_by_id(r, (struct mail_box_by_id_in){.id = {box}}, &row));
    TRY(mail_papers_of(r, (struct mail_papers_of_in){.letters = {&letter, 1}}, &papers));
    struct mail_new l = {.thread = was->thread.v, .n_papers = papers.n};
    l.row = (struct mail_letter_insert_in){.id = was->id,
                                           .thread = was->thread,
                                           .from_name = was->from_name,
                                           .subject = was->subject,
                                           .own_text = was->own_text,
                                           .sent_at = was->sent_at,
                                           .is_machine = was->is_machine};
    struct settling s = {&l, letter, false};
    TRY(mail_item_get(db, row, was->thread.v, was->subject, &i));
    TRY(to_put(db, &s, (struct mail_to_insert_in){.role = S("to"), .box = row->id, .item = i->id, .name = row->name}));
    return item_settle(db, i, &s);
}

struct err mail_bytes(struct arena *a, struct str path, struct str *bytes) {
    struct stat s;
    size_t have = 0;
    int fd = open(str_z(a, path), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    *bytes = S("");
    if (fd < 0 || fstat(fd, &s) != 0 || !S_ISREG(s.st_mode)) {
        if (fd >= 0) {
            close(fd);
        }
        return FAIL(ERR_BROKEN, "a kept file cannot be opened");
    }
    char *at = arena_take_raw(a, (size_t)s.st_size + 1, 1);
    for (ssize_t n = 1; have < (size_t)s.st_size && (n > 0 || errno == EINTR); have += n > 0 ? (size_t)n : 0) {
        n = read(fd, at + have, (size_t)s.st_size - have);
    }
    close(fd);
    *bytes = (struct str){at, have};
    return have == (size_t)s.st_size ? OK : FAIL(ERR_BROKEN, "a kept file ends early");
}
