/* Letters that come: taken apart in the reader's sandboxed child; what the child says is checked here, piece by piece,
   before it becomes a letter of a box. The same for a file brought in and for a server that is read. */
#include "modules/mail/came.h"
#include "modules/mail/way.h"
#include "read/read.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"

enum { TEXT_MOST = 200000, SAID_MOST = 40 << 20, FILES_BYTES_MOST = 30 << 20, PEOPLE_MOST = 50, REFERENCES_MOST = 50 };

/* ---- What the child says: name, length, bytes, line end */

static void put(struct buf *b, const char *name, struct str value) {
    if (value.len) {
        buf_printf(b, "%s %zu\n%.*s\n", name, value.len, STR_ARG(value));
    }
}

static void put_number(struct buf *b, const char *name, int64_t n) {
    put(b, name, str_format(b->arena, "%lld", (long long)n));
}

static void say_files(struct buf *b, const struct mail_letter *l) {
    size_t room = FILES_BYTES_MOST;
    for (size_t i = 0; i < l->files.n; i++) {
        const struct mail_file *f = &l->files.at[i];
        bool is_small = f->bytes.len <= room;
        put(b, "file", f->name.len ? f->name : S("tep"));
        put_number(b, "size", (int64_t)f->bytes.len);
        put(b, "danger", f->danger ? str_of(mail_warning_name(f->danger)) : S(""));
        if (is_small) {
            room -= f->bytes.len;
            put(b, "bytes", f->bytes);
        }
    }
}

static void say_head(struct buf *b, const struct mail_letter *l) {
    put(b, "subject", l->subject);
    put(b, "name", l->from.name);
    put(b, "address", l->from.address);
    put_number(b, "date", l->date.ms);
    put(b, "id", l->message_id);
    put(b, "answer", l->reply_to.address.len ? l->reply_to.address : l->from.address);
    put(b, "report", l->of);
    put(b, "of", l->of);
    put(b, "of", l->in_reply_to);
    for (size_t i = l->references.n; i-- > 0 && l->references.n - i < REFERENCES_MOST;) {
        put(b, "of", l->references.at[i]);
    }
    for (size_t i = 0; i < l->to.n && i < PEOPLE_MOST; i++) {
        put(b, "to", l->to.at[i].name.len ? l->to.at[i].name : l->to.at[i].address);
        put(b, "mail", l->to.at[i].address);
    }
}

static void say_deliveries(struct buf *b, const struct mail_letter *l) {
    for (size_t i = 0; i < l->deliveries.n && i < PEOPLE_MOST; i++) {
        const struct mail_delivery *d = &l->deliveries.at[i];
        put(b, "gone", d->address);
        put(b, "action", d->action);
        put(b, "status", d->status);
    }
}

static void say(struct buf *b, struct str bytes, void *thing) {
    struct mail_letter l;
    struct arena *a = b->arena;
    (void)thing;
    if (mail_read(a, bytes, S(""), &l).why) {
        put(b, "fault", S("1"));
        return;
    }
    say_head(b, &l);
    put(b, "text", utf8_cut(l.text, TEXT_MOST));
    put(b, "own", utf8_cut(l.own_text, TEXT_MOST));
    put(b, "guessed", l.guessed);
    put(b, "hash", l.body_hash);
    put(b, "number", l.number);
    put(b, "dated", l.dated.year ? date_iso(a, l.dated) : S(""));
    put(b, "about", l.kind == MAIL_DOCUMENT ? S("document") : l.kind == MAIL_PETITION ? S("petition") : S(""));
    put(b, "machine", l.is_machine ? S("1") : S(""));
    put(b, "held", l.is_held ? S("1") : S(""));
    put_number(b, "blocked", l.remote_blocked);
    for (int w = 1; w < MAIL_WARNINGS; w++) {
        put(b, "warn", l.warns[w] ? str_of(mail_warning_name((enum mail_warning)w)) : S(""));
    }
    say_deliveries(b, &l);
    say_files(b, &l);
}

/* ---- and how it is heard */
static struct str *one_of(struct mail_came *c, struct str name) {
    const struct {
        const char *name;
        struct str *at;
    } all[] = {{"subject", &c->subject},
               {"name", &c->name},
               {"address", &c->address},
               {"date", &c->date},
               {"id", &c->id},
               {"text", &c->text},
               {"own", &c->own},
               {"guessed", &c->guessed},
               {"hash", &c->hash},
               {"number", &c->number},
               {"dated", &c->dated},
               {"about", &c->about},
               {"machine", &c->machine},
               {"held", &c->held},
               {"blocked", &c->blocked},
               {"fault", &c->fault},
               {"answer", &c->answer_to},
               {"report", &c->report}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (str_eq(name, str_of(all[i].name))) {
            return all[i].at;
        }
    }
    return NULL;
}

