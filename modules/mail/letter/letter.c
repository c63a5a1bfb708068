/* A letter, from its parts. */
#include <gmime/gmime.h>

#include "modules/mail/letter/letter.h"
#include "base/arena.h"
#include "base/utf8.h"
#include "modules/mail/letter/command.h"
#include "modules/mail/letter/inside.h"

#include "base/banned.h"

enum { REFERENCES_MOST = 1000, PEOPLE_MOST = 2000 };

struct reading {
    struct mail_reader r;
    struct mail_apart parts;
    struct mail_letter *l;
    struct mail_inner inner;
    struct mail_page page; /* of the first HTML */
    bool has_plain, has_page;
    struct buf text;
};

const char *mail_warning_name(enum mail_warning w) {
    static const char *const names[] = {"",
                                        "name",
                                        "executable",
                                        "macro",
                                        "link text differs",
                                        "form",
                                        "name of ours, address is not",
                                        "reply elsewhere",
                                        "results not from our server",
                                        "two content types",
                                        "too many parts"};
    return w > 0 && w < MAIL_WARNINGS ? names[w] : names[0];
}

static struct instant date_of_head(struct arena *a, struct str value) {
    GDateTime *t = value.len ? g_mime_utils_header_decode_date(str_z(a, value)) : NULL;
    struct instant at = {0};
    if (t) {
        at.ms = g_date_time_to_unix(t) * 1000;
        g_date_time_unref(t);
    }
    return at;
}

static void people(struct reading *g, struct str value) {
    while (value.len && g->l->to.n < PEOPLE_MOST) {
        struct mail_address one = mail_address_next(&g->r, &value);
        if (one.address.len) {
            LIST_ADD(g->r.arena, &g->l->to, one);
        }
    }
}

static void head(struct reading *g) {
    const struct mail_head *h = &g->parts.letters.at[0];
    struct mail_letter *l = g->l;
    struct str from = mail_header_of(h, "From"), reply = mail_header_of(h, "Reply-To"), id;
    struct str references = mail_header_of(h, "References"), answered = mail_header_of(h, "In-Reply-To");
    l->subject = mail_words(&g->r, mail_header_of(h, "Subject"));
    l->from = mail_address_next(&g->r, &from);
    l->reply_to = mail_address_next(&g->r, &reply);
    people(g, mail_header_of(h, "To"));
    people(g, mail_header_of(h, "Cc"));
    l->date = date_of_head(g->r.arena, mail_header_of(h, "Date"));
    struct str own = mail_header_of(h, "Message-ID");
    l->message_id = mail_id_next(&own);
    while (l->references.n < REFERENCES_MOST && (id = mail_id_next(&references)).len) {
        LIST_ADD(g->r.arena, &l->references, id);
    }
    l->in_reply_to = mail_id_next(&answered);
    if (!l->in_reply_to.len && l->references.n) {
        l->in_reply_to = l->references.at[l->references.n - 1];
    }
}

static struct str charset_of(struct reading *g, const struct mail_part *p) {
    return mail_param(g->r.arena, mail_header_of(&p->head, "Content-Type"), "charset");
}

static bool is_text(const struct mail_part *p) {
    return str_eq(p->type, S("text/plain")) || str_eq(p->type, S("text/html"));
}

static bool is_attached(struct reading *g, const struct mail_part *p) {
    struct str how = str_lower_ascii(g->r.arena, mail_header_of(&p->head, "Content-Disposition"));
    bool is_named = str_find(how, S("filename"), 0) != SIZE_MAX ||
                    (!str_starts(how, S("inline")) &&
                     mail_param(g->r.arena, mail_header_of(&p->head, "Content-Type"), "name").len > 0);
    return str_starts(how, S("attachment")) || is_named;
}

