/* Letters from files: an .eml, or an mbox of many. Each is taken apart in the reader's sandboxed child; what the child
   says is checked here, piece by piece, before it becomes a letter of the box. */
#include "kernel/db/id.h"
#include "modules/mail/inside.h"
#include "modules/mail/rules.h"
#include "read/read.h"

#include "base/arena.h"
#include "base/list.h"
#include "base/num.h"
#include "base/utf8.h"

enum { TEXT_MOST = 200000, SAID_MOST = 40 << 20, FILES_BYTES_MOST = 30 << 20, PEOPLE_MOST = 50, REFERENCES_MOST = 50 };

struct err mail_bring_add(struct db_write *db, const struct who *who, int64_t box, const struct mail_paper *file,
                          int64_t *id) {
    struct mail_box_by_id_row *row;
    if (box) {
        TRY(mail_box_open(db_reading(db), who, box, &row));
    } else {
        TRY(mail_box_get(db, who->post.v, &row));
    }
    *id = id_new();
    TRY(mail_bring_insert(db,
                          (struct mail_bring_insert_in){.id = {*id},
                                                        .box = row->id,
                                                        .post = who->post.v,
                                                        .file = file->file,
                                                        .name = file->name,
                                                        .made_at = clock_now()},
                          NULL));
    return job_add(db, &(struct job_new){.kind = S("mail.bring"), .record = *id, .post = who->post.v}, NULL);
}

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
    put(b, "of", l->in_reply_to);
    for (size_t i = l->references.n; i-- > 0 && l->references.n - i < REFERENCES_MOST;) {
        put(b, "of", l->references.at[i]);
    }
    for (size_t i = 0; i < l->to.n && i < PEOPLE_MOST; i++) {
        put(b, "to", l->to.at[i].name.len ? l->to.at[i].name : l->to.at[i].address);
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
    say_files(b, &l);
}

/* ---- and how it is heard */
struct came_file {
    struct str name, danger, bytes;
    int64_t size;
};
struct came {
    struct str subject, name, address, date, id, text, own, guessed, hash, number, dated, about, machine, held, blocked,
        fault;
    struct str warned;
    LIST(struct str) of;
    LIST(struct str) to;
    LIST(struct came_file) files;
};

static struct str *one_of(struct came *c, struct str name) {
    const struct {
        const char *name;
        struct str *at;
    } all[] = {{"subject", &c->subject}, {"name", &c->name},     {"address", &c->address}, {"date", &c->date},
               {"id", &c->id},           {"text", &c->text},     {"own", &c->own},         {"guessed", &c->guessed},
               {"hash", &c->hash},       {"number", &c->number}, {"dated", &c->dated},     {"about", &c->about},
               {"machine", &c->machine}, {"held", &c->held},     {"blocked", &c->blocked}, {"fault", &c->fault}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (str_eq(name, str_of(all[i].name))) {
            return all[i].at;
        }
    }
    return NULL;
}

