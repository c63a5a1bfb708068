/* A conversation as its box sees it, its files, and the letter as a file. */
#include "modules/mail/forms.h"
#include "modules/mail/way.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/list.h"
#include "base/num.h"
#include "base/utf8.h"

enum { LETTERS_ON_A_PAGE = 50 };

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

struct err mail_index_get(struct get *g) {
    struct mail_index_view v = {0};
    TRY(mail_list_fill(g, NULL, &v.list));
    return answer_mail_index(g, &v);
}

/* ---- One letter */
struct reading {
    struct get *get;
    const struct mail_item_by_id_row *item;
    bool in_box;
    struct mail_to_of_rows to;
    struct mail_papers_of_rows papers;
    struct mail_out_to_of_letters_rows outs;
    bool has_way; /* letters of this box leave the house */
};

static struct str joined(struct arena *a, struct str list, struct str name) {
    return list.len ? str_format(a, "%.*s, %.*s", STR_ARG(list), STR_ARG(name)) : name;
}

/* Who of those it went to has read it, and who has not. */
static void read_put(const struct reading *r, const struct mail_to_of_row *t, struct mail_letter_view *v) {
    struct arena *a = r->get->arena;
    if (t->read_at.ms) {
        struct buf when = buf_in(a);
        instant_put_vi(&when, t->read_at);
        v->read_words =
            joined(a, v->read_words,
                   str_format(a, "%.*s (%.*s, %.*s)", STR_ARG(t->name), STR_ARG(t->read_by), STR_ARG(buf_str(&when))));
    } else if (!t->recalled_at.ms) {
        v->unread_words = joined(a, v->unread_words, t->name);
    }
}

static void receiver_put(const struct reading *r, const struct mail_to_of_row *t, bool is_ours,
                         struct mail_letter_view *v) {
    bool is_self = t->item.v == r->item->id.v, is_bcc = is(t->role, "bcc");
    v->is_recalled = v->is_recalled || (is_self && t->recalled_at.ms);
    if (is_bcc && !is_ours && !is_self) {
        return;
    }
    struct str *list = is_bcc ? &v->bcc_words : is(t->role, "cc") ? &v->cc_words : &v->to_words;
    *list = joined(r->get->arena, *list, t->name);
    if (is_ours && t->box.v && t->box.v != r->item->box.v) {
        read_put(r, t, v);
    }
}

/* Whom it went to; a blind copy is seen by who sent it, and by who got it. */
static void receivers_fill(const struct reading *r, bool is_ours, struct mail_letter_view *v) {
    for (size_t i = 0; i < r->to.n; i++) {
        const struct mail_to_of_row *t = &r->to.at[i];
        if (t->letter.v == v->id && !is(t->role, "from")) {
            receiver_put(r, t, is_ours, v);
        }
    }
}

static void papers_fill(const struct reading *r, struct mail_letter_view *v) {
    struct arena *a = r->get->arena;
    for (size_t i = 0; i < r->papers.n; i++) {
        const struct mail_papers_of_row *p = &r->papers.at[i];
        if (p->letter.v != v->id) {
            continue;
        }
        if (p->file.v) {
            LIST_ADD(a, &v->files,
                     (struct file_chip){.name = p->name,
                                        .note = p->danger.len ? S("Có thể chứa lệnh tự chạy") : S(""),
                                        .size = p->size,
                                        .is_download = p->danger.len > 0,
                                        .link = link_record(a, S("/mail/file/"), p->id.v, S(""))});
        } else {
            struct str why = is(p->danger, "executable") ? S("Tệp chạy được, không mở")
                                                         : S("Loại tệp không được nhận, còn trong tệp .eml");
            LIST_ADD(a, &v->dangers, str_format(a, "%.*s: %.*s", STR_ARG(why), STR_ARG(p->name)));
        }
    }
}