/* Bytes whose encoding nobody said: short texts of the letter are judged beside them. */
static void sample(struct reading *g) {
    struct str subject = mail_header_of(&g->parts.letters.at[0], "Subject");
    for (size_t i = 0; i < g->parts.parts.n && !g->r.sample.len; i++) {
        const struct mail_part *p = &g->parts.parts.at[i];
        if (is_text(p) && mail_text_is_doubtful(p->bytes, charset_of(g, p))) {
            g->r.sample = p->bytes;
        }
    }
    if (!g->r.sample.len && mail_text_is_doubtful(subject, (struct str){0})) {
        g->r.sample = subject;
    }
}

static bool is_yes(struct reading *g, const struct mail_part *p, const char *name, struct str value) {
    return str_eq_ascii_nocase(mail_param(g->r.arena, mail_header_of(&p->head, "Content-Type"), name), value);
}

static void page(struct reading *g, struct str text, struct mail_page *out) {
    mail_html(g->r.arena, text, out);
    g->l->has_html = true;
    g->l->remote_blocked += out->blocked;
    g->l->remote_requests += out->left;
    g->l->warns[MAIL_WARN_LINK] = g->l->warns[MAIL_WARN_LINK] || out->has_false_link;
    g->l->warns[MAIL_WARN_FORM] = g->l->warns[MAIL_WARN_FORM] || out->has_form;
}

static void words(struct reading *g, const struct mail_part *p) {
    struct str text = mail_text(&g->r, p->bytes, charset_of(g, p));
    struct mail_page other = {0};
    if (str_eq(p->type, S("text/html"))) {
        struct mail_page *to = p->letter == 0 && !g->has_page ? &g->page : &other;
        page(g, text, to);
        g->has_page = true;
        text = to->text;
    } else {
        text = mail_unflow(g->r.arena, text, is_yes(g, p, "format", S("flowed")), is_yes(g, p, "delsp", S("yes")));
        g->has_plain = g->has_plain || (p->letter == 0 && str_trim(text).len > 0);
        buf_put(&g->text, p->letter == 0 ? text : S(""));
    }
    if (p->letter > 0) {
        LIST_ADD(g->r.arena, &g->inner.texts, text);
    }
}

static void file_add(struct reading *g, struct mail_file file, bool is_hostile) {
    file.hash = mail_hash(g->r.arena, file.bytes);
    file.type = mail_type_of(file.bytes);
    file.danger = mail_danger(g->r.arena, file.name, file.bytes);
    g->l->warns[MAIL_WARN_NAME] = g->l->warns[MAIL_WARN_NAME] || is_hostile;
    g->l->warns[file.danger] = g->l->warns[file.danger] || file.danger;
    LIST_ADD(g->r.arena, &g->l->files, file);
}

static bool unpacked(struct reading *g, const struct mail_part *p) {
    struct mail_tnef t;
    if (!mail_tnef(g->r.arena, p->bytes, &t)) {
        return false;
    }
    for (size_t i = 0; i < t.files.n; i++) {
        bool is_hostile = false;
        struct str name = mail_text_raw(&g->r, t.files.at[i].name, (struct str){0});
        file_add(
            g, (struct mail_file){.name = mail_name_safe(g->r.arena, name, &is_hostile), .bytes = t.files.at[i].bytes},
            is_hostile);
    }
    return true;
}

static bool is_shown_inside(struct reading *g, const struct mail_part *p) {
    struct str id = str_trim(mail_header_of(&p->head, "Content-ID"));
    id = str_slice(id, str_starts(id, S("<")), id.len - (id.len > 0 && str_ends(id, S(">"))));
    for (size_t i = 0; i < g->page.cids.n; i++) {
        if (id.len && str_eq(g->page.cids.at[i], id)) {
            return str_starts(p->type, S("image/"));
        }
    }
    return false;
}

static bool is_of_the_report(const struct mail_part *p) {
    return p->is_in_report && (str_starts(p->type, S("message/")) || str_starts(p->type, S("text/")) || p->letter > 0);
}

