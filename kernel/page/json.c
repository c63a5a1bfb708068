#include "kernel/page/json.h"
#include "base/utf8.h"
#include "kernel/page/form.h"

#include <math.h>
#include <stdio.h>

#include "base/banned.h"

static bool json_is_plain(unsigned char c) { return c >= ' ' && c < 127 && c != '"' && c != '\\'; }

void json_str(struct buf *b, struct str s) {
    buf_put_char(b, '"');
    size_t at = 0;
    while (at < s.len) {
        size_t from = at;
        while (at < s.len && json_is_plain((unsigned char)s.at[at])) {
            at++;
        }
        buf_put(b, (struct str){s.at + from, at - from});
        if (at == s.len) {
            break;
        }
        uint32_t c = utf8_next(s, &at);
        if (c == '"' || c == '\\') {
            buf_put_char(b, '\\');
            buf_put_char(b, (char)c);
        } else if (c == '\n') {
            BUF_LIT(b, "\\n");
        } else if (c < ' ' || c == 127 || c == 0x2028 || c == 0x2029) {
            buf_printf(b, "\\u%04x", (unsigned)c);
        } else {
            char bytes[4];
            buf_put(b, (struct str){bytes, utf8_put(bytes, c)});
        }
    }
    buf_put_char(b, '"');
}

void json_z(struct buf *b, const char *z) {
    if (z) {
        json_str(b, str_of(z));
    } else {
        BUF_LIT(b, "null");
    }
}

void json_int(struct buf *b, int64_t n) { buf_put_int(b, n); }
void json_bool(struct buf *b, bool x) { buf_put(b, x ? S("true") : S("false")); }

void json_double(struct buf *b, double x) {
    if (isfinite(x)) {
        buf_printf(b, "%.15g", x);
    } else {
        BUF_LIT(b, "null");
    }
}

void json_date(struct buf *b, struct date d) {
    if (!d.year) {
        BUF_LIT(b, "null");
        return;
    }
    buf_put_char(b, '"');
    date_put_iso(b, d);
    buf_put_char(b, '"');
}

void json_instant(struct buf *b, struct instant at) {
    if (!at.ms) {
        BUF_LIT(b, "null");
        return;
    }
    buf_put_char(b, '"');
    instant_put_iso(b, at);
    buf_put_char(b, '"');
}

void json_id(struct buf *b, int64_t id) {
    if (!id) {
        BUF_LIT(b, "null");
        return;
    }
    buf_put_char(b, '"');
    buf_put_int(b, id);
    buf_put_char(b, '"');
}

void json_form(struct buf *b, const struct form *f) {
    if (!f) {
        BUF_LIT(b, "null");
        return;
    }
    BUF_LIT(b, "{\"fault\":");
    json_str(b, f->fault);
    BUF_LIT(b, ",\"fields\":[");
    for (size_t i = 0; i < f->values.n; i++) {
        const struct form_value *v = &f->values.at[i];
        BUF_LIT(b, "{\"name\":");
        json_str(b, v->field->name);
        BUF_LIT(b, ",\"label\":");
        json_str(b, v->field->label);
        BUF_LIT(b, ",\"value\":");
        json_str(b, v->field->kind == FIELD_SECRET ? S("") : v->typed.len ? v->typed : v->text);
        BUF_LIT(b, ",\"fault\":");
        json_str(b, v->fault);
        buf_put(b, i + 1 < f->values.n ? S("},") : S("}"));
    }
    BUF_LIT(b, "]}");
}