/* How far a letter has come to each address outside: what the server took has not yet arrived. */
static const struct {
    const char *state;
    struct str words, tone;
} out_words[] = {
    {"waiting", S_INIT("Chờ gửi"), S_INIT("gold")},       {"handed", S_INIT("Đã giao máy chủ gửi"), S_INIT("blue")},
    {"refused", S_INIT("Không gửi được"), S_INIT("red")}, {"delayed", S_INIT("Đến chậm"), S_INIT("gold")},
    {"bounced", S_INIT("Không đến"), S_INIT("red")},      {"came", S_INIT("Đã đến"), S_INIT("green")},
};

static struct str words_of(struct str state, struct str out_state, struct str *tone) {
    if (is(state, "waiting") && is(out_state, "unsure")) {
        *tone = S("red");
        return S("Chưa rõ đã giao hay chưa");
    }
    if (is(state, "waiting") && is(out_state, "dropped")) {
        *tone = S("red");
        return S("Đã bỏ, không gửi");
    }
    for (size_t i = 0; i < sizeof out_words / sizeof *out_words; i++) {
        if (is(state, out_words[i].state)) {
            *tone = out_words[i].tone;
            return out_words[i].words;
        }
    }
    return S("");
}

static void outs_fill(const struct reading *r, struct mail_letter_view *v) {
    for (size_t i = 0; i < r->outs.n; i++) {
        const struct mail_out_to_of_letters_row *o = &r->outs.at[i];
        if (o->letter.v != v->id) {
            continue;
        }
        struct mail_out_to_view one = {.address = o->address, .code = o->code, .said = o->said, .at = o->changed_at};
        one.words = words_of(o->state, o->out_state, &one.tone);
        bool is_bad = is(o->state, "refused") || is(o->state, "bounced");
        one.advice = is_bad ? mail_out_advice(o->code, o->said)
                     : is(o->state, "waiting") && is(o->out_state, "unsure")
                         ? S("Nhờ người quản trị quyết định gửi lại hay không.")
                     : is(o->state, "waiting") && !is(o->out_state, "dropped") ? o->fault
                                                                               : S("");
        LIST_ADD(r->get->arena, &v->outs, one);
    }
}

static const struct {
    const char *code;
    struct str words;
} warning_words[] = {
    {"name", S_INIT("Tên một tệp có ký tự đánh lừa, đã được sửa.")},
    {"executable", S_INIT("Thư kèm tệp chạy được. Không mở nếu không chờ tệp ấy.")},
    {"macro", S_INIT("Thư kèm tệp có thể chứa lệnh tự chạy.")},
    {"link", S_INIT("Có liên kết ghi một địa chỉ nhưng dẫn đến địa chỉ khác.")},
    {"form", S_INIT("Thư có ô bắt điền thông tin; không điền mật khẩu vào thư.")},
    {"spoof", S_INIT("Tên người gửi là tên cơ quan ta nhưng địa chỉ ở nơi khác.")},
    {"reply", S_INIT("Thư trả lời sẽ đi tới tên miền khác với nơi gửi.")},
    {"results", S_INIT("Thư tự ghi kết quả xác thực; không tin được.")},
    {"two_types", S_INIT("Thư khai hai kiểu nội dung, mỗi máy có thể đọc một cách.")},
    {"cut", S_INIT("Thư quá nhiều phần, chỉ đọc phần đầu.")},
};

static void warnings_fill(struct arena *a, struct str codes, struct mail_letter_view *v) {
    struct str rest = codes, code;
    while (rest.len && str_next(&rest, ' ', &code)) {
        for (size_t i = 0; i < sizeof warning_words / sizeof *warning_words; i++) {
            if (is(code, warning_words[i].code)) {
                LIST_ADD(a, &v->warnings, warning_words[i].words);
            }
        }
    }
}