static void file(struct reading *g, const struct mail_part *p) {
    bool is_hostile = false, is_packed = str_eq(p->type, S("application/ms-tnef")) ||
                                         str_eq(p->type, S("application/vnd.ms-tnef")) ||
                                         str_starts(p->bytes, S("\x78\x9f\x3e\x22"));
    if (is_of_the_report(p) || str_eq(p->type, S("application/pkcs7-signature")) ||
        str_eq(p->type, S("application/x-pkcs7-signature")) || str_eq(p->type, S("application/pgp-signature"))) {
        return;
    }
    if (is_shown_inside(g, p)) {
        g->l->inline_images++;
        return;
    }
    if (is_packed && unpacked(g, p)) {
        return;
    }
    struct str name = mail_file_name(&g->r, p, S(""), &is_hostile);
    file_add(g, (struct mail_file){.name = name, .said = p->type, .bytes = p->bytes}, is_hostile);
}

static bool event(struct reading *g, const struct mail_part *p) {
    if (!str_eq(p->type, S("text/calendar")) && !str_eq(p->type, S("application/ics"))) {
        return false;
    }
    struct str ics = mail_text(&g->r, p->bytes, charset_of(g, p));
    struct mail_event e;
    if (p->letter == 0 && !g->l->has_event && mail_event(g->r.arena, ics, &e)) {
        struct str method = mail_param(g->r.arena, mail_header_of(&p->head, "Content-Type"), "method");
        e.method = e.method.len ? e.method : method;
        g->l->event = e;
        g->l->has_event = true;
    }
    return !is_attached(g, p);
}

static void leaves(struct reading *g) {
    for (size_t i = 0; i < g->parts.parts.n; i++) {
        const struct mail_part *p = &g->parts.parts.at[i];
        if (is_text(p) && !is_attached(g, p)) {
            words(g, p);
        }
    }
    for (size_t i = 0; i < g->parts.parts.n; i++) {
        const struct mail_part *p = &g->parts.parts.at[i];
        bool is_body = is_text(p) && !is_attached(g, p);
        if (!is_body && !event(g, p)) {
            file(g, p);
        }
    }
}

static void inner_heads(struct reading *g) {
    for (size_t i = 1; i < g->parts.letters.n; i++) {
        struct str id = mail_header_of(&g->parts.letters.at[i], "Message-ID");
        LIST_ADD(g->r.arena, &g->inner.subjects, mail_words(&g->r, mail_header_of(&g->parts.letters.at[i], "Subject")));
        LIST_ADD(g->r.arena, &g->l->nested_ids, mail_id_next(&id));
    }
}

static void keys(struct arena *a, struct mail_letter *l) {
    struct buf b = buf_in(a);
    buf_put(&b, l->text);
    for (size_t i = 0; i < l->files.n; i++) {
        buf_put(&b, l->files.at[i].hash);
    }
    l->body_hash = mail_hash(a, buf_str(&b));
    l->letter_key = mail_hash(a, str_format(a, "%.*s\n%.*s", STR_ARG(l->message_id), STR_ARG(l->body_hash)));
}

struct err mail_read(struct arena *a, struct str bytes, struct str ours, struct mail_letter *out) {
    struct reading g = {.r = {.arena = a}, .l = out, .text = buf_in(a)};
    *out = (struct mail_letter){0};
    TRY(mail_apart(a, bytes, &g.parts));
    sample(&g);
    head(&g);
    leaves(&g);
    inner_heads(&g);
    out->text = g.has_plain ? buf_str(&g.text) : mail_unflow(a, g.page.text, false, false);
    out->html = g.page.html;
    out->warns[MAIL_WARN_CUT] = g.parts.is_cut;
    out->warns[MAIL_WARN_TWO_TYPES] = g.parts.has_two_types;
    out->guessed = g.r.guessed;
    mail_layout(a, out);
    mail_report(&g.r, &g.parts, out);
    mail_judge(a, &g.inner, out);
    mail_beware(&g.r, &g.parts.letters.at[0], ours, out);
    keys(a, out);
    return OK;
}
