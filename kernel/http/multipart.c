/* multipart/form-data (RFC 7578) as it comes in, in pieces of any size. */
#include <string.h>

#include "base/utf8.h"
#include "kernel/http/body.h"

#include "base/banned.h"

enum { WINDOW = 64 * 1024, PART_HEADERS_MOST = 4096, BOUNDARY_MOST = 70 };

enum place { PLACE_PREAMBLE, PLACE_HEADERS, PLACE_DATA, PLACE_AFTER };

struct multipart {
    char delimiter[BOUNDARY_MOST + 5]; /* CR LF "--" boundary */
    size_t delimiter_n;
    enum place place;
    char *window; /* bytes not yet understood */
    size_t used;
    struct str field; /* of the part being received */
    bool is_file;
    struct upload_sink *sink;
    struct buf text;
};

/* Where a quoted string that begins at `from` ends: a quotation mark behind a backslash is one of its own. */
static size_t quote_end(struct str header, size_t from) {
    for (size_t i = from; i < header.len; i++) {
        if (header.at[i] == '"') {
            return i;
        }
        i += header.at[i] == '\\' && i + 1 < header.len && header.at[i + 1] == '"';
    }
    return SIZE_MAX;
}

/* One parameter at *at of a header, key="value" or key=value, moving *at behind it; false at a broken one. */
static bool param_next(struct str header, size_t *at, struct str *key, struct str *value) {
    size_t equals = str_find(header, S("="), *at), end = str_find(header, S(";"), *at);
    end = end == SIZE_MAX ? header.len : end;
    if (equals == SIZE_MAX || equals > end) {
        *key = str_trim(str_slice(header, *at, end));
        *value = S("");
        *at = end + 1;
        return true;
    }
    *key = str_trim(str_slice(header, *at, equals));
    if (equals + 1 < header.len && header.at[equals + 1] == '"') {
        size_t quote = quote_end(header, equals + 2);
        if (quote == SIZE_MAX) {
            return false;
        }
        *value = str_slice(header, equals + 2, quote);
        end = str_find(header, S(";"), quote);
        end = end == SIZE_MAX ? header.len : end;
    } else {
        *value = str_trim(str_slice(header, equals + 1, end));
    }
    *at = end + 1;
    return true;
}

/* The value of a parameter behind the header's first word; false when absent. */
static bool header_param(struct str header, struct str name, struct str *out) {
    struct str key, value;
    size_t first = str_find(header, S(";"), 0);
    for (size_t at = first == SIZE_MAX ? header.len : first + 1; at < header.len;) {
        if (!param_next(header, &at, &key, &value)) {
            return false;
        }
        if (str_eq_ascii_nocase(key, name)) {
            *out = value;
            return true;
        }
    }
    return false;
}

/* A quotation mark and a line end in a name come as %22, %0D and %0A from browsers (HTML, multipart/form-data encoding
   algorithm), and behind a backslash from other programs; a backslash before anything else is one. */
static struct str name_read(struct arena *a, struct str s) {
    static const struct {
        struct str coded;
        char plain;
    } codes[] = {{S_INIT("%22"), '"'}, {S_INIT("%0D"), '\r'}, {S_INIT("%0A"), '\n'}, {S_INIT("\\\""), '"'}};
    struct buf b = buf_in(a);
    for (size_t i = 0; i < s.len;) {
        size_t step = 0;
        for (size_t k = 0; k < sizeof codes / sizeof *codes && !step; k++) {
            struct str coded = codes[k].coded;
            if (str_eq_ascii_nocase(str_slice(s, i, i + coded.len), coded)) {
                buf_put_char(&b, codes[k].plain);
                step = coded.len;
            }
        }
        if (!step) {
            buf_put_char(&b, s.at[i]);
        }
        i += step ? step : 1;
    }
    return buf_str(&b);
}

void multipart_begin(struct body *b, struct str content_type) {
    struct multipart *m = arena_take(b->arena, struct multipart, 1);
    struct str boundary;
    b->multipart = m;
    if (!header_param(content_type, S("boundary"), &boundary) || boundary.len == 0 || boundary.len > BOUNDARY_MOST) {
        b->state = BODY_BAD;
        return;
    }
    memcpy(m->delimiter, "\r\n--", 4);
    memcpy(m->delimiter + 4, boundary.at, boundary.len);
    m->delimiter_n = boundary.len + 4;
    m->window = arena_take(b->arena, char, WINDOW);
    /* The first delimiter may stand at the very beginning: then its line end is this one. */
    memcpy(m->window, "\r\n", 2);
    m->used = 2;
}

struct str multipart_field(const struct body *b) {
    return b->multipart->field;
}

static void consume(struct multipart *m, size_t n) {
    memmove(m->window, m->window + n, m->used - n);
    m->used -= n;
}

