/* One letter: the paper on the left; what it is, its clocks, what may be done and what happened on the right. */
#include "modules/deadline/deadline_clock.h"
#include "modules/org/org.h"
#include "modules/petition/petition_forms.h"
#include "modules/place/place.h"
#include "modules/petition/petition_pages_gen.h"
#include "modules/receipt/receipt.h"
#include "modules/task/task_part.h"

#include "base/arena.h"
#include "kernel/file/file.h"
#include "kernel/rights/access.h"
#include "kernel/rights/audit.h"

enum { PEOPLE_MOST = 300 };

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

/* ---- Clocks */

static struct petition_day_view day_view(struct arena *a, const struct deadline_step *s, struct date due) {
    static const char *const weekdays[] = {"", "T2", "T3", "T4", "T5", "T6", "T7", "CN"};
    struct date today = clock_today();
    bool is_counted = s->kind == DEADLINE_COUNTED;
    return (struct petition_day_view){.weekday = str_of(weekdays[date_weekday(s->on)]),
                                      .below = is_counted                  ? str_format(a, "%lld", (long long)s->number)
                                               : s->kind == DEADLINE_START ? S("nhận")
                                                                           : S("·"),
                                      .day = s->on.day,
                                      .is_rest = s->kind == DEADLINE_OFF || s->kind == DEADLINE_PAUSED,
                                      .is_gone = date_cmp(s->on, today) < 0,
                                      .is_today = date_is(s->on, today),
                                      .is_due = date_is(s->on, due),
                                      .is_start = s->kind == DEADLINE_START};
}

static struct err clock_add(struct get *g, const struct petition_clocks_row *row, struct petition_show *v) {
    struct deadline_clock c;
    int64_t days = 0;
    TRY(deadline_clock_read(g->db, row->clock, true, &c));
    struct arena *a = g->arena;
    struct petition_clock_view x = {.what = petition_word(petition_clock_words, row->what),
                                    .rule_name = c.deadline.rule.name,
                                    .due_on = c.deadline.due_on,
                                    .part = row->part,
                                    .is_unchecked = is(c.deadline.rule.checked, "no"),
                                    .is_provisional = c.deadline.is_provisional,
                                    .why = deadline_words(a, &c.ask, &c.deadline)};
    x.law = str_format(a, "%.*s%s%.*s", STR_ARG(c.deadline.rule.law), c.deadline.rule.article.len ? ", " : "",
                       STR_ARG(c.deadline.rule.article));
    if (!c.deadline.is_paused) {
        TRY(deadline_clock_remaining(g->db, &c, clock_today(), &days));
        x.is_late = days < 0;
        x.is_soon = days >= 0 && days <= PETITION_SOON_DAYS;
        x.left = days < 0    ? str_format(a, "Quá hạn %lld ngày làm việc", (long long)-days)
                 : days == 0 ? S("Hạn hôm nay")
                             : str_format(a, "Còn %lld ngày làm việc", (long long)days);
    }
    for (size_t i = 0; i < c.deadline.steps.n; i++) {
        LIST_ADD(a, &x.days, day_view(a, &c.deadline.steps.at[i], x.due_on));
    }
    LIST_ADD(a, &v->clocks, x);
    return OK;
}