static void letter_fill(const struct reading *r, const struct mail_letters_of_item_row *l, bool is_last,
                        struct mail_letter_view *v) {
    bool is_ours = l->from_box.v == r->item->box.v;
    struct str line = l->own_text, rest;
    *v = (struct mail_letter_view){.id = l->id.v,
                                   .item = r->item->id.v,
                                   .from_name = l->from_name,
                                   .from_note = l->from_note,
                                   .text = str_trim(l->text),
                                   .encoding = l->encoding,
                                   .number = l->number,
                                   .dated_on = l->dated_on,
                                   .sent_at = l->sent_at,
                                   .blocked = l->blocked,
                                   .is_outside = !l->from_box.v,
                                   .is_machine = l->is_machine,
                                   .is_petition = is(l->about, "petition"),
                                   .is_folded = !is_last};
    str_cut(l->own_text, S("\n"), &line, &rest);
    v->excerpt = utf8_cut(line, 100);
    receivers_fill(r, is_ours, v);
    if (v->is_recalled) {
        v->text = v->number = S("");
        return;
    }
    papers_fill(r, v);
    outs_fill(r, v);
    warnings_fill(r->get->arena, l->warned, v);
    v->may_recall = is_ours && r->in_box && v->unread_words.len;
}

/* ---- The conversation */
static void note_add(struct arena *a, const struct mail_notes_of_row *n, struct mail_talk_view *v) {
    LIST_ADD(a, &v->flow, (struct mail_flow_view){.is_note = true, .note = {n->by_name, n->text, n->made_at}});
}

/* Both came newest first. */
static void in_time(const struct reading *r, const struct mail_letters_of_item_rows *letters,
                    const struct mail_notes_of_rows *notes, struct mail_talk_view *v) {
    struct arena *a = r->get->arena;
    size_t note = notes->n;
    for (size_t i = letters->n; i-- > 0;) {
        for (; note > 0 && notes->at[note - 1].id.v < letters->at[i].id.v; note--) {
            note_add(a, &notes->at[note - 1], v);
        }
        struct mail_flow_view one = {0};
        letter_fill(r, &letters->at[i], i == 0, &one.letter);
        LIST_ADD(a, &v->flow, one);
    }
    for (; note > 0; note--) {
        note_add(a, &notes->at[note - 1], v);
    }
}

/* What may be done rests on the newest letter. */
static void newest_fill(const struct reading *r, const struct mail_letters_of_item_row *l, struct mail_talk_view *v) {
    bool is_back = false;
    if (!l) {
        return;
    }
    v->letter = l->id.v;
    for (size_t i = 0; i < v->flow.n; i++) {
        is_back = is_back || (v->flow.at[i].letter.id == v->letter && v->flow.at[i].letter.is_recalled);
    }
    v->number = is_back ? S("") : l->number;
    v->dated_on = is_back ? (struct date){0} : l->dated_on;
    v->may_reply = r->in_box && (l->from_box.v || r->has_way) && !is_back;
    v->lacks_way = r->in_box && !l->from_box.v && !r->has_way && !l->is_machine;
    v->may_take = is(l->about, "document");
    v->may_register = r->in_box && (r->get->who->roles & ROLE_CLERK) && !is_back;
}

