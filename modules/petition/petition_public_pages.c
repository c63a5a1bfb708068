/* Writing a letter without an account or a script: one page to write, one to look again, sent once. */
#include "modules/petition/petition_pages_gen.h"
#include "modules/petition/petition_public.h"
#include "modules/petition/petition_public_view.h"
#include "modules/place/place.h"

#include "base/arena.h"
#include "kernel/shell/public.h"

enum { FILE_MOST = 10 * 1024 * 1024, TEXT_LEAST = 20, TEXT_MOST = 20000 };

#define CHOICES(name_, ...) static const struct choice name_[] = {__VA_ARGS__, {S_INIT(""), S_INIT("")}}
CHOICES(writers, {S_INIT("named"), S_INIT("Một người, có ghi tên")},
        {S_INIT("group"), S_INIT("Nhiều người, một người đứng tên đại diện")},
        {S_INIT("anonymous"), S_INIT("Không ghi tên")});
CHOICES(receivers, {S_INIT("commune"), S_INIT("Mặt trận phường, xã, đặc khu nơi xảy ra việc")},
        {S_INIT("city"), S_INIT("Mặt trận thành phố")});

const struct field petition_no_fields[] = {{.kind = FIELD_END}};
const struct field petition_write_fields[] = {
    {.kind = FIELD_TEXT,
     .name = S_INIT("text"),
     .label = S_INIT("Chuyện gì, ở đâu, từ bao giờ, đề nghị điều gì"),
     .is_required = true,
     .least = TEXT_LEAST,
     .most = TEXT_MOST,
     .hint = S_INIT("Viết như kể lại; gõ không dấu cũng được. Không phải chọn loại đơn.")},
    {.kind = FIELD_LINE, .name = S_INIT("where"), .label = S_INIT("Nơi xảy ra: số nhà, đường, thôn, tổ"), .most = 200},
    {.kind = FIELD_LINE, .name = S_INIT("place"), .label = S_INIT("Phường, xã, đặc khu nơi xảy ra"), .most = 300},
    {.kind = FIELD_CHOICE,
     .name = S_INIT("to"),
     .label = S_INIT("Gửi đến đâu?"),
     .is_required = true,
     .choices = receivers,
     .hint = S_INIT("Mỗi cấp tiếp nhận và trả lời đơn gửi đến cấp mình.")},
    {.kind = FIELD_FILE,
     .name = S_INIT("file"),
     .label = S_INIT("Ảnh, bản chụp giấy tờ, ghi âm"),
     .is_many = true,
     .most = FILE_MOST,
     .hint = S_INIT("Mỗi tệp không quá 10 MB, tất cả không quá 30 tệp.")},
    {.kind = FIELD_CHOICE,
     .name = S_INIT("who"),
     .label = S_INIT("Ai gửi?"),
     .is_required = true,
     .choices = writers,
     .hint = S_INIT("Khiếu nại, tố cáo phải có họ tên, địa chỉ thì mới được giải quyết theo luật. Tố cáo thì danh "
                    "tính được giữ bí mật.")},
    {.kind = FIELD_LINE, .name = S_INIT("name"), .label = S_INIT("Họ và tên"), .most = 120},
    {.kind = FIELD_LINE, .name = S_INIT("address"), .label = S_INIT("Địa chỉ"), .most = 300},
    {.kind = FIELD_LINE, .name = S_INIT("phone"), .label = S_INIT("Số điện thoại"), .most = 40},
    {.kind = FIELD_LINE, .name = S_INIT("email"), .label = S_INIT("Email"), .most = 120},
    {.kind = FIELD_INT,
     .name = S_INIT("people"),
     .label = S_INIT("Số người cùng gửi, nếu nhiều người"),
     .least = 2,
     .most = 10000},
    {0},
};
const struct field petition_send_fields[] = {
    {.kind = FIELD_FLAG, .name = S_INIT("declared"), .label = S_INIT("Những điều viết trên là đúng sự thật.")},
    {.kind = FIELD_FLAG,
     .name = S_INIT("agreed"),
     .label = S_INIT("Đồng ý để Mặt trận dùng các thông tin trên để xử lý đơn này."),
     .hint = S_INIT("Theo Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15.")},
    {0},
};

/* ---- Beginning */

