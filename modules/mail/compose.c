/* A letter of ours, written as others read letters: GMime puts it together, so that names and words of any language
   stand in seven bits. */
#include <gmime/gmime.h>

#include "modules/mail/way.h"
#include "base/arena.h"
#include "base/buf.h"

#include "base/banned.h"

static void people_put(GMimeMessage *m, struct arena *a, const struct mail_written *w) {
    for (size_t i = 0; i < w->to.n; i++) {
        const struct mail_receiver *r = &w->to.at[i];
        bool is_to = str_eq(r->role, S("to"));
        if (r->address.len && (is_to || str_eq(r->role, S("cc")))) {
            bool is_named = r->name.len && !str_eq(r->name, r->address);
            g_mime_message_add_mailbox(m, is_to ? GMIME_ADDRESS_TYPE_TO : GMIME_ADDRESS_TYPE_CC,
                                       is_named ? str_z(a, r->name) : NULL, str_z(a, r->address));
        }
    }
}

static void head_put(GMimeMessage *m, struct arena *a, const struct mail_written *w) {
    struct buf all = buf_in(a);
    GTimeZone *zone = g_time_zone_new_identifier("+07:00");
    GDateTime *utc = g_date_time_new_from_unix_utc(w->at.ms / 1000);
    GDateTime *here = g_date_time_to_timezone(utc, zone);
    struct str id = str_slice(w->message_id, 1, w->message_id.len - 1);
    g_mime_message_add_mailbox(m, GMIME_ADDRESS_TYPE_FROM, str_z(a, w->from_name), str_z(a, w->from_address));
    g_mime_message_set_subject(m, str_z(a, w->subject), "utf-8");
    g_mime_message_set_date(m, here);
    g_mime_message_set_message_id(m, str_z(a, id));
    people_put(m, a, w);
    g_date_time_unref(here);
    g_date_time_unref(utc);
    g_time_zone_unref(zone);
    for (size_t i = 0; i < w->references.n; i++) {
        buf_put(&all, i ? S(" ") : S(""));
        buf_put(&all, w->references.at[i]);
    }
    if (w->in_reply_to.len) {
        g_mime_object_set_header(GMIME_OBJECT(m), "In-Reply-To", str_z(a, w->in_reply_to), NULL);
        g_mime_object_set_header(GMIME_OBJECT(m), "References", str_z(a, buf_str(&all)), NULL);
    }
}

static GMimeDataWrapper *content_of(struct str bytes) {
    GMimeStream *memory = g_mime_stream_mem_new_with_buffer(bytes.len ? bytes.at : "", bytes.len);
    GMimeDataWrapper *content = g_mime_data_wrapper_new_with_stream(memory, GMIME_CONTENT_ENCODING_DEFAULT);
    g_object_unref(memory);
    return content;
}

static GMimePart *part_of(const char *type, const char *sub, struct str bytes, GMimeContentEncoding encoding) {
    GMimePart *part = g_mime_part_new_with_type(type, sub);
    GMimeDataWrapper *content = content_of(bytes);
    g_mime_part_set_content(part, content);
    g_mime_part_set_content_encoding(part, encoding);
    g_object_unref(content);
    return part;
}

static GMimePart *paper_of(struct arena *a, const struct mail_written_paper *p) {
    struct str top = S("application"), sub = S("octet-stream");
    str_cut(p->type, S("/"), &top, &sub);
    GMimePart *part = part_of(str_z(a, top), str_z(a, sub), p->bytes, GMIME_CONTENT_ENCODING_BASE64);
    g_mime_object_set_disposition(GMIME_OBJECT(part), "attachment");
    g_mime_part_set_filename(part, str_z(a, p->name));
    return part;
}

