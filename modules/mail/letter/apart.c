/* A letter taken apart by GMime, within limits: its heads as bytes, its leaves decoded. */
#include <gmime/gmime.h>

#include "modules/mail/letter/inside.h"
#include "base/arena.h"

#include "base/banned.h"

/* What is still to be walked: a thing, how deep it lies, whose it is. */
struct todo {
    GMimeObject *object;
    size_t depth, letter;
    struct str parent;
    bool is_in_report;
};
struct walk {
    struct arena *arena;
    struct mail_apart *out;
    LIST(struct todo) stack;
    size_t seen;
};

struct str mail_header_of(const struct mail_head *h, const char *name) {
    for (size_t i = 0; i < h->headers.n; i++) {
        if (str_eq_ascii_nocase(h->headers.at[i].name, str_of(name))) {
            return h->headers.at[i].value;
        }
    }
    return (struct str){0};
}

static void head_read(struct walk *w, GMimeObject *object, struct mail_head *head) {
    GMimeHeaderList *list = g_mime_object_get_header_list(object);
    size_t types = 0;
    for (int i = 0; i < g_mime_header_list_get_count(list); i++) {
        GMimeHeader *h = g_mime_header_list_get_header_at(list, i);
        struct str name = str_copy(w->arena, str_of(g_mime_header_get_name(h)));
        struct str value = str_copy(w->arena, str_of(g_mime_header_get_raw_value(h)));
        LIST_ADD(w->arena, &head->headers, (struct mail_header){name, str_trim(value)});
        types += str_eq_ascii_nocase(name, S("Content-Type"));
    }
    w->out->has_two_types = w->out->has_two_types || types > 1;
}

static struct str type_of(struct walk *w, GMimeObject *object) {
    GMimeContentType *t = g_mime_object_get_content_type(object);
    const char *top = t ? g_mime_content_type_get_media_type(t) : NULL;
    const char *sub = t ? g_mime_content_type_get_media_subtype(t) : NULL;
    return str_lower_ascii(w->arena, str_format(w->arena, "%s/%s", top ? top : "text", sub ? sub : "plain"));
}

static struct str content_of(struct walk *w, GMimePart *part) {
    GMimeDataWrapper *content = g_mime_part_get_content(part);
    GMimeStream *memory = g_mime_stream_mem_new();
    struct str bytes = {0};
    if (content) {
        g_mime_data_wrapper_write_to_stream(content, memory);
        GByteArray *array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory));
        bytes = str_copy(w->arena, (struct str){(const char *)array->data, array->len});
    }
    g_object_unref(memory);
    return bytes;
}

static void push(struct walk *w, GMimeObject *object, const struct todo *under, struct str parent) {
    struct todo next = *under;
    next.object = object;
    next.depth++;
    next.parent = parent;
    if (next.depth > MAIL_DEPTH_MOST || !object) {
        w->out->is_cut = w->out->is_cut || object != NULL;
        return;
    }
    LIST_ADD(w->arena, &w->stack, next);
}

static void message_open(struct walk *w, GMimeMessage *message, struct todo *t) {
    if (!message) {
        return;
    }
    struct mail_head *head = LIST_PUSH(w->arena, &w->out->letters);
    head_read(w, GMIME_OBJECT(message), head);
    GMimeObject *body = g_mime_message_get_mime_part(message);
    if (body) {
        head_read(w, body, head);
    }
    t->letter = w->out->letters.n - 1;
    push(w, body, t, S("message/rfc822"));
}

static void leaf(struct walk *w, const struct todo *t, struct str type) {
    struct mail_part *part = LIST_PUSH(w->arena, &w->out->parts);
    head_read(w, t->object, &part->head);
    part->type = type;
    part->parent = t->parent;
    part->letter = t->letter;
    part->is_in_report = t->is_in_report;
    part->bytes = content_of(w, GMIME_PART(t->object));
}

static void several(struct walk *w, const struct todo *t, struct str type) {
    GMimeMultipart *m = GMIME_MULTIPART(t->object);
    struct todo under = *t;
    if (str_eq(type, S("multipart/report"))) {
        under.is_in_report = true;
        w->out->is_report = w->out->is_report || t->letter == 0;
    }
    for (int i = g_mime_multipart_get_count(m) - 1; i >= 0; i--) {
        push(w, g_mime_multipart_get_part(m, i), &under, type);
    }
}

static void walk_one(struct walk *w, struct todo t) {
    struct str type = type_of(w, t.object);
    if (GMIME_IS_MESSAGE_PART(t.object)) {
        message_open(w, g_mime_message_part_get_message(GMIME_MESSAGE_PART(t.object)), &t);
    } else if (GMIME_IS_MULTIPART(t.object)) {
        several(w, &t, type);
    } else if (GMIME_IS_PART(t.object)) {
        leaf(w, &t, type);
    }
}

/* Heads and lines that look like the beginning of a part are counted before the library makes objects of them. */
static struct err within_limits(struct str bytes) {
    size_t seams = 0;
    if (bytes.len > MAIL_BYTES_MOST) {
        return REFUSE(ERR_INVALID, "file", "Thư lớn hơn 50 MB; hãy xin người gửi chia nhỏ hoặc gửi đường dẫn.");
    }
    for (size_t from = 0; from < bytes.len;) {
        const char *end = memchr(bytes.at + from, '\n', bytes.len - from);
        size_t next = end ? (size_t)(end - bytes.at) + 1 : bytes.len;
        struct str line = str_trim(str_slice(bytes, from, next));
        seams += line.len > 2 && line.len < 100 && line.at[0] == '-' && line.at[1] == '-' &&
                 str_find(line, S(" "), 0) == SIZE_MAX;
        from = next;
    }
    return seams > (size_t)20 * MAIL_PARTS_MOST
               ? REFUSE(ERR_INVALID, "file", "Thư có quá nhiều phần nên không được mở; hãy xin người gửi gửi lại.")
               : OK;
}

/* The library keeps what it reads several times over: a head that long is nobody's letter. */
static struct err head_within_limits(struct str bytes) {
    size_t end = str_find(bytes, S("\n\n"), 0), other = str_find(bytes, S("\r\n\r\n"), 0);
    end = other < end ? other : end;
    end = end < bytes.len ? end : bytes.len;
    bool is_head = memchr(bytes.at, ':', end < 1000 ? end : 1000) != NULL;
    if (!is_head) {
        return REFUSE(ERR_INVALID, "file", "Tệp này không phải thư điện tử (.eml).");
    }
    return end > MAIL_HEAD_MOST ? REFUSE(ERR_INVALID, "file", "Phần đầu thư dài bất thường nên thư không được mở.")
                                : OK;
}

struct err mail_apart(struct arena *a, struct str bytes, struct mail_apart *out) {
    struct walk w = {.arena = a, .out = out};
    *out = (struct mail_apart){0};
    if (!bytes.len) {
        return REFUSE(ERR_INVALID, "file", "Thư trống.");
    }
    TRY(within_limits(bytes));
    TRY(head_within_limits(bytes));
    g_mime_init();
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes.at, bytes.len);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    struct todo root = {0};
    message_open(&w, message, &root);
    while (w.stack.n && !out->is_cut) {
        out->is_cut = ++w.seen > MAIL_PARTS_MOST;
        struct todo t = w.stack.at[--w.stack.n];
        walk_one(&w, t);
    }
    if (message) {
        g_object_unref(message);
    }
    g_object_unref(parser);
    g_object_unref(stream);
    return out->letters.n ? OK : REFUSE(ERR_INVALID, "file", "Tệp này không phải thư điện tử (.eml).");
}