static void data_put(struct body *b, struct str bytes) {
    struct multipart *m = b->multipart;
    if (m->is_file && !m->sink) {
        return;
    }
    if (m->sink && !upload_put(m->sink, bytes)) {
        b->state = BODY_BROKEN;
    } else if (!m->is_file) {
        body_text_put(b, &m->text, bytes);
    }
}

/* Understands a part's header lines, which end with an empty one. */
static void part_begin(struct body *b, struct str headers) {
    struct multipart *m = b->multipart;
    struct str line, file = S("");
    m->field = S("");
    m->is_file = false;
    m->sink = NULL;
    m->text = buf_in(b->arena);
    while (headers.len) {
        str_cut(headers, S("\r\n"), &line, &headers);
        struct str name, value;
        if (str_cut(line, S(":"), &name, &value) && str_eq_ascii_nocase(name, S("Content-Disposition"))) {
            struct str given = S("");
            m->is_file = header_param(value, S("filename"), &given);
            file = name_read(b->arena, given);
            m->field = header_param(value, S("name"), &given) ? name_read(b->arena, given) : S("");
        }
    }
    if (m->field.len == 0 || !utf8_valid(m->field)) {
        b->state = BODY_BAD;
    } else if (m->is_file && file.len) {
        /* Without a name nothing was chosen: the field is as if left out. */
        m->sink = upload_begin(b->arena, b->dir, m->field, file);
        b->state = m->sink ? b->state : BODY_BROKEN;
    }
}

/* What is not UTF-8 is never kept: its field says so. The kernel's own fields are made by us. */
static void text_take(struct body *b, struct form_part *p, struct str text) {
    p->is_garbled = !utf8_valid(text) || memchr(text.at ? text.at : "", '\0', text.len) != NULL;
    p->value = p->is_garbled ? utf8_clean(b->arena, text) : text;
    if (p->is_garbled && p->name.at[0] == '_') {
        b->state = BODY_BAD;
    }
}

static void part_end(struct body *b) {
    struct multipart *m = b->multipart;
    if (m->is_file && !m->sink) {
        return;
    }
    struct form_part *p = body_part_add(b, m->field);
    if (!p) {
        return;
    }
    if (m->sink) {
        p->upload = upload_end(m->sink);
        b->state = p->upload ? b->state : BODY_BROKEN;
    } else {
        text_take(b, p, buf_str(&m->text));
    }
    m->sink = NULL;
    m->field = S("");
}

/* One step; false when more bytes are needed. */
static bool step_data(struct body *b) {
    struct multipart *m = b->multipart;
    const char *found = memmem(m->window, m->used, m->delimiter, m->delimiter_n);
    size_t before = found ? (size_t)(found - m->window) : m->used > m->delimiter_n ? m->used - m->delimiter_n : 0;
    if (m->place == PLACE_DATA) {
        data_put(b, (struct str){m->window, before});
    }
    if (!found) {
        consume(m, before);
        return false;
    }
    if (before + m->delimiter_n + 2 > m->used) {
        consume(m, before);
        return false;
    }
    if (m->place == PLACE_DATA) {
        part_end(b);
    }
    const char *after = found + m->delimiter_n;
    if (after[0] == '-' && after[1] == '-') {
        m->place = PLACE_AFTER;
    } else if (after[0] == '\r' && after[1] == '\n') {
        m->place = PLACE_HEADERS;
    } else {
        b->state = BODY_BAD;
    }
    consume(m, before + m->delimiter_n + 2);
    return true;
}

static bool step_headers(struct body *b) {
    struct multipart *m = b->multipart;
    const char *end = memmem(m->window, m->used, "\r\n\r\n", 4);
    if (!end) {
        b->state = m->used > PART_HEADERS_MOST ? BODY_BAD : b->state;
        return false;
    }
    part_begin(b, (struct str){m->window, (size_t)(end - m->window)});
    consume(m, (size_t)(end - m->window) + 4);
    m->place = PLACE_DATA;
    return true;
}

void multipart_take(struct body *b, struct str bytes) {
    struct multipart *m = b->multipart;
    while (bytes.len && b->state == BODY_GOOD) {
        size_t n = WINDOW - m->used < bytes.len ? WINDOW - m->used : bytes.len;
        memcpy(m->window + m->used, bytes.at, n);
        m->used += n;
        bytes = str_slice(bytes, n, bytes.len);
        bool goes_on = true;
        while (goes_on && b->state == BODY_GOOD) {
            if (m->place == PLACE_AFTER) {
                m->used = 0;
                goes_on = false;
            } else {
                goes_on = m->place == PLACE_HEADERS ? step_headers(b) : step_data(b);
            }
        }
    }
}

void multipart_end(struct body *b) {
    if (b->state == BODY_GOOD && b->multipart->place != PLACE_AFTER) {
        b->state = BODY_BAD;
    }
}