static struct err clocks_fill(struct get *g, const struct petition_by_id_row *l, struct petition_show *v) {
    struct petition_clocks_rows rows;
    TRY(petition_clocks(g->db, (struct petition_clocks_in){.letter = l->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        if (rows.at[i].is_running) {
            TRY(clock_add(g, &rows.at[i], v));
        }
    }
    return OK;
}

/* ---- Acts */

static bool is_suggested(const struct petition_show *v, const struct petition_by_id_row *l, const char *verb) {
    for (size_t i = 0; i < v->findings.n; i++) {
        const struct petition_finding_view *f = &v->findings.at[i];
        if (is(f->name, "disposition") && is(l->state, "received")) {
            return is(f->kind, verb);
        }
    }
    return is(l->state, "transferred")  ? strcmp(verb, "reply") == 0
           : is(l->state, "replied")    ? strcmp(verb, "answer") == 0
           : is(l->state, "answered")   ? strcmp(verb, "confirm") == 0
           : petition_is_over(l->state) ? strcmp(verb, "close") == 0
                                        : strcmp(verb, "answer") == 0;
}

static void act_add(struct get *g, const struct petition_by_id_row *l, const struct move *m,
                    const struct petition_noun *n, struct petition_show *v) {
    bool is_back = g->form && str_ends(g->path, str_format(g->arena, "/%s", n->noun));
    struct form *f = form_begin(g->arena, n->fields, is_back ? g->form : NULL);
    if (petition_has_field(f, "body")) {
        form_set(f, "body", l->authority);
        form_set(f, "body_kind", is(l->authority_kind, "unclear") ? S("") : l->authority_kind);
    }
    LIST_ADD(g->arena, &v->acts,
             (struct petition_act_view){.noun = str_of(n->noun),
                                        .label = str_of(m->label),
                                        .form = f,
                                        .is_main = is_suggested(v, l, m->verb),
                                        .is_open = is_back,
                                        .has_body = petition_has_field(f, "body"),
                                        .has_kind = petition_has_field(f, "kind"),
                                        .has_doc = petition_has_field(f, "doc"),
                                        .has_text = petition_has_field(f, "text"),
                                        .has_on = petition_has_field(f, "on")});
}

/* What is most likely stands first. */
static struct err acts_fill(struct get *g, const struct petition_by_id_row *l, struct petition_show *v) {
    struct moves open;
    struct receipt_item_id receipt;
    TRY(moves_open(g->db, petition_moves, g->who, l->id.v, l->state, &open));
    TRY(receipt_of_record(g->db, S("petition"), l->id.v, &receipt, &v->code));
    v->has_receipt = receipt.v != 0;
    if (v->has_receipt) {
        TRY(petition_question(g->db, l->id, &v->question));
    }
    for (int turn = 1; turn >= 0; turn--) {
        for (size_t i = 0; i < open.n; i++) {
            for (const struct petition_noun *n = petition_nouns; n->verb; n++) {
                bool is_shown = v->has_receipt || strcmp(n->verb, "ask") != 0;
                if (is_shown && strcmp(n->verb, open.at[i]->verb) == 0 && is_suggested(v, l, n->verb) == (turn == 1)) {
                    act_add(g, l, open.at[i], n, v);
                }
            }
        }
    }
    return OK;
}

static struct err give_fill(struct get *g, const struct petition_by_id_row *l, struct petition_show *v) {
    struct org_principals all;
    bool is_back = g->form && str_ends(g->path, S("/assignment"));
    if (!v->may_manage || petition_is_over(l->state)) {
        return OK;
    }
    v->give = form_begin(g->arena, petition_give_fields, is_back ? g->form : NULL);
    TRY(org_assignable(g->db, g->who->organ, S(""), PEOPLE_MOST, &all));
    for (size_t i = 0; i < all.n; i++) {
        LIST_ADD(g->arena, &v->people_pick,
                 (struct pick_option){.id = all.at[i].id, .label = all.at[i].name, .note = all.at[i].words});
    }
    return OK;
}

/* ---- Where it was sent */

static struct err transfers_fill(struct get *g, const struct petition_by_id_row *l, struct petition_show *v) {
    static const struct petition_word states[] = {{S_INIT("waiting"), S_INIT("Chờ phúc đáp")},
                                                  {S_INIT("received"), S_INIT("Đã nhận đơn")},
                                                  {S_INIT("accepted"), S_INIT("Đã thụ lý")},
                                                  {S_INIT("result"), S_INIT("Có kết quả")},
                                                  {S_INIT("wrong"), S_INIT("Trả lại: không thuộc thẩm quyền")},
                                                  {S_INIT(""), S_INIT("")}};
    struct petition_transfers_rows rows;
    TRY(petition_transfers(g->db, (struct petition_transfers_in){.letter = l->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct petition_transfers_row *r = &rows.at[i];
        LIST_ADD(g->arena, &v->transfers,
                 (struct petition_transfer_view){.body = r->body,
                                                 .doc = r->doc,
                                                 .state_name = petition_word(states, r->state),
                                                 .reply_doc = r->reply_doc,
                                                 .reply = r->reply,
                                                 .sent_on = r->sent_on,
                                                 .replied_on = r->replied_on,
                                                 .urged_on = r->urged_on,
                                                 .urged = r->urged,
                                                 .is_wrong = is(r->state, "wrong"),
                                                 .is_waiting = is(r->state, "waiting")});
    }
    return OK;
}

static struct err belongings_fill(struct get *g, const struct petition_by_id_row *l, bool is_open,
                                  struct petition_show *v) {
    struct petition_files_rows files;
    struct petition_parts_rows parts;
    TRY(petition_files(g->db, (struct petition_files_in){.letter = l->id}, &files));
    for (size_t i = 0; is_open && i < files.n; i++) {
        LIST_ADD(g->arena, &v->files,
                 (struct file_chip){.name = files.at[i].name,
                                    .size = files.at[i].size,
                                    .link = link_local(g->arena, "/petition/%lld/file/%lld", (long long)l->id.v,
                                                       (long long)files.at[i].id.v)});
    }
    TRY(petition_parts(g->db, (struct petition_parts_in){.letter = l->id}, &parts));
    for (size_t i = 0; i < parts.n; i++) {
        const struct petition_parts_row *p = &parts.at[i];
        LIST_ADD(g->arena, &v->parts,
                 (struct petition_part_view){
                     .n = p->n,
                     .type_name = petition_word_or(petition_types, p->type, S("Chưa phân loại")),
                     .topic_name = petition_word_or(petition_topics, p->topic, S("")),
                     .authority = p->authority.len ? p->authority
                                                   : petition_word_or(petition_authorities, p->authority_kind, S(""))});
    }
    return OK;
}

static struct err head_fill(struct get *g, const struct petition_by_id_row *l, struct petition_show *v) {
    struct petition_authors_rows authors;
    unsigned bits = 0;
    struct date due = petition_is_over(l->state) ? (struct date){0} : l->due_on;
    int64_t days = date_number(due) - date_number(clock_today());
    TRY(petition_authors(g->db, (struct petition_authors_in){.letter = l->id}, &authors));
    TRY(access_bits(g->db, l->id.v, g->who->post.v, &bits));
    *v =
        (struct petition_show){.id = l->id.v,
                               .number = l->number,
                               .year = l->year,
                               .people = l->people,
                               .urged = l->urged,
                               .wrong = l->wrong,
                               .denied = l->denied,
                               .rating = l->rating,
                               .title = l->title,
                               .type_name = petition_word_or(petition_types, l->type, S("Chưa phân loại")),
                               .channel_name = petition_word(petition_channels, l->channel),
                               .source = l->source,
                               .writer = petition_writer_shown(l->is_protected, authors.n ? authors.at[0].name : S("")),
                               .state_name = petition_word(petition_states, l->state),
                               .place_name = petition_place_name(place_open(g->arena), l->place),
                               .due_words = petition_due_words(g->arena, due, clock_today()),
                               .received_on = l->received_on,
                               .written_on = l->written_on,
                               .is_protected = l->is_protected,
                               .is_late = due.year && days < 0,
                               .is_soon = due.year && days >= 0 && days <= PETITION_SOON_DAYS,
                               .is_masked = l->is_protected,
                               .is_over = petition_is_over(l->state),
                               .may_manage = (bits & CAN_MANAGE) != 0,
                               .may_open = l->is_protected && (bits & CAN_APPROVE)};
    return OK;
}

static void links_fill(struct get *g, const struct petition_by_id_row *l, struct petition_show *v) {
    v->opinion = link_local(g->arena, "/thread/opinion?kind=petition&record=%lld", (long long)l->id.v);
    v->edit = link_record(g->arena, S("/petition/"), l->id.v, S("/edit"));
    v->identity = link_record(g->arena, S("/petition/"), l->id.v, S("/identity"));
}

struct err petition_show_get(struct get *g) {
    static const struct thread_verb *const tables[] = {petition_verbs, task_verbs, NULL};
    struct petition_letter_id id;
    struct petition_by_id_row *l;
    struct petition_show v;
    bool is_open;
    TRY(petition_of_path(g->request, &id));
    TRY(petition_for(g->db, id, g->who, CAN_READ, &l));
    TRY(head_fill(g, l, &v));
    TRY(petition_is_open_to(g->db, g->who, l, &is_open));
    TRY(petition_findings_fill(g, l, &v));
    TRY(clocks_fill(g, l, &v));
    TRY(acts_fill(g, l, &v));
    TRY(give_fill(g, l, &v));
    TRY(transfers_fill(g, l, &v));
    TRY(belongings_fill(g, l, is_open, &v));
    TRY(petition_alike_fill(g, l, &v));
    petition_slips_fill(g->arena, l, &v);
    links_fill(g, l, &v);
    TRY(task_items_fill(g, S("petition"), id.v, &v.tasks));
    v.tasks.give = (struct link){{0}};
    TRY(thread_fill(g, &(struct thread_asked){.kind = S("petition"), .record = id.v, .tables = tables}, &v.thread));
    return answer_petition_show(g, &v);
}

/* Each look at what tells who denounces stands in the trail. */
static struct err look_note(struct get *g, const struct petition_by_id_row *l) {
    return l->is_protected ? audit_view(g->db, &(struct audit){.verb = S("petition.look"), .record = l->id.v}) : OK;
}

/* ---- Files: of a denunciation the handwriting tells who wrote it. */
struct err petition_file_get(struct get *g) {
    struct petition_letter_id id;
    struct petition_by_id_row *l;
    struct petition_file_by_id_row *row;
    struct petition_file_id file_id;
    struct file file;
    bool is_open;
    TRY(petition_of_path(g->request, &id));
    TRY(petition_for(g->db, id, g->who, CAN_READ, &l));
    TRY(path_id(g->request, S("file"), &file_id.v));
    TRY(petition_file_by_id(g->db, (struct petition_file_by_id_in){.id = file_id, .letter = id}, &row));
    if (!row) {
        return FAIL(ERR_MISSING, "the letter has no such file");
    }
    TRY(petition_is_open_to(g->db, g->who, l, &is_open));
    if (!is_open) {
        return REFUSE(ERR_DENIED, "", "Bản gốc của đơn tố cáo chỉ mở được khi xem danh tính, có lý do.");
    }
    TRY(look_note(g, l));
    TRY(file_find(g->db, g->arena, row->file, &file));
    return answer_file(g, &file, row->name, is(query_param(g->request, S("download")), "1"));
}

/* What a denunciation hides, while it is open to this post; each look stands in the trail. */
static struct err opened_fill(struct get *g, const struct petition_by_id_row *l, struct petition_identity *v) {
    struct petition_authors_rows authors;
    struct petition_road_of_rows road;
    struct petition_show files = {0};
    TRY(petition_authors(g->db, (struct petition_authors_in){.letter = l->id}, &authors));
    TRY(look_note(g, l));
    TRY(belongings_fill(g, l, true, &files));
    for (size_t i = 0; i < files.files.n; i++) {
        LIST_ADD(g->arena, &v->files, files.files.at[i]);
    }
    v->text = l->text;
    TRY(petition_road_of(g->db, (struct petition_road_of_in){.letter = l->id}, &road));
    for (size_t i = 0; i < road.n; i++) {
        bool is_theirs = is(road.at[i].verb, "petition.word") || str_starts(road.at[i].verb, S("petition.confirm"));
        if (is_theirs && road.at[i].text.len) {
            LIST_ADD(g->arena, &v->added, (struct petition_added){road.at[i].text, road.at[i].made_at});
        }
    }
    if (authors.n) {
        v->name = authors.at[0].name;
        v->address = authors.at[0].address;
        v->phone = authors.at[0].phone;
        v->email = authors.at[0].email;
    }
    return OK;
}

static struct err openings_fill(struct get *g, const struct petition_by_id_row *l, struct petition_identity *v) {
    struct petition_openings_rows opened;
    TRY(petition_openings(g->db, (struct petition_openings_in){.letter = l->id}, &opened));
    for (size_t i = 0; i < opened.n; i++) {
        struct org_post post;
        TRY(org_post(g->db, (struct post_id){opened.at[i].post}, &post));
        LIST_ADD(g->arena, &v->opened,
                 (struct petition_opened){post.person_name, opened.at[i].reason, opened.at[i].opened_at});
    }
    return OK;
}

struct err petition_identity_get(struct get *g) {
    struct petition_letter_id id;
    struct petition_by_id_row *l;
    TRY(petition_of_path(g->request, &id));
    TRY(petition_for(g->db, id, g->who, CAN_APPROVE, &l));
    struct petition_identity v = {.id = id.v,
                                  .number = l->number,
                                  .minutes = PETITION_OPEN_MINUTES,
                                  .back = link_record(g->arena, S("/petition/"), id.v, S("")),
                                  .form = form_begin(g->arena, petition_identity_fields, g->form)};
    TRY(petition_is_open_to(g->db, g->who, l, &v.is_open));
    if (v.is_open) {
        TRY(opened_fill(g, l, &v));
    }
    TRY(openings_fill(g, l, &v));
    return answer_petition_identity(g, &v);
}
