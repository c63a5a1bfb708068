/* What a letter becomes: an incoming document to be registered, a task; both sides say where it came from. */
#include "kernel/db/id.h"
#include "modules/document/document.h"
#include "modules/mail/rules.h"
#include "modules/task/task.h"

#include "base/arena.h"
#include "base/buf.h"

struct bridge {
    struct mail_item_by_id_row *item;
    struct mail_letter_by_id_row *letter;
};

/* The letter must be one that this box holds, and not taken back. */
static struct err bridge_begin(struct db_write *db, const struct who *who, int64_t item, int64_t letter,
                               struct bridge *b) {
    struct db_read *r = db_reading(db);
    struct mail_letter_in_item_row *held;
    bool in_box = false;
    TRY(mail_item(r, who, item, &b->item, &in_box));
    if (!in_box) {
        return FAIL(ERR_DENIED, "reads it for a task, and does not act for the box");
    }
    TRY(mail_letter_in_item(r, (struct mail_letter_in_item_in){.item = b->item->id, .letter = {letter}}, &held));
    TRY(mail_letter_by_id(r, (struct mail_letter_by_id_in){.id = {letter}}, &b->letter));
    return held && b->letter ? OK : FAIL(ERR_MISSING, "no such letter in this box");
}

static struct err unlinked(struct db_write *db, const struct bridge *b, struct str kind) {
    struct mail_link_of_letter_row *row;
    TRY(mail_link_of_letter(db_reading(db), (struct mail_link_of_letter_in){.letter = b->letter->id, .kind = kind},
                            &row));
    return row ? err_refuse(db_write_arena(db), ERR_CONFLICT, "", "Thư này %.*s đã chuyển vào sổ từ hộp thư %.*s.",
                            STR_ARG(row->by_name), STR_ARG(row->box_name))
               : OK;
}

struct linked {
    struct str kind, mark;
    int64_t record;
};

static struct err link_put(struct db_write *db, const struct who *who, struct bridge *b, const struct linked *to) {
    TRY(mail_link_insert(db,
                         (struct mail_link_insert_in){.id = {id_new()},
                                                      .item = b->item->id,
                                                      .letter = b->letter->id,
                                                      .kind = to->kind,
                                                      .record = to->record,
                                                      .by_name = who->name,
                                                      .made_at = clock_now()},
                         NULL));
    b->item->mark = to->mark;
    TRY(mail_item_put(db, b->item));
    return mail_done(db, str_eq(to->kind, S("task")) ? "mail.task" : "mail.document", b->item->id.v);
}

/* The letter itself as a paper, for one that brings none. */
static struct err own_paper(struct db_write *db, const struct mail_letter_by_id_row *l, struct document_taken_file *f) {
    struct arena *a = db_write_arena(db);
    struct buf b = buf_in(a);
    buf_printf(&b, "Từ: %.*s (%.*s)\nNgày: ", STR_ARG(l->from_name), STR_ARG(l->from_note));
    instant_put_vi(&b, l->sent_at);
    buf_printf(&b, "\nVề việc: %.*s\n\n%.*s\n", STR_ARG(l->subject), STR_ARG(l->text));
    struct str text = buf_str(&b);
    *f = (struct document_taken_file){.name = S("Nội dung thư.txt"), .size = (int64_t)text.len};
    return file_keep_bytes(db, a, text, &f->file);
}

struct err mail_to_document(struct db_write *db, const struct who *who, int64_t item, int64_t letter,
                            int64_t *document) {
    struct arena *a = db_write_arena(db);
    struct bridge b;
    struct mail_papers_of_rows papers;
    struct document_doc_id doc;
    size_t n = 0;
    TRY(bridge_begin(db, who, item, letter, &b));
    if (!(who->roles & ROLE_CLERK)) {
        return FAIL(ERR_DENIED, "only a clerk registers");
    }
    TRY(unlinked(db, &b, S("document")));
    TRY(mail_papers_of(db_reading(db), (struct mail_papers_of_in){.letters = {&letter, 1}}, &papers));
    struct document_taken_file *files = arena_take(a, struct document_taken_file, papers.n + 1);
    for (size_t i = 0; i < papers.n; i++) {
        if (papers.at[i].file.v && !papers.at[i].danger.len) {
            files[n++] = (struct document_taken_file){papers.at[i].file, papers.at[i].name, papers.at[i].size};
        }
    }
    if (!n) {
        TRY(own_paper(db, b.letter, &files[n++]));
    }
    struct buf words = buf_in(a);
    buf_printf(&words, "Nhận từ hộp thư %.*s: thư “%.*s” của %.*s, gửi lúc ", STR_ARG(b.item->box_name),
               STR_ARG(b.letter->subject), STR_ARG(b.letter->from_name));
    instant_put_vi(&words, b.letter->sent_at);
    buf_printf(&words, ", mã thư %.*s.", STR_ARG(b.letter->message_id));
    TRY(document_take(db, who, &(struct document_taken){files, n, buf_str(&words)}, &doc));
    *document = doc.v;
    return link_put(db, who, &b, &(struct linked){S("document"), S("Chờ vào sổ"), doc.v});
}

struct err mail_to_task(struct db_write *db, const struct who *who, int64_t item, const struct mail_task_typed *typed,
                        const struct modules *app) {
    struct bridge b;
    struct mail_letters_of_item_rows rows;
    TRY(mail_letters_of_item(db_reading(db),
                             (struct mail_letters_of_item_in){.item = {item}, .before = INT64_MAX, .most = 1}, &rows));
    if (!rows.n) {
        return FAIL(ERR_MISSING, "no such conversation");
    }
    TRY(bridge_begin(db, who, item, rows.at[0].id.v, &b));
    struct task_directive_id id;
    TRY(task_assign(db, &(struct task_by){who, app},
                    &(struct task_new){.kind = S("mail"),
                                       .record = item,
                                       .title = typed->title,
                                       .text = typed->text,
                                       .lead = typed->lead,
                                       .days = typed->days,
                                       .due_on = typed->due_on},
                    &id));
    TRY(mail_item(db_reading(db), who, item, &b.item, NULL));
    return link_put(db, who, &b, &(struct linked){S("task"), S("Đã giao việc"), id.v});
}