static void body_put(GMimeMessage *m, struct arena *a, const struct mail_written *w) {
    struct str words = str_format(a, "%.*s\n", STR_ARG(str_trim(w->text)));
    GMimePart *text = part_of("text", "plain", words, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
    g_mime_object_set_content_type_parameter(GMIME_OBJECT(text), "charset", "utf-8");
    if (!w->papers.n) {
        g_mime_message_set_mime_part(m, GMIME_OBJECT(text));
        g_object_unref(text);
        return;
    }
    GMimeMultipart *all = g_mime_multipart_new_with_subtype("mixed");
    /* The same letter is the same bytes, however often it is offered. */
    g_mime_multipart_set_boundary(all, str_z(a, str_format(a, "=_%.*s", STR_ARG(str_slice(w->message_id, 1, 40)))));
    g_mime_multipart_add(all, GMIME_OBJECT(text));
    g_object_unref(text);
    for (size_t i = 0; i < w->papers.n; i++) {
        GMimePart *part = paper_of(a, &w->papers.at[i]);
        g_mime_multipart_add(all, GMIME_OBJECT(part));
        g_object_unref(part);
    }
    g_mime_message_set_mime_part(m, GMIME_OBJECT(all));
    g_object_unref(all);
}

struct err mail_write(struct arena *a, const struct mail_written *w, struct str *bytes) {
    g_mime_init();
    GMimeMessage *m = g_mime_message_new(TRUE);
    head_put(m, a, w);
    body_put(m, a, w);
    GMimeFormatOptions *format = g_mime_format_options_new();
    g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
    g_mime_format_options_set_param_encoding_method(format, GMIME_PARAM_ENCODING_METHOD_RFC2231);
    GMimeStream *memory = g_mime_stream_mem_new();
    bool is_written = g_mime_object_write_to_stream(GMIME_OBJECT(m), format, memory) >= 0;
    GByteArray *array = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(memory));
    *bytes = str_copy(a, (struct str){(const char *)array->data, array->len});
    g_object_unref(memory);
    g_mime_format_options_free(format);
    g_object_unref(m);
    return is_written ? OK : FAIL(ERR_BROKEN, "a letter could not be written");
}

/* ---- From the database */

static struct err papers_of(struct db_read *db, struct arena *a, struct mail_letter_id letter, struct mail_written *w) {
    struct mail_papers_of_rows rows;
    TRY(mail_papers_of(db, (struct mail_papers_of_in){.letters = {&letter.v, 1}}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        struct file file;
        struct str path;
        struct mail_written_paper p = {.name = rows.at[i].name};
        if (!rows.at[i].file.v) {
            continue;
        }
        TRY(file_find(db, a, rows.at[i].file, &file));
        TRY(file_whole(a, &file, &path));
        TRY(mail_bytes(a, path, &p.bytes));
        p.type = file_type_mime(file.type);
        LIST_ADD(a, &w->papers, p);
    }
    return OK;
}

/* What it answers: the conversation as the box that sends it holds it. */
static struct err answered_of(struct db_read *db, struct arena *a, const struct mail_letter_by_id_row *l,
                              struct mail_written *w) {
    struct mail_item_of_thread_row *item;
    struct mail_messages_of_item_rows rows;
    TRY(mail_item_of_thread(db, (struct mail_item_of_thread_in){.box = l->from_box, .thread = l->thread}, &item));
    if (!item) {
        return OK;
    }
    TRY(mail_messages_of_item(db, (struct mail_messages_of_item_in){.item = item->id, .upto = l->id.v - 1}, &rows));
    for (size_t i = rows.n; i-- > 0;) {
        LIST_ADD(a, &w->references, rows.at[i].message_id);
    }
    w->in_reply_to = rows.n ? rows.at[0].message_id : S("");
    return OK;
}

struct err mail_written_of(struct db_read *db, struct arena *a, const struct mail_letter_by_id_row *l, struct str from,
                           struct mail_written *w) {
    struct mail_to_of_rows to;
    *w = (struct mail_written){.from_name = l->from_name,
                               .from_address = from,
                               .subject = l->subject,
                               .text = l->text,
                               .message_id = l->message_id,
                               .at = l->sent_at};
    TRY(mail_to_of(db, (struct mail_to_of_in){.letters = {&l->id.v, 1}}, &to));
    for (size_t i = 0; i < to.n; i++) {
        const struct mail_to_of_row *t = &to.at[i];
        struct mail_receiver r = {.role = t->role, .name = t->name, .address = t->address};
        LIST_ADD(a, &w->to, r);
    }
    TRY(papers_of(db, a, l->id, w));
    return answered_of(db, a, l, w);
}