static struct err flow_fill(struct reading *r, struct mail_talk_view *v) {
    struct get *g = r->get;
    struct mail_letters_of_item_rows letters;
    struct mail_notes_of_rows notes = {0};
    int64_t before = INT64_MAX;
    if (!num_read_between(query_param(g->request, S("before")), 1, INT64_MAX, &before)) {
        before = INT64_MAX;
    }
    TRY(mail_letters_of_item(
        g->db, (struct mail_letters_of_item_in){.item = r->item->id, .before = before, .most = LETTERS_ON_A_PAGE + 1},
        &letters));
    if (letters.n > LETTERS_ON_A_PAGE) {
        letters.n = LETTERS_ON_A_PAGE;
        v->older =
            link_local(g->arena, "/mail/%lld?before=%lld", (long long)v->id, (long long)letters.at[letters.n - 1].id.v);
    }
    int64_t *ids = arena_take(g->arena, int64_t, letters.n + 1);
    for (size_t i = 0; i < letters.n; i++) {
        ids[i] = letters.at[i].id.v;
    }
    struct db_ids some = {ids, letters.n};
    TRY(mail_to_of(g->db, (struct mail_to_of_in){.letters = some}, &r->to));
    TRY(mail_papers_of(g->db, (struct mail_papers_of_in){.letters = some}, &r->papers));
    TRY(r->in_box ? mail_out_to_of_letters(g->db, (struct mail_out_to_of_letters_in){.letters = some}, &r->outs) : OK);
    if (r->in_box) {
        TRY(mail_notes_of(g->db, (struct mail_notes_of_in){.item = r->item->id}, &notes));
    }
    in_time(r, &letters, &notes, v);
    newest_fill(r, letters.n ? &letters.at[0] : NULL, v);
    return OK;
}
static struct err links_fill(struct get *g, struct mail_talk_view *v) {
    struct mail_links_of_rows rows;
    TRY(mail_links_of(g->db, (struct mail_links_of_in){.item = {v->id}}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        bool is_task = is(rows.at[i].kind, "task");
        struct mail_link_view link = {.words = is_task ? S("Đã giao việc") : S("Đã chuyển sang văn bản đến"),
                                      .link = is_task
                                                  ? link_local(g->arena, "/task?box=given")
                                                  : link_record(g->arena, S("/document/"), rows.at[i].record, S("")),
                                      .by_name = rows.at[i].by_name,
                                      .made_at = rows.at[i].made_at};
        v->may_register = v->may_register && (is_task || rows.at[i].letter.v != v->letter);
        LIST_ADD(g->arena, &v->links, link);
    }
    return OK;
}

static struct err writing_fill(struct get *g, struct mail_talk_view *v) {
    struct mail_drafts_on_rows rows;
    struct instant since = {clock_now().ms - INT64_C(60000) * MAIL_WRITING_MINUTES};
    TRY(mail_drafts_on(g->db, (struct mail_drafts_on_in){.item = {v->id}, .since = since}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        if (rows.at[i].post != g->who->post.v) {
            LIST_ADD(g->arena, &v->writing, rows.at[i].post_name);
        }
    }
    return OK;
}

static struct err colleagues_fill(struct get *g, int64_t box, struct mail_talk_view *v) {
    struct access_ids posts;
    TRY(access_posts(g->db, box, &posts));
    for (size_t i = 0; i < posts.n && i < 60; i++) {
        struct org_post post;
        TRY(org_post(g->db, (struct post_id){posts.at[i]}, &post));
        if (post.is_in_force && posts.at[i] != g->who->post.v) {
            LIST_ADD(g->arena, &v->colleagues,
                     (struct pick_option){.id = posts.at[i], .label = post.person_name, .note = post.title});
        }
    }
    return OK;
}

/* A form came back refused: it is one of these, by its fields. */
static struct form *form_of(struct get *g, const struct field *fields) {
    bool is_this = g->form && g->form->values.n && g->form->values.at[0].field == fields;
    return form_begin(g->arena, fields, is_this ? g->form : NULL);
}

static void head_fill(struct get *g, const struct mail_item_by_id_row *i, struct mail_talk_view *v) {
    struct instant now = clock_now();
    bool is_open = is(i->state, "open");
    v->id = i->id.v;
    v->subject = i->subject;
    v->state = i->state;
    v->sender = i->sender;
    v->box_name = i->box_name;
    v->holder_name = i->holder_name;
    v->held_at = i->held_at;
    v->due_at = i->due_at;
    v->snooze_on = i->snooze_on;
    v->is_there = true;
    v->is_shared = i->is_shared;
    v->is_free = i->is_shared && !i->holder;
    v->is_mine = i->holder == g->who->post.v;
    v->is_star = i->is_star;
    v->is_unread = i->is_unread;
    v->is_done = is(i->state, "done");
    v->is_late = is_open && i->due_at.ms && i->due_at.ms < now.ms;
    v->due_words = is_open && i->is_shared ? mail_due_words(g->arena, i->due_at, now) : S("");
    v->back = link_local(g->arena, "/mail?box=%lld", (long long)i->box.v);
    v->note = form_of(g, mail_note_fields);
    v->snooze = form_of(g, mail_snooze_fields);
    v->hand = form_of(g, mail_to_fields);
}

struct err mail_show_get(struct get *g) {
    struct mail_index_view v = {0};
    struct reading r = {.get = g};
    struct mail_item_by_id_row *item;
    int64_t id;
    TRY(path_id(g->request, S("id"), &id));
    TRY(mail_item(g->db, g->who, id, &item, &r.in_box));
    r.item = item;
    head_fill(g, item, &v.talk);
    v.talk.in_box = r.in_box;
    struct mail_way_of_box_row *way;
    TRY(mail_way_of_box(g->db, (struct mail_way_of_box_in){.box = item->box}, &way));
    r.has_way = way && way->is_on && way->out_host.len;
    TRY(flow_fill(&r, &v.talk));
    TRY(mail_list_fill(g, r.in_box ? item : NULL, &v.list));
    if (r.in_box) {
        TRY(links_fill(g, &v.talk));
        TRY(writing_fill(g, &v.talk));
        TRY(item->is_shared ? colleagues_fill(g, item->box.v, &v.talk) : OK);
    }
    return answer_mail_index(g, &v);
}

/* ---- Files */

/* One of ours, as others would get it; without a way its boxes have numbers for addresses. */
static struct err letter_write(struct get *g, const struct mail_letter_by_id_row *l, struct str *bytes) {
    struct mail_way_of_box_row *way;
    struct mail_written w;
    TRY(mail_way_of_box(g->db, (struct mail_way_of_box_in){.box = l->from_box}, &way));
    struct str own = str_format(g->arena, "%lld@doanket", (long long)l->from_box.v);
    TRY(mail_written_of(g->db, g->arena, l, way ? way->address : own, &w));
    return mail_write(g->arena, &w, bytes);
}

static struct err source_read(struct get *g, struct file_blob_id id, struct str *bytes) {
    struct file file;
    struct str path;
    TRY(file_find(g->db, g->arena, id, &file));
    TRY(file_whole(g->arena, &file, &path));
    return mail_bytes(g->arena, path, bytes);
}

/* A letter that this conversation holds, and that was not taken back from it. */
static struct err letter_held(struct get *g, int64_t id, int64_t letter, struct mail_letter_by_id_row **l) {
    struct mail_item_by_id_row *item;
    struct mail_letter_in_item_row *held;
    struct mail_to_of_rows to;
    bool is_back = false;
    TRY(mail_item(g->db, g->who, id, &item, NULL));
    TRY(mail_letter_in_item(g->db, (struct mail_letter_in_item_in){.item = item->id, .letter = {letter}}, &held));
    TRY(mail_letter_by_id(g->db, (struct mail_letter_by_id_in){.id = {letter}}, l));
    TRY(mail_to_of(g->db, (struct mail_to_of_in){.letters = {&letter, 1}}, &to));
    for (size_t i = 0; i < to.n; i++) {
        is_back = is_back || (to.at[i].item.v == id && to.at[i].recalled_at.ms);
    }
    return held && *l && !is_back ? OK : FAIL(ERR_MISSING, "no such letter here, or taken back");
}

/* Of a letter from outside the exact bytes as they came. */
struct err mail_export_get(struct get *g) {
    struct mail_letter_by_id_row *l;
    struct str bytes;
    int64_t id, letter;
    TRY(path_id(g->request, S("id"), &id));
    TRY(path_id(g->request, S("letter"), &letter));
    TRY(letter_held(g, id, letter, &l));
    TRY(l->source.v ? source_read(g, l->source, &bytes) : letter_write(g, l, &bytes));
    return answer_download(g, S("message/rfc822"), str_format(g->arena, "thu-%lld.eml", (long long)letter), bytes);
}

struct err mail_file_get(struct get *g) {
    struct mail_paper_find_row *row;
    struct file file;
    int64_t id;
    TRY(path_id(g->request, S("file"), &id));
    TRY(mail_paper_find(g->db, (struct mail_paper_find_in){.id = {id}, .post = g->who->post.v, .today = clock_today()},
                        &row));
    if (!row || !row->file.v) {
        return FAIL(ERR_MISSING, "no such file, or another's");
    }
    TRY(file_find(g->db, g->arena, row->file, &file));
    return answer_file(g, &file, row->name, row->danger.len || is(query_param(g->request, S("download")), "1"));
}
