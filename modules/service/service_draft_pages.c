/* The form page by page, without a script: what was typed is kept, right or wrong, and checked when going on. */
#include "base/arena.h"
#include "base/num.h"
#include "kernel/db/id.h"
#include "kernel/fill/fill.h"
#include "kernel/page/form.h"
#include "kernel/shell/public.h"
#include "modules/org/org.h"
#include "modules/place/place.h"
#include "modules/service/service_draft.h"
#include "modules/service/service_pages_gen.h"
#include "modules/service/service_view.h"
#include "read/json.h"

#include "base/banned.h"

enum { FILE_MOST = 10 * 1024 * 1024 };

const struct field service_page_fields[] = {{.kind = FIELD_PAIRS, .name = S_INIT("a"), .label = S_INIT("Câu trả lời")},
                                            {0}};
const struct field service_page_query[] = {
    {.kind = FIELD_LINE, .name = S_INIT("told"), .label = S_INIT("Đã bấm Tiếp tục"), .most = 1},
    {.kind = FIELD_LINE, .name = S_INIT("from"), .label = S_INIT("Từ trang xem lại"), .most = 10},
    {0},
};
const struct field service_file_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("question"), .label = S_INIT("Câu hỏi"), .is_required = true, .most = 80},
    {.kind = FIELD_FILE,
     .name = S_INIT("file"),
     .label = S_INIT("Tệp"),
     .is_required = true,
     .is_many = true,
     .most = FILE_MOST},
    {0},
};
const struct field service_send_fields[] = {
    {.kind = FIELD_FLAG, .name = S_INIT("declared"), .label = S_INIT("Những điều khai trên là đúng sự thật.")},
    {.kind = FIELD_FLAG,
     .name = S_INIT("agreed"),
     .label = S_INIT("Đồng ý để Mặt trận dùng các thông tin trên cho việc này."),
     .hint = S_INIT("Xem, sửa, rút lại được tới khi có kết quả (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15).")},
    {.kind = FIELD_FLAG,
     .name = S_INIT("read_back"),
     .label = S_INIT("Đã đọc lại toàn bộ cho người khai nghe, và người khai đồng ý.")},
    {0},
};
const struct field service_begin_fields[] = {
    {.kind = FIELD_LINE, .name = S_INIT("channel"), .label = S_INIT("Nhận bằng cách nào"), .most = 10},
    {0},
};
const struct field service_no_fields[] = {{.kind = FIELD_END}};

/* ---- Beginning */

static bool is_channel(struct str s) {
    return str_eq(s, S("counter")) || str_eq(s, S("phone")) || str_eq(s, S("home"));
}

struct err service_begin_post(struct post *p) {
    struct service_form *f;
    struct service_office_of_row *office;
    struct receipt_item_id id;
    struct str typed = form_text(p->form, "channel");
    TRY(service_form_load(p->arena, path_param(p->request, S("procedure")), 0, &f));
    TRY(service_office_of(db_reading(p->db), (struct service_office_of_in){.procedure = f->code}, &office));
    if (!office || !office->is_open) {
        return REFUSE(ERR_CONFLICT, "", "Thủ tục này hiện chưa mở. Mời gọi điện hoặc đến Mặt trận để được giúp.");
    }
    struct str channel = p->who->post.v && is_channel(typed) ? typed : S("online");
    struct receipt_new draft = {.kind = S("service"),
                                .about = service_draft_about(p->arena, f),
                                .body = service_draft_body(p->arena, channel, (struct fields_said_list){0})};
    TRY(receipt_begin(p, &draft, &id));
    return see_other(p, "/service/draft/%lld/page/1", (long long)id.v);
}

/* Of what was begun in this browser, the place where to go on; other browsers are led to the page of codes. */
static struct err lead_on(struct get *g, struct err e) {
    return err_is(e, ERR_MISSING) ? see_other_get(g, "/receipt") : e;
}

static struct err page_number(struct request *r, const struct fields_form *f, size_t *page) {
    int64_t n;
    TRY(path_id(r, S("page"), &n));
    if (n < 1 || (size_t)n > f->pages.n) {
        return FAIL(ERR_MISSING, "no such page of the form");
    }
    *page = (size_t)n - 1;
    return OK;
}

struct err service_draft_get(struct get *g) {
    struct service_draft d;
    struct err e = service_draft_open(g, &d);
    if (e.why) {
        return lead_on(g, e);
    }
    if (d.receipt.is_sent) {
        return see_other_get(g, "/service/receipt/%lld", (long long)d.receipt.id.v);
    }
    for (size_t i = fields_page_next(d.state, 0); i < d.form->form->pages.n; i = fields_page_next(d.state, i + 1)) {
        if (fields_page_faults(d.state, i)) {
            return see_other_get(g, "/service/draft/%lld/page/%zu", (long long)d.receipt.id.v, i + 1);
        }
    }
    return see_other_get(g, "/service/draft/%lld/check", (long long)d.receipt.id.v);
}

