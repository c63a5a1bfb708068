/* What a person, or a program, is told when something went wrong. */
#include <string.h>

#include "base/log.h"
#include "kernel/file/file.h"
#include "kernel/http/http_queries.h"
#include "kernel/http/loop.h"
#include "kernel/page/json.h"

#include "base/banned.h"

/* What is told, and what for the log. */
struct told {
    int status;
    struct str message;
    struct str trace;
    struct err why;
};

static const char *kind_name(int status) {
    switch (status) {
    case 400:
    case 413:
    case 414:
    case 415:
    case 422: return "invalid";
    case 401: return "signed-out";
    case 403: return "denied";
    case 404: return "missing";
    case 405: return "method";
    case 409: return "conflict";
    case 408:
    case 429:
    case 503: return "busy";
    default: return "broken";
    }
}

static void put_json(struct request *r, const struct told *e) {
    struct buf b = buf_in(r->arena);
    buf_printf(&b, "{\"error\": {\"kind\": \"%s\", \"message\": ", kind_name(e->status));
    json_str(&b, e->message);
    if (e->trace.len) {
        BUF_LIT(&b, ", \"trace\": ");
        json_str(&b, e->trace);
    }
    if (r->acted.is_other) {
        BUF_LIT(&b, ", \"location\": ");
        json_str(&b, r->acted.row->location);
    }
    BUF_LIT(&b, ", \"fields\": {");
    const char *comma = "";
    for (size_t i = 0; r->form && i < r->form->values.n; i++) {
        const struct form_value *v = &r->form->values.at[i];
        if (v->fault.len) {
            buf_printf(&b, "%s", comma);
            json_str(&b, v->field->name);
            BUF_LIT(&b, ": ");
            json_str(&b, v->fault);
            comma = ", ";
        }
    }
    for (const struct fault *f = e->why.why; f; f = f->next) {
        if (f->field.len && f->message.len && !(r->form && form_has_fault(r->form, f->field))) {
            buf_printf(&b, "%s", comma);
            json_str(&b, f->field);
            BUF_LIT(&b, ": ");
            json_str(&b, f->message);
            comma = ", ";
        }
    }
    BUF_LIT(&b, "}}}\n");
    answer_prepare(r, e->status, S("application/json; charset=utf-8"), buf_str(&b));
}

static void put_escaped(struct buf *b, struct str s) {
    for (size_t i = 0; i < s.len; i++) {
        switch (s.at[i]) {
        case '&': BUF_LIT(b, "&amp;"); break;
        case '<': BUF_LIT(b, "&lt;"); break;
        case '"': BUF_LIT(b, "&quot;"); break;
        default: buf_put_char(b, s.at[i]);
        }
    }
}

/* The page of last resort, when the ordinary one cannot be drawn. */
static void put_plain_page(struct request *r, const struct told *e) {
    struct buf b = buf_in(r->arena);
    BUF_LIT(&b, "<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\"><meta name=\"viewport\" "
                "content=\"width=device-width\">"
                "<title>Đoàn Kết</title><h1>");
    put_escaped(&b, e->message);
    BUF_LIT(&b, "</h1>");
    if (e->trace.len) {
        BUF_LIT(&b, "<p>Mã tra cứu: ");
        put_escaped(&b, e->trace);
        BUF_LIT(&b, "</p>");
    }
    BUF_LIT(&b, "<p><a href=\"/\">Về trang đầu</a></p></html>\n");
    answer_prepare(r, e->status, S("text/html; charset=utf-8"), buf_str(&b));
}

static bool draw_page(struct request *r, const struct told *e) {
    struct get g;
    if (r->is_drawing_error || !request_get(r, &g)) {
        return false;
    }
    r->is_drawing_error = true;
    r->answer.status = e->status;
    g.form = NULL;
    struct fault shown = {.kind = e->why.why ? e->why.why->kind : ERR_INVALID, .message = e->message};
    struct err failed = r->server->setup.fault_page(&g, (struct err){&shown}, e->trace);
    request_get_end(&g);
    if (failed.why) {
        log_fault(LOG_ERROR, "drawing an error", failed);
        return false;
    }
    return r->answer.is_set;
}

void status_answer(struct request *r, int status, struct str message, struct err why) {
    struct told e = {.status = status, .message = message, .why = why};
    if (why.why && (why.why->kind == ERR_BROKEN || why.why->kind == ERR_BUSY)) {
        e.trace = trace_new(r->arena);
        log_line(LOG_ERROR, "%.*s: %.*s %.*s", STR_ARG(e.trace), STR_ARG(r->method_name), STR_ARG(r->path));
        log_fault(LOG_ERROR, "request", why);
    }
    answer_begin_again(r);
    if (r->is_json) {
        put_json(r, &e);
    } else if (!draw_page(r, &e)) {
        put_plain_page(r, &e);
    }
    answer_send(r);
}

void fault_answer(struct request *r, struct err e) {
    enum err_kind kind = e.why->kind;
    struct str said = e.why->message;
    bool is_ours = said.len == 0 || (kind == ERR_BROKEN && !file_is_damaged(e));
    status_answer(r, err_status(kind), is_ours ? err_sentence(kind) : said, e);
}
