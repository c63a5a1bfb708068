/* The receipt of a letter, and what who wrote sees and says afterwards: the road in plain words, never the office's own
   notes or who works on it. */
#include "modules/deadline/deadline_clock.h"
#include "modules/petition/petition_pages_gen.h"
#include "modules/petition/petition_public.h"
#include "modules/petition/petition_public_view.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "kernel/file/file.h"
#include "kernel/out/qr.h"
#include "kernel/shell/public.h"

enum { FILE_MOST = 10 * 1024 * 1024, ADD_AN_HOUR = 60 };

static bool is(struct str a, const char *b) { return str_eq(a, str_of(b)); }

static const struct choice opinions[] = {{S_INIT("right"), S_INIT("Đúng, việc đã được giải quyết")},
                                         {S_INIT("not"), S_INIT("Chưa")},
                                         {S_INIT(""), S_INIT("")}};
static const struct choice ratings[] = {
    {S_INIT("5"), S_INIT("5: rất hài lòng")},       {S_INIT("4"), S_INIT("4: hài lòng")},
    {S_INIT("3"), S_INIT("3: tạm được")},           {S_INIT("2"), S_INIT("2: chưa hài lòng")},
    {S_INIT("1"), S_INIT("1: rất không hài lòng")}, {S_INIT(""), S_INIT("")}};
const struct field petition_add_fields[] = {
    {.kind = FIELD_TEXT, .name = S_INIT("text"), .label = S_INIT("Lời bổ sung"), .most = 5000},
    {.kind = FIELD_FILE,
     .name = S_INIT("file"),
     .label = S_INIT("Ảnh, bản chụp giấy tờ, ghi âm"),
     .is_many = true,
     .most = FILE_MOST},
    {0},
};
const struct field petition_opine_fields[] = {
    {.kind = FIELD_CHOICE,
     .name = S_INIT("kind"),
     .label = S_INIT("Việc đã được giải quyết đúng chưa?"),
     .is_required = true,
     .choices = opinions},
    {.kind = FIELD_TEXT, .name = S_INIT("text"), .label = S_INIT("Chỗ nào chưa đúng"), .most = 3000},
    {.kind = FIELD_CHOICE,
     .name = S_INIT("rating"),
     .label = S_INIT("Cách Mặt trận tiếp nhận, trả lời"),
     .choices = ratings},
    {0},
};
const struct field petition_track_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("done"), .label = S_INIT("Vừa làm xong"), .most = 20},
    {0},
};

/* ---- Whose receipt */

struct sent {
    struct receipt receipt;
    struct petition_by_id_row *l;
    struct org_unit organ;
};

static struct err sent_of(struct db_read *db, struct sent *s) {
    if (!s->receipt.is_sent || !is(s->receipt.kind, "petition")) {
        return FAIL(ERR_MISSING, "no letter was sent by this receipt");
    }
    TRY(petition_by_id(db, (struct petition_by_id_in){.id = {s->receipt.record}}, &s->l));
    return s->l ? org_unit(db, (struct unit_id){s->l->organ}, &s->organ) : FAIL(ERR_MISSING, "no such letter");
}

static struct err open_sent(struct get *g, struct sent *s) {
    int64_t id;
    TRY(path_id(g->request, S("id"), &id));
    TRY(receipt_open(g, (struct receipt_item_id){id}, &s->receipt));
    return sent_of(g->db, s);
}

static struct err open_sent_to_write(struct post *p, struct sent *s) {
    int64_t id;
    TRY(path_id(p->request, S("id"), &id));
    TRY(receipt_open_to_write(p, (struct receipt_item_id){id}, &s->receipt));
    return sent_of(db_reading(p->db), s);
}

/* ---- The receipt */

struct err petition_receipt_get(struct get *g) {
    struct sent s;
    struct qr qr = {0};
    struct err e = open_sent(g, &s);
    if (e.why) {
        return petition_lead_on(g, e);
    }
    TRY(qr_make(g->arena, receipt_address(g, s.receipt.code), &qr));
    struct petition_receipt_view v = {.code = s.receipt.code,
                                      .words = receipt_words_of(g, &s.receipt),
                                      .qr = qr.path,
                                      .qr_size = qr.size,
                                      .organ = s.organ.name,
                                      .number = s.l->number,
                                      .sent_at = s.receipt.sent_at,
                                      .due_on = s.l->receipt_due_on,
                                      .track =
                                          link_local(g->arena, "/petition/receipt/%lld", (long long)s.receipt.id.v)};
    return receipt_answer(g, &page_petition_receipt, &v, &(struct public_page){.organ = s.organ.name, .back = v.track});
}

/* ---- The road */