/* ---- A page */

static bool is_listed(const struct fields_item *k) {
    return k && k->kind >= FIELDS_LIST && k->kind <= FIELDS_SLOT && k->kind != FIELDS_PLACE && k->kind != FIELDS_KDC;
}

static void communes_fill(struct arena *a, struct fill_cell *cell) {
    struct place_communes all = place_communes(place_open(a));
    for (size_t i = 0; i < all.n; i++) {
        LIST_ADD(a, &cell->options, (struct fill_option){.value = all.at[i].code, .label = all.at[i].full});
    }
}

/* What may be chosen is offered; what was typed and is none of it stays beside it. */
static struct err options_fill(struct db_read *db, const struct fields_form *f, struct fill_cell *cell) {
    struct service_choices c;
    struct str table, rest = cell->name, name = cell->name;
    while (str_cut(rest, S("."), &table, &rest)) {
        name = rest;
    }
    const struct fields_item *k = fields_item_named(f, name);
    if (k && k->kind == FIELDS_PLACE) {
        communes_fill(db_arena(db), cell);
        return OK;
    }
    if (!is_listed(k) || k->kind == FIELDS_ORG) {
        return OK;
    }
    TRY(service_choices_of(db, k, &c));
    for (size_t i = 0; i < c.all.n; i++) {
        bool is_chosen = str_eq(c.all.at[i].value, cell->typed) || str_eq(c.all.at[i].label, cell->typed);
        LIST_ADD(db_arena(db), &cell->options,
                 (struct fill_option){c.all.at[i].value, c.all.at[i].label, S(""), is_chosen});
    }
    return OK;
}

static struct err page_options(struct db_read *db, const struct fields_form *f, struct fill_page *page) {
    for (size_t i = 0; i < page->questions.n; i++) {
        struct fill_question *q = &page->questions.at[i];
        TRY(options_fill(db, f, &q->cell));
        for (size_t r = 0; r < q->rows.n; r++) {
            for (size_t k = 0; k < q->rows.at[r].cells.n; k++) {
                TRY(options_fill(db, f, &q->rows.at[r].cells.at[k]));
            }
        }
    }
    return OK;
}

static void files_fill(struct get *g, const struct service_draft *d, size_t page, bool is_told, struct service_ask *v) {
    const struct fields_page *from = &d->form->form->pages.at[page];
    for (size_t i = 0; i < from->items.n; i++) {
        const struct fields_item *k = &from->items.at[i];
        const struct fields_answer *x = fields_answer_named(d->state, k->name);
        struct service_file_ask ask = {.name = k->name,
                                       .label = k->label,
                                       .help = k->help,
                                       .instead = k->instead,
                                       .kinds = k->file_kinds,
                                       .fault = is_told && x ? x->fault : S(""),
                                       .is_required = k->is_required};
        if (!x || !x->is_shown) {
            continue;
        }
        for (size_t n = 0; n < d->papers.all.n; n++) {
            const struct receipt_paper *p = &d->papers.all.at[n];
            if (str_eq(p->field, k->name)) {
                LIST_ADD(
                    g->arena, &ask.files,
                    (struct service_file_view){.id = p->id.v,
                                               .name = p->name,
                                               .size = p->size,
                                               .drop = link_local(g->arena, "/service/draft/%lld/file/%lld/delete",
                                                                  (long long)d->receipt.id.v, (long long)p->id.v)});
            }
        }
        LIST_ADD(g->arena, &v->files, ask);
    }
}

static struct err page_draw(struct get *g, const struct service_draft *d, size_t page, bool is_told) {
    struct str from = query_param(g->request, S("from"));
    const char *tail = str_eq(from, S("check")) ? "?from=check" : "";
    struct service_ask v = {
        .page = fill_page(d->state, page, is_told),
        .to = link_local(g->arena, "/service/draft/%lld/page/%zu%s", (long long)d->receipt.id.v, page + 1, tail),
        .file_to = link_local(g->arena, "/service/draft/%lld/file", (long long)d->receipt.id.v),
        .resume = link_local(g->arena, "/service/draft/%lld/resume", (long long)d->receipt.id.v),
        .is_files = str_eq(d->form->form->pages.at[page].id, S("attachments")),
        .fault = g->form ? g->form->fault : S(""),
        .saved_at = d->receipt.touched_at};
    TRY(page_options(g->db, d->form->form, &v.page));
    TRY(service_phone(g->db, d->form, &v.phone));
    if (v.is_files) {
        files_fill(g, d, page, is_told, &v);
    }
    size_t before = page;
    while (before > 0 && !d->state->page_is_shown[before - 1]) {
        before--;
    }
    struct link back = before ? link_local(g->arena, "/service/draft/%lld/page/%zu", (long long)d->receipt.id.v, before)
                              : link_local(g->arena, "/service/guide/%.*s", STR_ARG(d->form->code));
    return service_private(g, &page_service_ask, &v,
                           &(struct public_page){.site_name = d->form->short_name, .back = back});
}