struct err petition_send_get(struct get *g) {
    struct petition_send_view v = {.days = RECEIPT_DRAFT_DAYS};
    return answer_public(
        g, &page_petition_send, &v,
        &(struct public_page){.description = S("Gửi đơn, phản ánh đến Mặt trận Tổ quốc, không cần tài khoản; có mã "
                                               "và ba chữ bí mật để theo dõi.")});
}

struct err petition_send_post(struct post *p) {
    struct receipt_item_id id;
    TRY(receipt_begin(p, &(struct receipt_new){.kind = S("petition"), .about = S("letter"), .body = S("{}")}, &id));
    return see_other(p, "/petition/draft/%lld", (long long)id.v);
}

/* ---- Writing */

static struct petition_sent_file file_of(struct arena *a, const struct petition_draft *d,
                                         const struct receipt_paper *p) {
    return (struct petition_sent_file){
        .name = p->name,
        .size = p->size,
        .drop = link_local(a, "/petition/draft/%lld/file/%lld/delete", (long long)d->receipt.id.v, (long long)p->id.v)};
}

static void typed_fill(struct get *g, const struct petition_draft *d, struct form *f) {
    form_set(f, "text", d->text);
    form_set(f, "where", d->where);
    form_set(f, "place", petition_place_name(place_open(g->arena), d->place));
    form_set(f, "to", d->to);
    form_set(f, "who", d->who);
    form_set(f, "name", d->name);
    form_set(f, "address", d->address);
    form_set(f, "phone", d->phone);
    form_set(f, "email", d->email);
    if (d->people) {
        form_set(f, "people", str_format(g->arena, "%lld", (long long)d->people));
    }
}

struct err petition_draft_get(struct get *g) {
    struct petition_draft d;
    struct err e = petition_draft_open(g, &d);
    if (e.why) {
        return petition_lead_on(g, e);
    }
    if (d.receipt.is_sent) {
        return see_other_get(g, "/petition/receipt/%lld", (long long)d.receipt.id.v);
    }
    struct petition_write v = {.to = link_local(g->arena, "/petition/draft/%lld", (long long)d.receipt.id.v),
                               .form = form_begin(g->arena, petition_write_fields, g->form),
                               .communes = place_options(place_open(g->arena), g->arena),
                               .saved_at = d.text.len ? d.receipt.touched_at : (struct instant){0}};
    if (!g->form) {
        typed_fill(g, &d, v.form);
    }
    for (size_t i = 0; i < d.papers.all.n; i++) {
        LIST_ADD(g->arena, &v.files, file_of(g->arena, &d, &d.papers.all.at[i]));
    }
    return receipt_answer(g, &page_petition_write, &v,
                          &(struct public_page){.back = link_local(g->arena, "/petition/send")});
}

/* Who signs must be reached; who does not leaves nothing of themselves. */
static void check_writer(struct form *f, const struct petition_draft *d) {
    bool is_named = !str_eq(d->who, S("anonymous"));
    if (is_named && !d->name.len) {
        form_fault(f, "name", "Mời ghi họ và tên, hoặc chọn không ghi tên.");
    }
    if (is_named && !d->address.len) {
        form_fault(f, "address", "Mời ghi địa chỉ: thiếu địa chỉ thì đơn không đủ điều kiện để xử lý theo luật.");
    }
    if (str_eq(d->who, S("group")) && d->people < 2) {
        form_fault(f, "people", "Mời ghi có bao nhiêu người cùng gửi.");
    }
    if (str_eq(d->to, S("commune")) && !d->place.len) {
        form_fault(f, "place", "Mời chọn phường, xã, đặc khu nơi xảy ra việc.");
    }
}

static void draft_take(struct post *p, struct petition_draft *d) {
    const struct form *f = p->form;
    d->text = form_text(f, "text");
    d->where = form_text(f, "where");
    d->place = place_field(place_open(p->arena), p->form, "place");
    d->to = form_text(f, "to");
    d->who = form_text(f, "who");
    d->name = form_text(f, "name");
    d->address = form_text(f, "address");
    d->phone = form_text(f, "phone");
    d->email = form_text(f, "email");
    d->people = form_number(f, "people");
}

struct err petition_draft_post(struct post *p) {
    struct petition_draft d;
    TRY(petition_draft_open_to_write(p, &d));
    long long id = (long long)d.receipt.id.v;
    if (d.receipt.is_sent) {
        return see_other(p, "/petition/receipt/%lld", id);
    }
    draft_take(p, &d);
    check_writer(p->form, &d);
    TRY(form_check(p->form));
    TRY(receipt_papers_add(p, d.receipt.id, S("file"), "file"));
    TRY(receipt_save(p->db, d.receipt.id, petition_draft_body(p->arena, &d)));
    return see_other(p, "/petition/draft/%lld/check", id);
}

