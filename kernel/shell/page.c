#include "kernel/shell/page.h"
#include "base/arena.h"
#include "kernel/page/form.h"
#include "kernel/shell/shell.h"
#include "pages_gen.h"

#include <string.h>

#include "base/banned.h"

void draw_tokens(struct draw *d) {
    if (!d->get || !d->get->who->person.v) {
        return;
    }
    BUF_LIT(d->out, "<input type=\"hidden\" name=\"_csrf\" value=\"");
    html_escape(d->out, request_csrf(d->get->request));
    BUF_LIT(d->out, "\"><input type=\"hidden\" name=\"_once\" value=\"");
    html_escape(d->out, request_once(d->get->request));
    BUF_LIT(d->out, "\">");
}

void draw_slot(struct draw *d, const char *name) {
    if (!strcmp(name, "title")) {
        d->page->title(d, d->view);
    } else if (!strcmp(name, "main")) {
        d->page->main(d, d->view);
    } else if (!strcmp(name, "guide") && d->page->guide) {
        d->page->guide(d, d->view);
    }
}

void part_field_state(struct draw *d, const struct field *k, const struct form_value *x, int n) {
    struct buf *b = d->out;
    if (k->is_required && !x->kept.n) {
        BUF_LIT(b, " required");
    }
    if (k->hint.len || x->fault.len) {
        BUF_LIT(b, " aria-describedby=\"");
        if (k->hint.len) {
            buf_printf(b, "h%d%s", n, x->fault.len ? " " : "");
        }
        if (x->fault.len) {
            buf_printf(b, "x%d", n);
        }
        BUF_LIT(b, "\"");
    }
    if (x->fault.len) {
        BUF_LIT(b, " aria-invalid=\"true\"");
    }
}

bool pick_is_chosen(const struct form_value *x, const struct pick_option *option) {
    for (size_t i = 0; i < x->ids.n; i++) {
        if (x->ids.at[i] == option->id) {
            return true;
        }
    }
    bool is_typed = x->typed.len || x->number || x->ids.n;
    return is_typed ? x->number == option->id : option->is_chosen;
}

struct link asset_link(const char *name) {
    for (const struct asset_name *a = asset_names; a->name; a++) {
        if (!strcmp(a->name, name)) {
            return (struct link){str_of(a->path)};
        }
    }
    return (struct link){S("/")};
}

static struct err answer_json(struct get *g, const struct page *page, const void *view) {
    struct buf b = buf_in(g->arena);
    page->json(&b, view);
    return answer_bytes(g, S("application/json; charset=utf-8"), buf_str(&b));
}

struct err answer_page(struct get *g, const struct page *page, const void *view) {
    answer_header(g->request, S("Vary"), S("Accept, Cookie"));
    if (wants_json(g->request)) {
        return answer_json(g, page, view);
    }
    struct buf b = buf_in(g->arena);
    buf_reserve(&b, 32768);
    struct draw d = draw_to(&b, g->arena, g->lang);
    d.get = g;
    d.page = page;
    d.view = view;
    struct shell shell;
    TRY(shell_fill(g, &shell));
    shell.has_guide = page->guide != NULL;
    part_shell(&d, &shell);
    return answer_bytes(g, S("text/html; charset=utf-8"), buf_str(&b));
}

/* Where a sentence of the kind alone leaves a person without a next step. */
static struct str advice_of(const struct fault *fault, bool is_signed_in) {
    if (!str_eq(fault->message, err_sentence(fault->kind))) {
        return S("");
    }
    switch (fault->kind) {
    case ERR_DENIED:
        return S("Việc này dành cho vai trò khác. Nếu cần làm, mời đổi chức danh đang dùng hoặc hỏi người quản trị.");
    case ERR_MISSING:
        return is_signed_in
                   ? S("Địa chỉ có thể thiếu một đoạn, hoặc nội dung dành cho chức danh khác. Mời tìm lại theo "
                       "số ký hiệu, trích yếu hay tên.")
                   : S("Nếu nội dung dành cho người trong cơ quan, mời đăng nhập rồi mở lại.");
    case ERR_BUSY: return S("Chưa có gì được lưu. Nếu đang gửi biểu mẫu, mời quay lại trang trước rồi gửi lại.");
    case ERR_BROKEN: return S("Mời quay lại trang trước rồi thử lần nữa.");
    case ERR_INVALID:
    case ERR_CONFLICT: break;
    }
    return S("");
}

struct err answer_fault(struct get *g, struct err why, struct str code) {
    const struct fault *fault = why.why;
    int status = request_status(g->request);
    bool is_signed_in = g->who->person.v != 0;
    struct str from = request_came_from(g->request);
    struct link back = {0};
    if (from.len && is_signed_in) {
        back = link_local(g->arena, "%.*s", STR_ARG(from));
    }
    struct fault_view view = {
        .status = status ? status : err_status(fault->kind),
        .sentence = fault->message.len ? fault->message : err_sentence(fault->kind),
        .advice = advice_of(fault, is_signed_in),
        .code = code,
        .back = back,
        .is_missing = fault->kind == ERR_MISSING,
        .is_signed_in = is_signed_in,
    };
    return answer_fault_page(g, &view);
}