struct err service_page_get(struct get *g) {
    struct service_draft d;
    size_t page;
    struct err e = service_draft_open(g, &d);
    if (e.why) {
        return lead_on(g, e);
    }
    if (d.receipt.is_sent) {
        return see_other_get(g, "/service/receipt/%lld", (long long)d.receipt.id.v);
    }
    TRY(page_number(g->request, d.form->form, &page));
    if (!d.state->page_is_shown[page]) {
        return see_other_get(g, "/service/draft/%lld", (long long)d.receipt.id.v);
    }
    return page_draw(g, &d, page, str_eq(query_param(g->request, S("told")), S("1")));
}

/* Saved whatever it is; whether to go on is asked afterwards, by the address. */
struct err service_page_post(struct post *p) {
    struct service_draft d;
    size_t page;
    TRY(service_draft_open_to_write(p, &d));
    if (d.receipt.is_sent) {
        return see_other(p, "/service/receipt/%lld", (long long)d.receipt.id.v);
    }
    long long id = (long long)d.receipt.id.v;
    TRY(page_number(p->request, d.form->form, &page));
    struct fields_said_list now = fill_merge(p->arena, d.form->form, page, d.said, form_value(p->form, "a"));
    TRY(receipt_save(p->db, d.receipt.id, service_draft_body(p->arena, d.channel, now)));
    TRY(service_draft_open_to_write(p, &d));
    bool is_from_check = str_eq(query_param(p->request, S("from")), S("check"));
    if (fields_page_faults(d.state, page)) {
        return see_other(p, "/service/draft/%lld/page/%zu?told=1%s", id, page + 1, is_from_check ? "&from=check" : "");
    }
    size_t next = fields_page_next(d.state, page + 1);
    if (is_from_check || next >= d.form->form->pages.n) {
        return see_other(p, "/service/draft/%lld/check", id);
    }
    return see_other(p, "/service/draft/%lld/page/%zu", id, next + 1);
}

/* ---- Files */

static size_t files_page(const struct fields_form *f) {
    for (size_t i = 0; i < f->pages.n; i++) {
        if (str_eq(f->pages.at[i].id, S("attachments"))) {
            return i;
        }
    }
    return 0;
}

static struct err is_asked(const struct service_draft *d, struct str question) {
    const struct fields_answer *x = fields_answer_named(d->state, question);
    return x && x->item->kind == FIELDS_FILE && x->is_shown ? OK : FAIL(ERR_MISSING, "no such question for files");
}

struct err service_file_post(struct post *p) {
    struct service_draft d;
    struct str question = form_text(p->form, "question");
    TRY(service_draft_open_to_write(p, &d));
    if (d.receipt.is_sent) {
        return see_other(p, "/service/receipt/%lld", (long long)d.receipt.id.v);
    }
    TRY(is_asked(&d, question));
    TRY(receipt_papers_add(p, d.receipt.id, question, "file"));
    return see_other(p, "/service/draft/%lld/page/%zu", (long long)d.receipt.id.v, files_page(d.form->form) + 1);
}

struct err service_file_again(struct get *g) {
    struct service_draft d;
    TRY(service_draft_open(g, &d));
    if (d.receipt.is_sent) {
        return see_other_get(g, "/service/receipt/%lld", (long long)d.receipt.id.v);
    }
    const struct form_value *file = form_value(g->form, "file");
    if (!g->form->fault.len) {
        g->form->fault = file->fault;
    }
    return page_draw(g, &d, files_page(d.form->form), false);
}

struct err service_file_drop(struct post *p) {
    struct service_draft d;
    int64_t file;
    TRY(service_draft_open_to_write(p, &d));
    TRY(path_id(p->request, S("file"), &file));
    if (d.receipt.is_sent) {
        return FAIL(ERR_CONFLICT, "what was sent stays");
    }
    TRY(receipt_paper_drop(p->db, d.receipt.id, (struct receipt_file_id){file}));
    return see_other(p, "/service/draft/%lld/page/%zu", (long long)d.receipt.id.v, files_page(d.form->form) + 1);
}

