#include "kernel/wire/smtp.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/num.h"
#include "base/utf8.h"

#include "base/banned.h"

enum { LINE_MOST = 4096, LINES_MOST = 100, ADDRESS_MOST = 254, CODE = 3 };

bool smtp_address_is_plain(struct str s) {
    size_t at = str_find(s, S("@"), 0);
    if (s.len > ADDRESS_MOST || at == SIZE_MAX || at == 0 || at + 1 == s.len ||
        str_find(s, S("@"), at + 1) != SIZE_MAX) {
        return false;
    }
    for (size_t i = 0; i < s.len; i++) {
        char c = s.at[i];
        if (c <= ' ' || c > '~' || memchr("<>()[]\\,;:\"", c, 11)) {
            return false;
        }
    }
    struct str host = str_slice(s, at + 1, s.len);
    return str_find(host, S("."), 0) != SIZE_MAX && host.at[0] != '.' && !str_ends(host, S("."));
}

/* An answer may have several lines: "250-…", the last "250 …". */
static struct err hear(struct wire *w, struct arena *a, struct smtp_answer *answer) {
    struct buf b = buf_in(a);
    int64_t code = 0;
    for (int i = 0; i < LINES_MOST; i++) {
        struct str line;
        TRY(wire_line(w, a, LINE_MOST, &line));
        if (!num_read_between(str_slice(line, 0, CODE), 200, 599, &code)) {
            return FAIL(ERR_BROKEN, "a server of letters answers without a code");
        }
        buf_put(&b, b.len ? S(" ") : S(""));
        buf_put(&b, str_slice(line, CODE + 1, line.len));
        if (line.len == CODE || line.at[CODE] == ' ') {
            *answer = (struct smtp_answer){(int)code, utf8_cut(utf8_clean(a, buf_str(&b)), 400)};
            return OK;
        }
    }
    return FAIL(ERR_BROKEN, "a server's answer has no end");
}

static struct err ask(struct wire *w, struct arena *a, struct str words, struct smtp_answer *answer) {
    TRY(wire_put(w, words));
    return hear(w, a, answer);
}

static bool is_good(const struct smtp_answer *a) { return a->code >= 200 && a->code < 300; }

static void all_get(struct smtp_letter *l, const struct smtp_answer *answer, size_t *n_taken) {
    for (size_t i = 0; i < l->n; i++) {
        if (!l->to[i].answer.code || is_good(&l->to[i].answer)) {
            l->to[i].answer = *answer;
        }
    }
    *n_taken = 0;
}

/* Lines end in CR LF, and one that begins with a dot gets another (RFC 5321, 4.5.2). */
static struct str dotted(struct arena *a, struct str bytes) {
    struct buf b = buf_in(a);
    bool is_begin = true;
    for (size_t i = 0; i < bytes.len; i++) {
        char c = bytes.at[i];
        if (c == '\r') {
            continue;
        }
        if (c == '.' && is_begin) {
            buf_put_char(&b, '.');
        }
        buf_put(&b, c == '\n' ? S("\r\n") : (struct str){&bytes.at[i], 1});
        is_begin = c == '\n';
    }
    buf_put(&b, is_begin ? S("") : S("\r\n"));
    return buf_str(&b);
}

static struct err receivers_say(struct wire *w, struct arena *a, struct smtp_letter *l, size_t *n_taken) {
    for (size_t i = 0; i < l->n; i++) {
        struct smtp_receiver *r = &l->to[i];
        if (!smtp_address_is_plain(r->address)) {
            r->answer = (struct smtp_answer){553, S("5.1.3 Địa chỉ viết sai")};
            continue;
        }
        TRY(ask(w, a, str_format(a, "RCPT TO:<%.*s>\r\n", STR_ARG(r->address)), &r->answer));
        *n_taken += is_good(&r->answer);
    }
    return OK;
}

struct err smtp_offer(struct wire *w, struct arena *a, struct smtp_letter *l, size_t *n_taken) {
    struct smtp_answer answer;
    *n_taken = 0;
    if (!smtp_address_is_plain(l->from)) {
        return REFUSE(ERR_INVALID, "", "Địa chỉ gửi của hộp thư viết sai. Mời sửa ở đường gửi của hộp.");
    }
    TRY(ask(w, a, str_format(a, "MAIL FROM:<%.*s>\r\n", STR_ARG(l->from)), &answer));
    if (!is_good(&answer)) {
        all_get(l, &answer, n_taken);
        return OK;
    }
    TRY(receivers_say(w, a, l, n_taken));
    if (!*n_taken) {
        return OK;
    }
    TRY(ask(w, a, S("DATA\r\n"), &answer));
    if (answer.code != 354) {
        /* What is said in its place by a server that takes no letter now; 250 would be nonsense. */
        answer.code = answer.code < 400 ? 451 : answer.code;
        all_get(l, &answer, n_taken);
        return OK;
    }
    return wire_put(w, dotted(a, l->bytes));
}

struct err smtp_hand(struct wire *w, struct arena *a, struct smtp_answer *answer) {
    return ask(w, a, S(".\r\n"), answer);
}

void smtp_end(struct wire *w) {
    wire_limit(w, 1);
    err_ignore(wire_put(w, S("QUIT\r\n")));
    wire_close(w);
}