/* What each step is called for who wrote; %s: the body. */
static const struct {
    const char *verb, *name, *note;
} steps[] = {
    {"petition.receive", "Đã nhận, vào sổ số %s", ""},
    {"petition.accept", "Đã thụ lý, đang giải quyết", ""},
    {"petition.transfer", "Đã chuyển đến %s", "Việc này do nơi đó giải quyết. Mặt trận theo dõi đến khi có trả lời."},
    {"petition.urge", "Đã nhắc %s trả lời", ""},
    {"petition.reply.received", "%s đã nhận", ""},
    {"petition.reply.accepted", "%s đã thụ lý, đang giải quyết", ""},
    {"petition.reply.result", "%s đã có kết quả", "Mặt trận xem kết quả rồi trả lời."},
    {"petition.reply.wrong", "%s báo việc này thuộc nơi khác", "Mặt trận tìm đúng nơi giải quyết."},
    {"petition.guide", "Hướng dẫn của Mặt trận", ""},
    {"petition.return", "Đơn được trả lại", ""},
    {"petition.refuse", "Đơn không được thụ lý", ""},
    {"petition.file", "Đơn được lưu, không xử lý tiếp", "Mời gọi điện nếu cần biết vì sao."},
    {"petition.ask", "Mặt trận hỏi thêm", ""},
    {"petition.word", "Người gửi bổ sung", ""},
    {"petition.answer", "Mặt trận trả lời", ""},
    {"petition.confirm.right", "Người gửi: đã được giải quyết đúng", ""},
    {"petition.confirm.not", "Người gửi: chưa được giải quyết đúng", "Việc được xem lại."},
    {"petition.close", "Kết thúc", ""},
    {"petition.reopen", "Được mở lại", ""},
};

static void step_add(struct get *g, const struct petition_road_of_row *r, bool is_now, struct petition_track *v) {
    size_t i = 0;
    while (i < sizeof steps / sizeof *steps && !is(r->verb, steps[i].verb)) {
        i++;
    }
    if (i == sizeof steps / sizeof *steps) {
        return;
    }
    struct str before, after, name = str_of(steps[i].name);
    if (str_cut(name, S("%s"), &before, &after)) {
        name = str_format(g->arena, "%.*s%.*s%.*s", STR_ARG(before), STR_ARG(r->about), STR_ARG(after));
    }
    LIST_ADD(g->arena, &v->road,
             (struct petition_road_step){.name = name,
                                         .note = str_of(steps[i].note),
                                         .text = r->text,
                                         .files = r->files,
                                         .at = r->made_at,
                                         .class = is_now ? S("now") : S("done"),
                                         .is_now = is_now});
}