static bool hear_file(struct arena *a, struct mail_came *c, struct str name, struct str value) {
    struct mail_came_file *last = c->files.n ? &c->files.at[c->files.n - 1] : NULL;
    if (str_eq(name, S("file"))) {
        LIST_ADD(a, &c->files, (struct mail_came_file){.name = file_name_clean(a, value)});
        return c->files.n <= MAIL_PARTS_MOST;
    }
    if (!last) {
        return false;
    }
    if (str_eq(name, S("bytes"))) {
        last->bytes = value;
        return true;
    }
    if (str_eq(name, S("danger"))) {
        last->danger = utf8_cut(utf8_clean(a, value), 20);
        return true;
    }
    return str_eq(name, S("size")) && num_read_between(value, 0, MAIL_BYTES_MOST, &last->size);
}

static bool hear_delivery(struct arena *a, struct mail_came *c, struct str name, struct str value) {
    struct str clean = utf8_cut(utf8_clean(a, value), 254);
    if (str_eq(name, S("gone"))) {
        LIST_ADD(a, &c->gone, (struct mail_delivery){.address = clean});
        return c->gone.n <= PEOPLE_MOST;
    }
    struct mail_delivery *last = c->gone.n ? &c->gone.at[c->gone.n - 1] : NULL;
    if (last && str_eq(name, S("action"))) {
        last->action = clean;
        return true;
    }
    if (last && str_eq(name, S("status"))) {
        last->status = clean;
        return true;
    }
    return hear_file(a, c, name, value);
}

static bool hear_one(struct arena *a, struct mail_came *c, struct str name, struct str value) {
    struct str *at = one_of(c, name);
    if (at) {
        *at = utf8_clean(a, value);
        return true;
    }
    if (str_eq(name, S("of"))) {
        LIST_ADD(a, &c->of, utf8_clean(a, value));
        return c->of.n <= REFERENCES_MOST + 1;
    }
    if (str_eq(name, S("to"))) {
        LIST_ADD(a, &c->to, (struct mail_came_to){.name = utf8_cut(utf8_clean(a, value), 200)});
        return c->to.n <= PEOPLE_MOST;
    }
    if (str_eq(name, S("mail"))) {
        if (!c->to.n) {
            return false;
        }
        c->to.at[c->to.n - 1].address = utf8_cut(utf8_clean(a, value), 254);
        return true;
    }
    if (str_eq(name, S("warn"))) {
        c->warned = c->warned.len ? str_format(a, "%.*s %.*s", STR_ARG(c->warned), STR_ARG(value)) : value;
        return value.len < 20;
    }
    return hear_delivery(a, c, name, value);
}

static bool hear(struct arena *a, struct str said, struct mail_came *c) {
    struct str head, name, length;
    int64_t n;
    *c = (struct mail_came){0};
    while (said.len) {
        if (!str_next(&said, '\n', &head) || !str_cut(head, S(" "), &name, &length) ||
            !num_read_between(length, 1, (int64_t)said.len - 1, &n) || said.at[n] != '\n' ||
            !hear_one(a, c, name, str_slice(said, 0, (size_t)n))) {
            return false;
        }
        said = str_slice(said, (size_t)n + 1, said.len);
    }
    return true;
}

static struct err papers_of(struct db_write *db, const struct mail_taking *t, struct mail_paper *papers) {
    struct arena *a = db_write_arena(db);
    for (size_t i = 0; i < t->came->files.n; i++) {
        const struct mail_came_file *f = &t->came->files.at[i];
        papers[i] = (struct mail_paper){.name = f->name, .danger = f->danger, .size = f->size};
        bool is_kept = f->bytes.len && !str_eq(f->danger, S("executable"));
        struct err e = is_kept ? file_keep_bytes(db, a, f->bytes, &papers[i].file) : OK;
        if (err_is(e, ERR_INVALID)) {
            papers[i].file = (struct file_blob_id){0};
        } else {
            TRY(e);
        }
    }
    return OK;
}

/* The conversation that one of the named letters is in, as far as this box holds it. */
static struct err thread_of(struct db_read *db, const struct mail_taking *t, int64_t *thread) {
    *thread = 0;
    for (size_t i = 0; i < t->came->of.n && !*thread; i++) {
        struct mail_letter_of_message_row *row;
        TRY(mail_letter_of_message(
            db, (struct mail_letter_of_message_in){.message_id = t->came->of.at[i], .box = t->box->id}, &row));
        *thread = row ? row->thread.v : 0;
    }
    return OK;
}