struct err petition_draft_file_drop(struct post *p) {
    struct petition_draft d;
    int64_t file;
    TRY(petition_draft_open_to_write(p, &d));
    TRY(path_id(p->request, S("file"), &file));
    if (d.receipt.is_sent) {
        return FAIL(ERR_CONFLICT, "what was sent stays");
    }
    TRY(receipt_paper_drop(p->db, d.receipt.id, (struct receipt_file_id){file}));
    return see_other(p, "/petition/draft/%lld/check", (long long)d.receipt.id.v);
}

/* ---- Looking again, and sending */

static void line(struct get *g, struct petition_check *v, const char *label, const char *at, struct str shown) {
    LIST_ADD(g->arena, &v->lines, (struct petition_answer_line){str_of(label), shown, str_of(at)});
}

static struct str label_of(const struct choice *c, struct str value) {
    while (c->value.len && !str_eq(c->value, value)) {
        c++;
    }
    return c->label;
}

static void lines_fill(struct get *g, const struct petition_draft *d, struct petition_check *v) {
    bool is_named = !str_eq(d->who, S("anonymous"));
    line(g, v, "Nội dung", "text", d->text);
    line(g, v, "Nơi xảy ra", "where", d->where);
    line(g, v, "Phường, xã, đặc khu", "place", petition_place_name(place_open(g->arena), d->place));
    line(g, v, "Gửi đến", "to", v->organ);
    line(g, v, "Ai gửi", "who", label_of(writers, d->who));
    if (is_named) {
        line(g, v, "Họ và tên", "name", d->name);
        line(g, v, "Địa chỉ", "address", d->address);
        line(g, v, "Số điện thoại", "phone", d->phone);
        line(g, v, "Email", "email", d->email);
    } else if (d->name.len || d->address.len || d->phone.len || d->email.len) {
        v->dropped = S("Họ tên, địa chỉ, điện thoại, email đã gõ không được gửi, vì đã chọn không ghi tên.");
    }
    if (str_eq(d->who, S("group"))) {
        line(g, v, "Số người cùng gửi", "people", str_format(g->arena, "%lld", (long long)d->people));
    }
}

struct err petition_check_get(struct get *g) {
    struct petition_draft d;
    struct org_unit organ;
    struct err e = petition_draft_open(g, &d);
    if (e.why) {
        return petition_lead_on(g, e);
    }
    long long id = (long long)d.receipt.id.v;
    if (d.receipt.is_sent) {
        return see_other_get(g, "/petition/receipt/%lld/slip", id);
    }
    TRY(petition_draft_receiver(g->db, &d, &organ));
    struct petition_check v = {.to = link_local(g->arena, "/petition/draft/%lld/send", id),
                               .change = link_local(g->arena, "/petition/draft/%lld", id),
                               .organ = organ.name,
                               .form = form_begin(g->arena, petition_send_fields, g->form),
                               .is_whole = petition_draft_is_whole(&d)};
    lines_fill(g, &d, &v);
    for (size_t i = 0; i < d.papers.all.n; i++) {
        LIST_ADD(g->arena, &v.files, file_of(g->arena, &d, &d.papers.all.at[i]));
    }
    return receipt_answer(g, &page_petition_check, &v, &(struct public_page){.back = v.change});
}

/* One draft is one letter: sent again, by the other tab or by a second press, it leads to the receipt. */
struct err petition_sending_post(struct post *p) {
    struct petition_draft d;
    TRY(petition_draft_open_to_write(p, &d));
    long long id = (long long)d.receipt.id.v;
    if (!d.receipt.is_sent && !petition_draft_is_whole(&d)) {
        return see_other(p, "/petition/draft/%lld", id);
    }
    if (!d.receipt.is_sent) {
        if (!form_flag(p->form, "declared")) {
            form_fault(p->form, "declared", "Mời đọc và đánh dấu vào ô cam đoan.");
        }
        if (!form_flag(p->form, "agreed")) {
            form_fault(p->form, "agreed", "Cần đồng ý thì Mặt trận mới được dùng thông tin để xử lý đơn.");
        }
        TRY(form_check(p->form));
        TRY(petition_draft_send(p, &d));
    }
    return see_other(p, "/petition/receipt/%lld/slip", id);
}
