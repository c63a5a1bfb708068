/* A letter as JSON. */
#include "modules/mail/letter/command.h"
#include "base/arena.h"
#include "kernel/page/json.h"

#include "base/banned.h"

static void name(struct buf *b, const char *word) { buf_printf(b, ", \"%s\": ", word); }

static void text(struct buf *b, const char *word, struct str s) {
    name(b, word);
    if (s.len) {
        json_str(b, s);
    } else {
        BUF_LIT(b, "null");
    }
}

/* To the second: calendars know no less. */
static void moment(struct buf *b, const char *word, struct instant at) {
    struct buf iso = buf_in(b->arena);
    name(b, word);
    if (!at.ms) {
        BUF_LIT(b, "null");
        return;
    }
    instant_put_iso(&iso, at);
    struct str s = buf_str(&iso);
    size_t dot = str_find(s, S("."), 0);
    json_str(b, dot == SIZE_MAX ? s : str_format(b->arena, "%.*sZ", STR_ARG(str_slice(s, 0, dot))));
}

static void texts(struct buf *b, const char *word, const struct str *at, size_t n) {
    name(b, word);
    BUF_LIT(b, "[");
    for (size_t i = 0; i < n; i++) {
        buf_put(b, i ? S(", ") : S(""));
        json_str(b, at[i]);
    }
    BUF_LIT(b, "]");
}

static void person(struct buf *b, const char *word, const struct mail_address *p) {
    name(b, word);
    if (!p->address.len && !p->name.len) {
        BUF_LIT(b, "null");
        return;
    }
    BUF_LIT(b, "{\"name\": ");
    json_str(b, p->name);
    BUF_LIT(b, ", \"address\": ");
    json_str(b, p->address);
    BUF_LIT(b, "}");
}

static void files(struct buf *b, const struct mail_letter *l) {
    name(b, "files");
    BUF_LIT(b, "[");
    for (size_t i = 0; i < l->files.n; i++) {
        buf_put(b, i ? S(", ") : S(""));
        json_str(b, l->files.at[i].name);
    }
    BUF_LIT(b, "], \"attachments\": [");
    for (size_t i = 0; i < l->files.n; i++) {
        const struct mail_file *f = &l->files.at[i];
        buf_put(b, i ? S(", {\"name\": ") : S("{\"name\": "));
        json_str(b, f->name);
        text(b, "said", f->said);
        text(b, "type", f->type);
        buf_printf(b, ", \"bytes\": %zu", f->bytes.len);
        text(b, "sha256", f->hash);
        text(b, "danger", str_of(mail_warning_name(f->danger)));
        BUF_LIT(b, "}");
    }
    BUF_LIT(b, "]");
}

static void warnings(struct buf *b, const struct mail_letter *l) {
    bool is_any = false;
    name(b, "warn");
    BUF_LIT(b, "[");
    for (int w = 1; w < MAIL_WARNINGS; w++) {
        if (l->warns[w]) {
            buf_put(b, is_any ? S(", ") : S(""));
            json_str(b, str_of(mail_warning_name((enum mail_warning)w)));
            is_any = true;
        }
    }
    BUF_LIT(b, "]");
}

static void event(struct buf *b, const struct mail_letter *l) {
    const struct mail_event *e = &l->event;
    name(b, "event");
    if (!l->has_event) {
        BUF_LIT(b, "null");
        return;
    }
    BUF_LIT(b, "{\"method\": ");
    json_str(b, e->method);
    moment(b, "start_utc", e->start);
    moment(b, "end_utc", e->end);
    text(b, "place", e->place);
    text(b, "summary", e->summary);
    text(b, "uid", e->uid);
    BUF_LIT(b, "}");
}

static void deliveries(struct buf *b, const struct mail_letter *l) {
    name(b, "delivery");
    BUF_LIT(b, "{");
    for (size_t i = 0; i < l->deliveries.n; i++) {
        const struct mail_delivery *d = &l->deliveries.at[i];
        buf_put(b, i ? S(", ") : S(""));
        json_str(b, d->address);
        BUF_LIT(b, ": [");
        json_str(b, d->action);
        BUF_LIT(b, ", ");
        json_str(b, d->status);
        BUF_LIT(b, "]");
    }
    BUF_LIT(b, "}");
}

static void what_it_is(struct buf *b, const struct mail_letter *l) {
    static const char *const kinds[] = {
        [MAIL_LETTER] = NULL, [MAIL_DOCUMENT] = "document", [MAIL_PETITION] = "petition"};
    buf_printf(b, ", \"machine\": %s, \"never_reply\": %s", l->is_machine ? "true" : "false",
               l->is_machine ? "true" : "false");
    text(b, "thread_of", l->in_reply_to);
    text(b, "of", l->of);
    deliveries(b, l);
    text(b, "read_by", l->read_by);
    name(b, "register");
    json_z(b, kinds[l->kind]);
    text(b, "number", l->number);
    name(b, "dated");
    json_date(b, l->dated);
    text(b, "petitioner", l->petitioner);
    text(b, "held", l->is_held ? S("secrecy") : S(""));
}

void mail_json(struct buf *b, const struct mail_letter *l) {
    BUF_LIT(b, "\"subject\": ");
    json_str(b, l->subject);
    person(b, "from", &l->from);
    person(b, "reply_to", &l->reply_to);
    moment(b, "date", l->date);
    text(b, "message_id", l->message_id);
    name(b, "text");
    json_str(b, l->text);
    name(b, "own_text");
    json_str(b, l->own_text);
    texts(b, "paragraphs", l->paragraphs.at, l->paragraphs.n);
    text(b, "signature", l->signature);
    text(b, "guessed", l->guessed);
    text(b, "html", l->html);
    buf_printf(b, ", \"remote_requests\": %lld, \"remote_blocked\": %lld, \"inline_images\": %lld",
               (long long)l->remote_requests, (long long)l->remote_blocked, (long long)l->inline_images);
    files(b, l);
    warnings(b, l);
    event(b, l);
    what_it_is(b, l);
    text(b, "letter_key", l->letter_key);
}