static void row_fill(struct arena *a, const struct mail_came *c, struct mail_letter_insert_in *row) {
    int64_t ms = 0, blocked = 0;
    struct instant now = clock_now();
    num_read_between(c->date, 1, now.ms, &ms);
    num_read_between(c->blocked, 0, INT32_MAX, &blocked);
    *row = (struct mail_letter_insert_in){
        .from_name = utf8_cut(c->name.len      ? c->name
                              : c->address.len ? c->address
                                               : S("Không rõ người gửi"),
                              200),
        .from_note = utf8_cut(c->address, 200),
        .subject = utf8_cut(c->subject.len ? c->subject : S("Thư không ghi việc gì"), 300),
        .text = c->text,
        .own_text = c->own.len ? c->own : c->text,
        .sent_at = ms ? (struct instant){ms} : now,
        /* Without one its own words are its name, so that it is known again. */
        .message_id =
            c->id.len ? utf8_cut(c->id, 300) : str_format(a, "<%.*s@khong-ma-thu>", STR_ARG(utf8_cut(c->hash, 64))),
        .body_hash = utf8_cut(c->hash, 64),
        .encoding = utf8_cut(c->guessed, 40),
        .warned = utf8_cut(c->warned, 200),
        .is_machine = c->machine.len > 0,
        .number = utf8_cut(c->number, 80),
        .about = str_eq(c->about, S("document")) || str_eq(c->about, S("petition")) ? c->about : S(""),
        .blocked = blocked,
        .answer_to = utf8_cut(c->answer_to, 254)};
    date_read_iso(c->dated, &row->dated_on);
}

static struct err take(struct db_write *db, const struct mail_taking *t) {
    struct arena *a = db_write_arena(db);
    struct mail_paper *papers = arena_take(a, struct mail_paper, t->came->files.n + 1);
    struct mail_receiver *to = arena_take(a, struct mail_receiver, t->came->to.n + 2);
    struct mail_new l = {.papers = papers, .n_papers = t->came->files.n, .to = to};
    int64_t letter, item;
    struct mail_letter_insert_in row;
    row_fill(a, t->came, &row);
    TRY(papers_of(db, t, papers));
    TRY(thread_of(db_reading(db), t, &l.thread));
    row.source = t->source;
    l.row = row;
    to[l.n_to++] = (struct mail_receiver){.role = S("to"), .principal = t->box->owner};
    for (size_t i = 0; i < t->came->to.n; i++) {
        const struct mail_came_to *one = &t->came->to.at[i];
        to[l.n_to++] = (struct mail_receiver){.role = S("cc"), .name = one->name, .address = one->address};
    }
    TRY(mail_deliver(db, &l, &letter, &item));
    return t->came->report.len
               ? mail_report_match(db, t->box->id,
                                   &(struct mail_report){t->came->report, t->came->gone.at, t->came->gone.n})
               : OK;
}

/* Whether a box holds this very letter, not only its conversation. */
static struct err holds(struct db_read *db, struct mail_box_id box, const struct mail_letter_same_row *letter,
                        bool *is_here) {
    struct mail_item_of_thread_row *item;
    struct mail_letter_in_item_row *held = NULL;
    TRY(mail_item_of_thread(db, (struct mail_item_of_thread_in){.box = box, .thread = letter->thread}, &item));
    if (item) {
        TRY(mail_letter_in_item(db, (struct mail_letter_in_item_in){.item = item->id, .letter = letter->id}, &held));
    }
    *is_here = held != NULL;
    return OK;
}

struct err mail_came_take(struct db_write *db, const struct mail_taking *t, enum mail_took *took) {
    const struct mail_came *c = t->came;
    struct mail_letter_same_row *same = NULL;
    struct mail_letter_insert_in row;
    bool is_here = false;
    *took = MAIL_TOOK_NOT;
    if (c->fault.len || c->held.len) {
        return OK;
    }
    row_fill(db_write_arena(db), c, &row);
    TRY(mail_letter_same(
        db_reading(db), (struct mail_letter_same_in){.message_id = row.message_id, .body_hash = row.body_hash}, &same));
    if (same) {
        TRY(holds(db_reading(db), t->box->id, same, &is_here));
    }
    if (is_here) {
        *took = MAIL_TOOK_AGAIN;
        return OK;
    }
    *took = MAIL_TOOK_NEW;
    return same ? mail_place(db, same->id.v, t->box->id.v) : take(db, t);
}

struct err mail_came_read(struct arena *a, const struct read_part *part, struct mail_came *c) {
    struct str said;
    struct read_run run = {.say = say, .most = SAID_MOST};
    *c = (struct mail_came){0};
    struct err e = read_run(a, part, &read_limits_usual, &run, &said);
    if (err_is(e, ERR_INVALID) || (!e.why && !hear(a, said, c))) {
        *c = (struct mail_came){.fault = S("1")};
        e = OK;
    }
    return e;
}