static bool hear_file(struct arena *a, struct came *c, struct str name, struct str value) {
    struct came_file *last = c->files.n ? &c->files.at[c->files.n - 1] : NULL;
    if (str_eq(name, S("file"))) {
        LIST_ADD(a, &c->files, (struct came_file){.name = file_name_clean(a, value)});
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

static bool hear_one(struct arena *a, struct came *c, struct str name, struct str value) {
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
        LIST_ADD(a, &c->to, utf8_cut(utf8_clean(a, value), 200));
        return c->to.n <= PEOPLE_MOST;
    }
    if (str_eq(name, S("warn"))) {
        c->warned = c->warned.len ? str_format(a, "%.*s %.*s", STR_ARG(c->warned), STR_ARG(value)) : value;
        return value.len < 20;
    }
    return hear_file(a, c, name, value);
}

static bool hear(struct arena *a, struct str said, struct came *c) {
    struct str head, name, length;
    int64_t n;
    *c = (struct came){0};
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

/* ---- Taking it into the box */
struct bringing {
    struct job *job;
    struct mail_bring_by_id_row *row;
    struct mail_box_by_id_row *box;
    struct str path;
    struct came came;
    struct str bytes; /* of the letter that is taken in now */
    bool is_whole;    /* it is the whole file */
};

static struct err papers_of(struct db_write *db, struct bringing *b, struct mail_paper *papers) {
    struct arena *a = db_write_arena(db);
    for (size_t i = 0; i < b->came.files.n; i++) {
        const struct came_file *f = &b->came.files.at[i];
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
static struct err thread_of(struct db_read *db, struct bringing *b, int64_t *thread) {
    *thread = 0;
    for (size_t i = 0; i < b->came.of.n && !*thread; i++) {
        struct mail_letter_of_message_row *row;
        TRY(mail_letter_of_message(
            db, (struct mail_letter_of_message_in){.message_id = b->came.of.at[i], .box = b->box->id}, &row));
        *thread = row ? row->thread.v : 0;
    }
    return OK;
}

static void row_fill(struct arena *a, const struct came *c, struct mail_letter_insert_in *row) {
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
        .message_id = utf8_cut(c->id, 300),
        .body_hash = utf8_cut(c->hash, 64),
        .encoding = utf8_cut(c->guessed, 40),
        .warned = utf8_cut(c->warned, 200),
        .is_machine = c->machine.len > 0,
        .number = utf8_cut(c->number, 80),
        .about = str_eq(c->about, S("document")) || str_eq(c->about, S("petition")) ? c->about : S(""),
        .blocked = blocked};
    date_read_iso(c->dated, &row->dated_on);
    (void)a;
}

static struct err take(struct db_write *db, struct bringing *b) {
    struct arena *a = db_write_arena(db);
    struct mail_paper *papers = arena_take(a, struct mail_paper, b->came.files.n + 1);
    struct mail_receiver *to = arena_take(a, struct mail_receiver, b->came.to.n + 2);
    struct mail_new l = {.papers = papers, .n_papers = b->came.files.n, .to = to};
    int64_t letter, item;
    struct mail_letter_insert_in row;
    row_fill(a, &b->came, &row);
    TRY(papers_of(db, b, papers));
    TRY(thread_of(db_reading(db), b, &l.thread));
    row.source = b->row->file;
    if (!b->is_whole) {
        TRY(file_keep_bytes(db, a, b->bytes, &row.source));
    }
    l.row = row;
    to[l.n_to++] = (struct mail_receiver){.role = S("to"), .principal = b->box->owner};
    for (size_t i = 0; i < b->came.to.n; i++) {
        to[l.n_to++] = (struct mail_receiver){.role = S("cc"), .name = b->came.to.at[i]};
    }
    return mail_deliver(db, &l, &letter, &item);
}

static struct err count(struct db_write *db, const struct bringing *b, struct instant ended_at, struct str fault) {
    return mail_bring_count(db,
                            (struct mail_bring_count_in){.id = b->row->id,
                                                         .letters = b->row->letters,
                                                         .again = b->row->again,
                                                         .unread = b->row->unread,
                                                         .fault = fault,
                                                         .ended_at = ended_at},
                            NULL);
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

static struct err letter_step(struct db_write *db, void *thing) {
    struct bringing *b = thing;
    struct mail_letter_same_row *same = NULL;
    bool is_here = false;
    if (b->came.fault.len || b->came.held.len) {
        b->row->unread++;
        return count(db, b, (struct instant){0}, S(""));
    }
    if (b->came.id.len) {
        TRY(mail_letter_same(db_reading(db),
                             (struct mail_letter_same_in){.message_id = utf8_cut(b->came.id, 300),
                                                          .body_hash = utf8_cut(b->came.hash, 64)},
                             &same));
    }
    if (same) {
        TRY(holds(db_reading(db), b->box->id, same, &is_here));
    }
    if (is_here) {
        b->row->again++;
        return count(db, b, (struct instant){0}, S(""));
    }
    TRY(same ? mail_place(db, same->id.v, b->box->id.v) : take(db, b));
    b->row->letters++;
    return count(db, b, (struct instant){0}, S(""));
}

/* Where the letter after `from` of an mbox begins: a line "From " after an empty one. */
static size_t next_of(struct str all, size_t from) {
    for (size_t at = from; (at = str_find(all, S("\nFrom "), at)) != SIZE_MAX; at++) {
        if (at > 0 && (all.at[at - 1] == '\n' || all.at[at - 1] == '\r')) {
            return at + 1;
        }
    }
    return all.len;
}

/* Without its "From " line. */
static size_t begin_of(struct str all, size_t from) {
    size_t end = str_starts(str_slice(all, from, all.len), S("From ")) ? str_find(all, S("\n"), from) : SIZE_MAX;
    return end == SIZE_MAX ? from : end + 1;
}

static struct err one(struct bringing *b, struct str all, size_t from, size_t to) {
    struct str said;
    struct read_run run = {.say = say, .most = SAID_MOST};
    struct arena *own = arena_new();
    struct read_part part = {b->path.at, (int64_t)from, (int64_t)(to - from)};
    b->came = (struct came){0};
    b->bytes = str_slice(all, from, to);
    struct err e = read_run(own, &part, &read_limits_usual, &run, &said);
    if (err_is(e, ERR_INVALID) || (!e.why && !hear(own, said, &b->came))) {
        b->came = (struct came){.fault = S("1")};
        e = OK;
    }
    e = e.why ? e : job_step(b->job, str_format(b->job->arena, "%zu", to), letter_step, b);
    arena_free(own);
    return e;
}

static struct err end_step(struct db_write *db, void *thing) {
    struct bringing *b = thing;
    bool is_none = !b->row->letters && !b->row->again;
    return count(db, b, clock_now(),
                 is_none
                     ? S("Tệp không có thư nào nhận được: tệp hỏng, không phải .eml hoặc .mbox, hoặc thư mang dấu mật.")
                     : S(""));
}

static struct err look(struct bringing *b) {
    struct job *job = b->job;
    struct db_read *db;
    struct file file;
    TRY(db_begin_read(job->db, job->arena, &db));
    struct err e = mail_bring_by_id(db, (struct mail_bring_by_id_in){.id = {job->record}}, &b->row);
    if (!e.why && b->row && b->row->file.v) {
        e = mail_box_by_id(db, (struct mail_box_by_id_in){.id = b->row->box}, &b->box);
        e = e.why ? e : file_find(db, job->arena, b->row->file, &file);
        e = e.why ? e : file_whole(job->arena, &file, &b->path);
    }
    db_end_read(db);
    return e;
}

struct err mail_bring_run(struct job *job) {
    struct bringing b = {.job = job};
    struct str all;
    int64_t from = 0;
    TRY(look(&b));
    if (!b.path.len || b.row->ended_at.ms) {
        return OK;
    }
    b.path = (struct str){str_z(job->arena, b.path), b.path.len};
    TRY(mail_bytes(job->arena, b.path, &all));
    num_read_between(job->mark, 0, (int64_t)all.len, &from);
    bool is_mbox = str_starts(all, S("From "));
    b.is_whole = !is_mbox;
    for (size_t at = (size_t)from; at < all.len;) {
        size_t end = is_mbox ? next_of(all, at + 1) : all.len;
        TRY(one(&b, all, is_mbox ? begin_of(all, at) : at, end));
        at = end;
        if (at < all.len && job_turn_is_over(job)) {
            return job_again(job);
        }
    }
    return job_finish(job, end_step, &b);
}