static struct err road_fill(struct get *g, const struct sent *s, struct petition_track *v) {
    struct petition_road_of_rows rows;
    bool is_over = petition_is_over(s->l->state);
    TRY(petition_road_of(g->db, (struct petition_road_of_in){.letter = s->l->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        step_add(g, &rows.at[i], i + 1 == rows.n && !is_over, v);
    }
    return OK;
}

/* ---- The promise: the clock that runs out first */

static const struct petition_word promises[] = {{S_INIT("receipt"), S_INIT("Mặt trận xử lý đơn, báo lại chậm nhất")},
                                                {S_INIT("settle"), S_INIT("Giải quyết xong chậm nhất")},
                                                {S_INIT("reply"), S_INIT("Nơi nhận trả lời Mặt trận chậm nhất")},
                                                {S_INIT("silent"), S_INIT("Sau lần nhắc, nơi nhận trả lời chậm nhất")},
                                                {S_INIT(""), S_INIT("")}};

static struct err clock_fill(struct get *g, const struct petition_clocks_row *row, struct petition_track *v) {
    static const char *const names[] = {"thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"};
    struct deadline_clock c;
    int64_t days = 0;
    TRY(deadline_clock_read(g->db, row->clock, true, &c));
    TRY(deadline_clock_remaining(g->db, &c, clock_today(), &days));
    struct date due = c.deadline.due_on;
    v->promise = petition_word_or(promises, row->what, S("Chậm nhất"));
    v->due_words = str_format(g->arena, "%s %.*s", names[date_weekday(due) - 1], STR_ARG(date_vi(g->arena, due)));
    v->class = days < 0 ? S("late") : days <= PETITION_SOON_DAYS ? S("soon") : S("");
    v->state_words = days < 0    ? S("Trễ hẹn. Mặt trận xin lỗi; cán bộ phụ trách đã được báo.")
                     : days == 0 ? S("Hạn hôm nay")
                                 : str_format(g->arena, "Còn %lld ngày làm việc", (long long)days);
    v->why = deadline_words(g->arena, &c.ask, &c.deadline);
    v->law = str_format(g->arena, "%.*s%s%.*s", STR_ARG(c.deadline.rule.law), c.deadline.rule.article.len ? ", " : "",
                        STR_ARG(c.deadline.rule.article));
    v->is_unchecked = is(c.deadline.rule.checked, "no");
    return OK;
}

static struct err promise_fill(struct get *g, const struct sent *s, struct petition_track *v) {
    struct petition_clocks_rows rows;
    if (petition_is_over(s->l->state)) {
        return OK;
    }
    TRY(petition_clocks(g->db, (struct petition_clocks_in){.letter = s->l->id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        if (rows.at[i].is_running && date_is(rows.at[i].due_on, s->l->due_on)) {
            return clock_fill(g, &rows.at[i], v);
        }
    }
    return OK;
}

/* ---- The page */

static const struct petition_word states[] = {{S_INIT("received"), S_INIT("Đang xem xét")},
                                              {S_INIT("accepted"), S_INIT("Đang giải quyết")},
                                              {S_INIT("transferred"), S_INIT("Chờ nơi nhận trả lời")},
                                              {S_INIT("replied"), S_INIT("Có kết quả, Mặt trận sắp trả lời")},
                                              {S_INIT("answered"), S_INIT("Đã trả lời, chờ ý kiến của người gửi")},
                                              {S_INIT("guided"), S_INIT("Đã hướng dẫn")},
                                              {S_INIT("returned"), S_INIT("Đã trả lại đơn")},
                                              {S_INIT("filed"), S_INIT("Đã lưu đơn")},
                                              {S_INIT("refused"), S_INIT("Không thụ lý")},
                                              {S_INIT("closed"), S_INIT("Đã kết thúc")},
                                              {S_INIT(""), S_INIT("")}};

static struct str notice_of(struct str done) {
    return is(done, "addition")  ? S("Mặt trận đã nhận phần bổ sung.")
           : is(done, "opinion") ? S("Mặt trận đã nhận ý kiến. Xin cảm ơn.")
                                 : S("");
}

static struct form *form_of(struct get *g, const struct field *fields, const char *noun) {
    return form_begin(g->arena, fields, g->form && str_ends(g->path, str_of(noun)) ? g->form : NULL);
}

static struct err track_answer(struct get *g, const struct sent *s) {
    long long id = (long long)s->receipt.id.v;
    struct petition_track v = {.code = s->receipt.code,
                               .title = s->l->title,
                               .state = petition_word_or(states, s->l->state, S("")),
                               .organ = s->organ.name,
                               .notice = notice_of(query_param(g->request, S("done"))),
                               .add = form_of(g, petition_add_fields, "/addition"),
                               .opine = form_of(g, petition_opine_fields, "/opinion"),
                               .add_to = link_local(g->arena, "/petition/receipt/%lld/addition", id),
                               .opine_to = link_local(g->arena, "/petition/receipt/%lld/opinion", id),
                               .close_to = link_local(g->arena, "/petition/receipt/%lld/closing", id),
                               .receipt = link_local(g->arena, "/petition/receipt/%lld/slip", id),
                               .rating = s->l->rating,
                               .may_add = !petition_is_over(s->l->state),
                               .may_opine = is(s->l->state, "answered"),
                               .is_protected = s->l->is_protected};
    TRY(petition_question(g->db, s->l->id, &v.question));
    TRY(road_fill(g, s, &v));
    TRY(promise_fill(g, s, &v));
    return receipt_answer(g, &page_petition_track, &v,
                          &(struct public_page){.place = S("Tra cứu"), .organ = s->organ.name});
}

struct err petition_track_get(struct get *g) {
    struct sent s;
    struct err e = open_sent(g, &s);
    return e.why ? petition_lead_on(g, e) : track_answer(g, &s);
}

struct err petition_add_post(struct post *p) {
    struct sent s;
    struct petition_addition x = {.text = form_text(p->form, "text")};
    const struct form_value *files = form_value(p->form, "file");
    TRY(open_sent_to_write(p, &s));
    TRY(form_check(p->form));
    TRY(receipt_limit(p->db, S("answer"), receipt_network(p->arena, p->request), ADD_AN_HOUR, 1));
    for (size_t i = 0; i < files->uploads.n; i++) {
        const struct upload *u = files->uploads.at[i];
        struct petition_paper paper = {.name = utf8_cut(u->name, 200), .size = u->size};
        TRY(file_keep(p->db, p->arena, u, &paper.file));
        LIST_ADD(p->arena, &x.papers, paper);
    }
    TRY(petition_add(p->db, s.l->id, &x));
    return see_other(p, "/petition/receipt/%lld?done=addition", (long long)s.receipt.id.v);
}

struct err petition_opine_post(struct post *p) {
    struct sent s;
    struct petition_opinion x = {.kind = form_text(p->form, "kind"), .text = form_text(p->form, "text")};
    struct str rating = form_text(p->form, "rating");
    x.rating = rating.len == 1 ? rating.at[0] - '0' : 0;
    TRY(open_sent_to_write(p, &s));
    if (is(x.kind, "not") && !x.text.len) {
        form_fault(p->form, "text", "Mời ghi chỗ nào chưa đúng để Mặt trận xem lại.");
    }
    TRY(form_check(p->form));
    TRY(petition_opine(p->db, s.l->id, &x));
    return see_other(p, "/petition/receipt/%lld?done=opinion", (long long)s.receipt.id.v);
}

struct err petition_forget_post(struct post *p) {
    struct sent s;
    TRY(open_sent_to_write(p, &s));
    TRY(receipt_forget(p, s.receipt.id));
    return see_other(p, "/receipt");
}