/* ---- Checking and sending */

struct err service_check_get(struct get *g) {
    struct service_draft d;
    struct err e = service_draft_open(g, &d);
    if (e.why) {
        return lead_on(g, e);
    }
    if (d.receipt.is_sent) {
        return see_other_get(g, "/service/receipt/%lld/slip", (long long)d.receipt.id.v);
    }
    struct service_check v = {
        .review =
            fill_review(d.state, FIELDS_RESTRICTED,
                        str_z(g->arena, str_format(g->arena, "service/draft/%lld/page/", (long long)d.receipt.id.v))),
        .to = link_local(g->arena, "/service/draft/%lld/send", (long long)d.receipt.id.v),
        .first = link_local(g->arena, "/service/draft/%lld", (long long)d.receipt.id.v),
        .form = form_begin(g->arena, service_send_fields, g->form),
        .agreement = json_member_text(json_member(json_member(d.form->whole, "final"), "consent"), "text"),
        .is_staff = !str_eq(d.channel, S("online"))};
    struct link back =
        link_local(g->arena, "/service/draft/%lld/page/%zu", (long long)d.receipt.id.v, d.form->form->pages.n);
    return service_private(g, &page_service_check, &v,
                           &(struct public_page){.site_name = d.form->short_name, .back = back});
}

static struct err agreed(struct post *p, bool is_staff) {
    if (!form_flag(p->form, "declared")) {
        form_fault(p->form, "declared", "Mời đọc và đánh dấu vào ô cam đoan.");
    }
    if (!form_flag(p->form, "agreed")) {
        form_fault(p->form, "agreed", "Cần đồng ý thì Mặt trận mới được dùng thông tin để giải quyết.");
    }
    if (is_staff && !form_flag(p->form, "read_back")) {
        form_fault(p->form, "read_back", "Mời đọc lại cho người khai nghe trước khi gửi.");
    }
    return form_check(p->form);
}

static struct err send(struct post *p, const struct service_draft *d) {
    struct unit_id organ;
    struct org_unit unit;
    struct service_new n = {.form = d->form, .state = d->state, .channel = d->channel, .id = id_new()};
    TRY(service_receiver(db_reading(p->db), d->form, d->state, &organ));
    TRY(org_unit(db_reading(p->db), organ, &unit));
    struct receipt_sent sent = {
        .record = n.id, .prefix = service_prefix(p->arena, unit.code), .content = d->receipt.body};
    TRY(receipt_send(p, d->receipt.id, &sent, &n.code));
    n.by = str_eq(d->channel, S("online")) ? NULL : p->who;
    n.organ = organ;
    return service_submit(p->db, &n);
}

/* One draft is one dossier: sent again, by the other tab or by a second press, it leads to the receipt. */
struct err service_send_post(struct post *p) {
    struct service_draft d;
    TRY(service_draft_open_to_write(p, &d));
    long long item = (long long)d.receipt.id.v;
    if (!d.receipt.is_sent && d.state->faults) {
        return see_other(p, "/service/draft/%lld/check", item);
    }
    if (!d.receipt.is_sent) {
        TRY(agreed(p, !str_eq(d.channel, S("online"))));
        TRY(send(p, &d));
    }
    return see_other(p, "/service/receipt/%lld/slip", item);
}

/* ---- On another machine */

struct err service_resume_get(struct get *g) {
    struct service_draft d;
    struct err e = service_draft_open(g, &d);
    if (e.why) {
        return lead_on(g, e);
    }
    if (d.receipt.is_sent) {
        return see_other_get(g, "/service/receipt/%lld/slip", (long long)d.receipt.id.v);
    }
    struct service_resume v = {.code = d.receipt.code,
                               .words = receipt_words_of(g, &d.receipt),
                               .back = link_local(g->arena, "/service/draft/%lld", (long long)d.receipt.id.v),
                               .days = RECEIPT_DRAFT_DAYS};
    if (d.receipt.is_maker) {
        v.to = link_local(g->arena, "/service/draft/%lld/words", (long long)d.receipt.id.v);
    }
    return service_private(g, &page_service_resume, &v,
                           &(struct public_page){.site_name = d.form->short_name, .back = v.back});
}

struct err service_words_post(struct post *p) {
    struct service_draft d;
    TRY(service_draft_open_to_write(p, &d));
    TRY(receipt_tell_words(p, d.receipt.id));
    return see_other(p, "/service/draft/%lld/resume", (long long)d.receipt.id.v);
}
